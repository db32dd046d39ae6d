"""Texts from Jinja templates, in the sandbox: the user's own copy of a template comes first."""

import datetime
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from anquanyue.errors import TemplateError
from anquanyue.language import gettext as _
from anquanyue.resources import template_folders


def day(date: datetime.date) -> str:
    """A date in a sentence: 6月28日."""
    return f"{date.month}月{date.day}日"


def render(name: str, working_folder: Path, **data: Any) -> str:
    """The template of that name, filled in with `data`.

    Raises:
        TemplateError: It is missing or wrong; names file and line.
    """
    environment = _environment(jinja2.FileSystemLoader(template_folders(working_folder)))
    try:
        return environment.get_template(name).render(**data)
    except jinja2.TemplateNotFound as error:
        raise TemplateError(_("the template “{name}” is missing").format(name=error.name)) from error
    except jinja2.TemplateError as error:
        raise TemplateError(_describe(name, error)) from error


def render_text(source: str, **data: Any) -> str:
    """`source`, a template that stands in a campaign file, filled in with `data`.

    Raises:
        TemplateError: It is wrong.
    """
    try:
        return _environment(None).from_string(source).render(**data)
    except jinja2.TemplateError as error:
        raise TemplateError(_describe(f"“{source[:40]}”", error)) from error


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


def _describe(name: str, error: jinja2.TemplateError) -> str:
    line = getattr(error, "lineno", None)
    if line is None:
        # An error while rendering: the last frame of the traceback that lies in a template tells the line.
        frame = error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename.endswith((".j2", "<template>")):
                line = frame.tb_lineno
            frame = frame.tb_next
    return _("{name}:{line}: {reason}").format(name=name, line=line or 1, reason=error.message)
