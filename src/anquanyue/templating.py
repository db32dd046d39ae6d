"""Texts from Jinja templates, in the sandbox: the user's own copy of a template comes first."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from anquanyue.errors import TemplateError, in_words, reason
from anquanyue.language import gettext as _
from anquanyue.language import mark
from anquanyue.resources import find_template, template_folders

_REASONS: Final = (
    (r"'(?P<name>[^']*)' is undefined", mark("“{name}” is not known here")),
    (r".* has no (attribute|element) '?(?P<name>\w+)", mark("“{name}” is not known here")),
    (r"No (filter|test) named '(?P<name>[^']*)'", mark("there is no filter “{name}”")),
    (r"Encountered unknown tag '(?P<name>[^']*)'", mark("“{name}” is not known here")),
    (r"(?i)unexpected end of template|missing end of", mark("something that was opened is not closed")),
    (r"(?i)unexpected|expected (token|an expression)", mark("braces that do not match, or a word too many or missing")),
    (r"access to attribute '(?P<name>[^']*)'", mark("“{name}” may not be used in a template")),
    (r"(integer |float )?(division|modulo)( or modulo)? by zero|float divmod", mark("it divides by zero")),
    (r"MemoryError", mark("it takes too much memory")),
    (r"maximum recursion depth", mark("it includes itself")),
    (r"Range too big", mark("a range is too long")),
    (r"(?P<name>\w+)\(\) (takes|got|missing) ", mark("“{name}” is given too few or too many values")),
)
"""What Jinja and Python say, and our words for it."""


def day(date: datetime.date) -> str:
    """A date in a sentence: 6月28日."""
    return f"{date.month}月{date.day}日"


def render(name: str, working_folder: Path, **data: Any) -> str:
    """The template of that name, filled in with `data`.

    Raises:
        TemplateError: It is missing or wrong; names file and line.
    """
    return renderer(name, working_folder)(**data)


def renderer(name: str, working_folder: Path) -> Callable[..., str]:
    """The template of that name, to be filled in many times; each time it raises as `render` does."""
    environment = _environment(jinja2.FileSystemLoader(template_folders(working_folder)))

    def fill(**data: Any) -> str:
        return _filled(environment, name, working_folder, data)

    return fill


def _filled(environment: jinja2.Environment, name: str, working_folder: Path, data: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(name).render(data)
    except jinja2.TemplateNotFound as error:
        raise TemplateError(_("the template “{name}” is missing").format(name=error.name)) from error
    except UnicodeDecodeError as error:
        message = _("{file}:{line}: is not in UTF-8; save it again with that encoding")
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TemplateError(message.format(file=find_template(name, working_folder), line=line)) from error
    except OSError as error:
        path = error.filename or find_template(name, working_folder)
        message = _("{path}: cannot be read: {reason}")
        raise TemplateError(message.format(path=path, reason=_(reason(error)))) from error
    except Exception as error:
        # Whatever a template computes may fail in any way.
        raise TemplateError(_describe(str(find_template(name, working_folder)), error)) from error


def render_text(source: str, **data: Any) -> str:
    """`source`, a template that stands in a campaign file, filled in with `data`.

    Raises:
        TemplateError: It is wrong.
    """
    try:
        return _environment(None).from_string(source).render(**data)
    except Exception as error:
        raise TemplateError(_describe(f"“{source[:40]}”", error)) from error


def sandbox() -> SandboxedEnvironment:
    """Where templates that are no text files are filled in: all is escaped, nothing unknown is passed over."""
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.filters["day"] = day
    return environment


def _environment(loader: jinja2.BaseLoader | None) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(("html", "xml", "html.j2", "xml.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    return environment


def in_template_words(error: Exception) -> str:
    """What is wrong with a template, in words."""
    message = error.message if isinstance(error, jinja2.TemplateError) else str(error)
    return in_words(message or type(error).__name__, _REASONS)


def _describe(name: str, error: Exception) -> str:
    """File, line, and what is wrong."""
    line = 1
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.filename or name, error.lineno
    else:
        # An error while rendering: the last frame of the traceback that lies in a template tells file and line.
        frame = error.__traceback__
        while frame is not None:
            file = frame.tb_frame.f_code.co_filename
            if file.endswith((".j2", "<template>")):
                name, line = name if file == "<template>" else file, frame.tb_lineno
            frame = frame.tb_next
    return _("{name}:{line}: {reason}").format(name=name, line=line, reason=in_template_words(error))
