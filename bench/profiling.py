"""Where the time goes in which a submission is read."""

import cProfile
import pstats
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from anquanyue.campaign.loader import load_campaign
from anquanyue.reading.folder import read_file
from bench.made_folder import SUBMISSIONS, made_folder
from bench.tables import number, table, title

_FILES: Final = 200
_WARM: Final = 5
_LEAST_SHARE: Final = 0.01
_NATIVE: Final = {
    "zlib": "zip",
    "Calamine": "calamine",
    "from_filelike": "calamine",
    "lxml": "xml",
    "expat": "xml",
    "re.Pattern": "re",
}
"""Parts of the names of native functions, and what these belong to."""

_GROUPS: Final = {"zipfile": "zip", "lxml": "xml", "ElementTree": "xml", "phonenumbers": "phonenumbers"}

Function = tuple[str, int, str]


def profile_reading() -> Iterator[str]:
    """The sections of the report."""
    yield title(f"where the time of a submission goes ({_FILES} filled-in 附件3, one process)")
    files = sorted((made_folder(_FILES) / SUBMISSIONS).iterdir())
    campaign = load_campaign(None, Path())
    for file in files[:_WARM]:
        read_file(file, file.name, campaign)
    started = time.perf_counter()
    for file in files:
        read_file(file, file.name, campaign)
    unprofiled = (time.perf_counter() - started) / len(files)
    profiler = cProfile.Profile()
    profiler.enable()
    for file in files:
        read_file(file, file.name, campaign)
    profiler.disable()
    seconds = _by_module(pstats.Stats(profiler))
    total = sum(seconds.values())
    named = {name: each for name, each in seconds.items() if each / total >= _LEAST_SHARE}
    rows = sorted(named.items(), key=lambda each: -each[1])
    rows.append((f"{len(seconds) - len(named)} others", total - sum(named.values())))
    yield table(
        ("module", "share %", "ms a submission"),
        ((name, number(each / total * 100), number(each / total * unprofiled * 1000, 2)) for name, each in rows),
    )
    yield (
        f"A submission takes {unprofiled * 1000:.2f} ms. Each module is without those that it calls. The shares are "
        "the profiler's, to which many small calls look dearer than they are; the milliseconds are scaled."
    )


def _by_module(stats: pstats.Stats) -> Mapping[str, float]:
    """The seconds of each module; what is built into Python belongs to the module that calls it."""
    seconds: dict[str, float] = defaultdict(float)
    functions: Mapping[Function, tuple[int, int, float, float, Mapping[Function, tuple[int, int, float, float]]]]
    functions = stats.stats  # type: ignore[attr-defined]
    for function, (_calls, _primitive, own, _all, callers) in functions.items():
        group = _group(function)
        if group or not callers:
            seconds[group or "Python"] += own
            continue
        for caller, (_calls, _primitive, part, _all) in callers.items():
            seconds[_group(caller) or "Python"] += part
    return seconds


def _group(function: Function) -> str | None:
    """The module of a function, in the package by its path; None for what is built into Python."""
    file, _line, name = function
    if file == "~":
        return next((group for part, group in _NATIVE.items() if part in name), None)
    path = Path(file)
    if found := re.search(r"anquanyue/(.*)\.py$", path.as_posix()):
        return found[1]
    for part, group in _GROUPS.items():
        if part in path.as_posix():
            return group
    return path.parent.name if path.stem == "__init__" else path.stem
