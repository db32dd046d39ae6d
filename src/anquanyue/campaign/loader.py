"""campaign.yaml → Campaign. An error names file and line, what is wrong and what was expected."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from anquanyue.campaign.model import Campaign, MisfitError
from anquanyue.errors import CampaignError
from anquanyue.language import gettext as _
from anquanyue.language import mark
from anquanyue.resources import find_template

DEFAULT_CAMPAIGN: Final = "campaigns/2022.yaml"
"""The campaign that ships with the package, for a working folder without a campaign.yaml."""

# pydantic's error types, in words that say what belongs there.
_EXPECTED: Final = {
    "bool_parsing": mark("true or false"),
    "bool_type": mark("true or false"),
    "dataclass_type": mark("a block of “word: value” lines"),
    "date_from_datetime_inexact": mark("a date such as 2022-06-28"),
    "date_from_datetime_parsing": mark("a date such as 2022-06-28"),
    "date_parsing": mark("a date such as 2022-06-28"),
    "date_type": mark("a date such as 2022-06-28"),
    "int_parsing": mark("a whole number"),
    "int_type": mark("a whole number"),
    "literal_error": mark("one of {expected}"),
    "string_too_short": mark("a text"),
    "string_type": mark("a text (put it in quotes if it looks like a number or a date)"),
    "tuple_type": mark("a list: one “- …” line for each"),
}


def load_campaign(path: Path | None, working_folder: Path) -> Campaign:
    """The campaign of `path`, else of campaign.yaml in the working folder, else the one that ships with the package.

    Raises:
        CampaignError: The file is missing, is no YAML, or does not describe a campaign.
    """
    if path is None:
        own = working_folder / "campaign.yaml"
        path = own if own.is_file() else find_template(DEFAULT_CAMPAIGN, working_folder)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CampaignError(_("{path}: cannot be read: {reason}").format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise CampaignError(_("{path}: is not in UTF-8; save it again with that encoding").format(path=path)) from error
    return parse_campaign(text, path.name)


def parse_campaign(text: str, name: str) -> Campaign:
    """Parse the text of a campaign file; `name` is what error messages call it.

    Raises:
        CampaignError: The text is no YAML or does not describe a campaign; names every line that is wrong.
    """
    from pydantic import TypeAdapter, ValidationError
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        # YAML 1.2, and with the lines: “no” stays a text and 0123 a number.
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark_ = error.problem_mark or error.context_mark
        line = mark_.line + 1 if mark_ else 1
        raise CampaignError(
            _("{file}:{line}: is no YAML: {reason}").format(file=name, line=line, reason=error.problem or error.context)
        ) from error
    except YAMLError as error:
        raise CampaignError(_("{file}:{line}: is no YAML: {reason}").format(file=name, line=1, reason=error)) from error
    try:
        return TypeAdapter(Campaign).validate_python(data)
    except ValidationError as error:
        problems = (f"{name}:{_line(data, _location(each))}: {_explain(each)}" for each in error.errors())
        raise CampaignError("\n".join(problems)) from error


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
    kind, location = error["type"], ".".join(str(step) for step in _location(error))
    word = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "value_error":
        reason = str(error["ctx"]["error"])
        return f"{location}: {reason}" if location else reason
    if kind == "missing":
        return _("“{word}” is missing here").format(word=word)
    if kind == "unexpected_keyword_argument":
        return _("“{word}” is not known here; is it misspelt, or indented too little or too much?").format(word=word)
    expected = _(_EXPECTED[kind]).format(**error.get("ctx", {})) if kind in _EXPECTED else error["msg"]
    found = repr(error["input"]) if isinstance(error["input"], str | int | float | bool) else _("something else")
    return _("{location}: expected {expected}, found {found}").format(
        location=location, expected=expected, found=found if len(found) < 60 else found[:57] + "…"
    )
