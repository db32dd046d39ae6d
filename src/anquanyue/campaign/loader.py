"""campaign.yaml → Campaign. An error names file and line, what is wrong and what was expected."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from anquanyue.campaign.misfits import MisfitError
from anquanyue.campaign.model import Campaign
from anquanyue.errors import CampaignError, TemplateError, in_words, reason
from anquanyue.language import gettext as _
from anquanyue.language import mark
from anquanyue.resources import find_template

DEFAULT_CAMPAIGN: Final = "campaigns/2022.yaml"
"""The campaign that ships with the package, for a working folder without a campaign.yaml."""

_DATE: Final = mark("a date such as 2022-06-28")
_TEXT: Final = mark("a text (put it in quotes if it looks like a number or a date)")
_EXPECTED: Final = {
    "bool_parsing": mark("true or false"),
    "bool_type": mark("true or false"),
    "dataclass_type": mark("a block of “word: value” lines"),
    "date_from_datetime_inexact": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "float_parsing": mark("a number"),
    "float_type": mark("a number"),
    "greater_than_equal": mark("a whole number from 1 on"),
    "int_type": mark("a whole number from 1 on"),
    "invalid_key": mark("a word"),
    "literal_error": mark("one of {choices}"),
    "string_too_short": mark("a text"),
    "string_type": _TEXT,
    "tuple_type": mark("a list: one “- …” line for each"),
}
"""pydantic's error types, in words that say what belongs there."""

_LENGTHS: Final = {"columns": 3, "fields": 2}
"""How many texts the lists of a fixed length have."""

_YAML_REASONS: Final = (
    (r"found duplicate key \"(?P<key>.*?)\"( with value|$)", mark("“{key}” is there twice")),
    (r"mapping values are not allowed here", mark("a colon too many: put a text that holds “: ” in quotes")),
    (r"found character '(\\t|\t)'", mark("a tab; indent with blanks")),
    (r"found character '(?P<sign>.)'", mark("a text that begins with {sign} must stand in quotes")),
    (r"could not find expected ':'", mark("a colon is missing behind a word, or a quotation mark is not closed")),
    (r"expected <block end>", mark("indented too little or too much, or something stands behind a closing quote")),
    (r"found unexpected (end of stream|document separator)", mark("a quotation mark is not closed")),
    (r"expected ',' or ('\]'|'\}')", mark("a bracket is not closed, or a comma is missing")),
    (r"(found undefined alias|expected alphabetic or numeric)", mark("a text with * or & first must stand in quotes")),
    (r"found unknown escape character", mark("a backslash in a text in quotes; use single quotes")),
    (r"but found another document", mark("a line of three dashes; only one campaign can stand in a file")),
    (r"special characters are not allowed", mark("a character that cannot be printed")),
)
"""What the YAML library says, and our words for it."""


def load_campaign(path: Path | None, working_folder: Path) -> Campaign:
    """The campaign of `path`, else of campaign.yaml in the working folder, else the one that ships with the package.

    Raises:
        CampaignError: The file is missing, is no YAML, or does not describe a campaign.
    """
    if path is None:
        own = working_folder / "campaign.yaml"
        path = own if own.exists() else find_template(DEFAULT_CAMPAIGN, working_folder)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = _("{path}: cannot be read: {reason}")
        raise CampaignError(message.format(path=path, reason=_(reason(error)))) from error
    except UnicodeDecodeError as error:
        raise CampaignError(_("{path}: is not in UTF-8; save it again with that encoding").format(path=path)) from error
    return parse_campaign(text, path.name)


def parse_campaign(text: str, name: str) -> Campaign:
    """Parse the text of a campaign file; `name` is what error messages call it.

    Raises:
        CampaignError: The text is no YAML or does not describe a campaign; names every line that is wrong.
    """
    from pydantic import TypeAdapter, ValidationError

    data = _parse_yaml(text, name)
    if not isinstance(data, dict):
        found = _("the file is empty") if data is None else _("found {found}").format(found=_shown(data))
        message = _("{file}:1: expected lines such as “key: value” that describe a campaign; {found}")
        raise CampaignError(message.format(file=name, found=found))
    try:
        campaign = TypeAdapter(Campaign).validate_python(data)
    except ValidationError as error:
        problems = (f"{name}:{_line(data, _location(each))}: {_explain(each)}" for each in error.errors())
        raise CampaignError("\n".join(dict.fromkeys(problems))) from error
    _check_notes(campaign, data, name)
    return campaign


