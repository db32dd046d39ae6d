"""The report as a Word document, from the template `report.docx` that a user may edit in Word."""

import io
import re
from pathlib import Path
from typing import Any, Final

import jinja2
from docxtpl import DocxTemplate

from anquanyue.errors import TemplateError, reason
from anquanyue.language import gettext as _
from anquanyue.reporting import sentences
from anquanyue.reporting.consolidated_sheet import approximate_notes, item_prose, missing_notes
from anquanyue.reporting.practices import Practice, practices
from anquanyue.resources import find_template
from anquanyue.summary import Summary
from anquanyue.templating import in_template_words, sandbox
from anquanyue.writing.package import document_bytes
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.word_text import clean, write_hidden

TEMPLATE: Final = "report.docx"
_LONGEST_NEAR: Final = 60
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
        message = _("{file}: {reason}; near “{near}”") if template.near else _("{file}: {reason}")
        words = in_template_words(error)
        raise TemplateError(message.format(file=path, reason=words, near=template.near)) from error
    _mark_derived(template.docx)
    return document_bytes(template.docx)


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template that keeps the words near a mistake; docxtpl itself does so for few of them, and not closely."""

    near = ""

    def render_xml_part(self, src_xml: str, *rest: Any) -> str:
        """One part of the document, filled in."""
        try:
            return str(super().render_xml_part(src_xml, *rest))
        except Exception as error:
            # Numbered as docxtpl does, which puts each paragraph on a line of its own before Jinja sees it.
            lines = re.split(r"\r\n|\r|\n", re.sub(r"<w:p(?=[ >])", "\n<w:p", src_xml))
            self.near = _near(lines[_line(error) - 1 :][:1])
            raise


def _line(error: Exception) -> int:
    """The line of a template in which it failed: as Jinja says, else that of the last frame which lies in it."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    line, frame = 1, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _near(lines: list[str]) -> str:
    """The words of a line of the template's XML from its first brace on; "" where it has none and is not to blame."""
    words = re.sub("<[^>]*>", "", "".join(lines))
    first = words.find("{")
    return words[first:].strip()[:_LONGEST_NEAR] if first >= 0 else ""


def _mark_derived(document: Any) -> None:
    """Hide the mark of what is no submission in the document; the user's own template need not have it."""
    if all(paragraph.text != DERIVED for paragraph in document.paragraphs):
        first = document.add_paragraph()
        write_hidden(first, DERIVED)
        document.element.body.insert(0, first._p)


def _opened(path: Path) -> _Template:
    """The template, which must be a Word document."""
    try:
        template = _Template(io.BytesIO(path.read_bytes()))
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
    shown, more = practices(summary)
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
    if isinstance(value, Practice):
        return Practice(_safe(value.unit), _safe(value.item), _safe(value.text))
    return value
