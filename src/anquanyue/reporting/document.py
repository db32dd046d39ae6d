"""The report as a Word document, from the template `report.docx` that a user may edit in Word."""

import io
import re
from pathlib import Path
from typing import Any, Final

from anquanyue.errors import TemplateError, reason
from anquanyue.language import gettext as _
from anquanyue.reporting import sentences
from anquanyue.reporting.consolidated_sheet import approximate_notes, item_prose, missing_notes
from anquanyue.resources import find_template
from anquanyue.summary import Summary
from anquanyue.templating import in_template_words, sandbox
from anquanyue.writing.package import document_bytes
from anquanyue.writing.word_text import clean

TEMPLATE: Final = "report.docx"
_DIGITS: Final = "零一二三四五六七八九十"
_STEERING: Final = re.compile("[\t\a\f\v]")
"""What docxtpl makes tabs, new paragraphs and new pages of."""


def report_document(summary: Summary, working_folder: Path) -> bytes:
    """The report as a docx file.

    Args:
        summary: What it says.
        working_folder: Where the user's own template is looked for first.

    Raises:
        TemplateError: The template is damaged, or something in it is wrong; names the file and the words near it.
    """
    path = find_template(TEMPLATE, working_folder)
    template = _opened(path)
    environment = sandbox()
    environment.filters["chinese"] = chinese
    try:
        template.render(_safe(_context(summary)), jinja_env=environment)
    except Exception as error:
        # Whatever a template computes may fail in any way.
        near = next((line.strip() for line in getattr(error, "docx_context", ()) if line.strip()), "")
        message = _("{file}: {reason}; near “{near}”") if near else _("{file}: {reason}")
        words = in_template_words(error)
        raise TemplateError(message.format(file=path, reason=words, near=near[:60])) from error
    return document_bytes(template.docx)


def _opened(path: Path) -> Any:
    """The template, which must be a Word document."""
    from docxtpl import DocxTemplate

    try:
        template = DocxTemplate(io.BytesIO(path.read_bytes()))
        template.init_docx()
    except OSError as error:
        message = _("{path}: cannot be read: {reason}")
        raise TemplateError(message.format(path=path, reason=_(reason(error)))) from error
    # A damaged archive raises what zipfile, lxml or python-docx think fit.
    except Exception as error:
        raise TemplateError(_("{path}: is no Word document; save it as .docx").format(path=path)) from error
    return template


def chinese(number: int) -> str:
    """A small number in Chinese, as in （十二）."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def _context(summary: Summary) -> dict[str, Any]:
    shown, more = sentences.practices(summary)
    form = summary.form
    return {
        "campaign": summary.campaign,
        "form": form,
        "columns": form.columns,
        "round": summary.round,
        "overall": list(sentences.overall(summary)),
        "activities": sentences.activities(summary),
        "practices": shown,
        "more_practices": more,
        "reporting": list(sentences.reporting(summary)),
        "about_data": list(sentences.about_data(summary)),
        "table": [
            {"name": item.name, "requirement": item.requirement, "progress": item_prose(item, summary)}
            for item in form.items
        ],
        "notes": [*missing_notes(summary), *approximate_notes(summary)],
        "totals": dict(summary.totals),
        "number": sentences.number_words,
    }


def _safe(value: Any) -> Any:
    """The same with texts that a document can hold and that steer nothing."""
    if isinstance(value, str):
        return _STEERING.sub(" ", clean(value))
    if isinstance(value, dict):
        return {key: _safe(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_safe(each) for each in value]
    if isinstance(value, sentences.Activity):
        return sentences.Activity(_safe(value.name), tuple(map(_safe, value.sentences)), _safe(value.leading))
    if isinstance(value, sentences.Practice):
        return sentences.Practice(_safe(value.unit), _safe(value.item), _safe(value.text))
    return value