def _parse_yaml(text: str, name: str) -> Any:
    """The data of a YAML text: YAML 1.2, and with the lines, so that “no” stays a text and 0123 a number."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    class Constructor(RoundTripConstructor):
        def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
            try:
                return super().construct_yaml_timestamp(node, values)
            except ValueError:
                return node.value  # No day of the calendar: a text, which is refused where a date belongs.

    Constructor.add_default_constructor("timestamp")
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = Constructor
    try:
        return yaml.load(text)
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        line, message = 1, str(error)
        if isinstance(error, MarkedYAMLError):
            # What is not closed is noticed far behind the place where it was opened.
            opened = error.context_mark if re.search("quoted|flow", error.context or "") else None
            place = opened or error.problem_mark or error.context_mark
            line, message = place.line + 1 if place else 1, error.problem or error.context or ""
        elif isinstance(error, ReaderError):
            line, message = text.count("\n", 0, error.position) + 1, error.reason
        explained = in_words(message, _YAML_REASONS)
        raise CampaignError(
            _("{file}:{line}: is no YAML: {reason}").format(file=name, line=line, reason=explained)
        ) from error


def _check_notes(campaign: Campaign, data: Any, name: str) -> None:
    """Fill every note in once, so that a mistake in it is found here."""
    from anquanyue.campaign.note import form_note

    for index, form in enumerate(campaign.forms):
        try:
            form_note(campaign, form)
        except TemplateError as error:
            line = _line(data, ("forms", index, "note"))
            raise CampaignError(f"{name}:{line}: forms.{index}.note: {error}") from error


def _location(error: Any) -> tuple[str | int, ...]:
    cause = error.get("ctx", {}).get("error")
    return (*error["loc"], *cause.location) if isinstance(cause, MisfitError) else tuple(error["loc"])


def _line(data: Any, location: Sequence[str | int]) -> int:
    """The line, counted from 1, of the deepest part of `location` that the file has."""
    line = 0
    for step in location:
        if isinstance(data, dict) and step in data:
            line = data.lc.key(step)[0]  # type: ignore[attr-defined]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            line = data.lc.item(step)[0]  # type: ignore[attr-defined]
        else:
            break
        data = data[step]
    return line + 1


def _explain(error: Any) -> str:
    kind, place = error["type"], _location(error)
    word = str(error["loc"][-1]) if error["loc"] else ""
    location = ".".join(str(step) for step in place)
    if kind == "value_error":
        cause = str(error["ctx"]["error"])
        return f"{location}: {cause}" if location else cause
    if kind == "too_long" or (kind == "missing" and isinstance(place[-1], int)):
        *parents, last = place[:-1] if kind == "missing" else place
        message = _("{location}: expected a list of exactly {number} texts")
        return message.format(location=".".join(map(str, (*parents, last))), number=_LENGTHS[str(last)])
    if kind == "missing":
        return _("“{word}” is missing here").format(word=word)
    if kind == "unexpected_keyword_argument":
        return _("“{word}” is not known here; is it misspelt, or indented too little or too much?").format(word=word)
    choices = ", ".join(re.findall(r"'([^']*)'", error["ctx"]["expected"])) if kind == "literal_error" else ""
    expected = _(_EXPECTED[kind]).format(choices=choices) if kind in _EXPECTED else error["msg"]
    return _("{location}: expected {expected}, found {found}").format(
        location=location, expected=expected, found=_shown(error["input"])
    )


def _shown(value: object) -> str:
    """What stands in the file."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:57] + '…'}”"
    if isinstance(value, int | float | datetime.date):
        return str(value)
    if isinstance(value, dict):
        return _("a block of “word: value” lines")
    return _("a list") if isinstance(value, list) else _("something else")
