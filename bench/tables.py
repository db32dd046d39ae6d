"""Tables in Markdown, and what machine it is that they were measured on."""

import datetime
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

_PACKAGES: Final = ("anquanyue", "python-calamine", "openpyxl", "pandas", "lxml")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column holds words, the others numbers."""
    lines = [headings, ["---", *["--:"] * (len(headings) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float | None, digits: int = 1) -> str:
    """A number for people; nothing where there is none."""
    return "" if value is None else f"{value:,.{digits}f}"


def title(what: str) -> str:
    """A heading with the date, and a line that describes the machine, but does not name it."""
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    machine = f"{_processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    return f"## {datetime.date.today():%Y-%m-%d}: {what}\n\n{machine}; Python {platform.python_version()}; {packages}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
