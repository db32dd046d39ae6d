"""Measures the commands on folders of several sizes, beside programs that only read the same files."""

import itertools
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.made_folder import SUBMISSIONS, made_folder
from bench.measuring import Measured, measure
from bench.tables import number, table, title

MOST_READ: Final = 500
"""So many files the slow loops read at most; their time is scaled to all."""

_OPENPYXL: Final = "pandas.read_excel, openpyxl"
_PANDAS_CALAMINE: Final = "pandas.read_excel, calamine"
_LIMIT: Final = "calamine alone, all sheets, all processors"
_VALIDATE: Final = "validate"
_SUMMARIZE: Final = "summarize --out report.xlsx"
_AGAIN: Final = ", again"
_ROOT: Final = Path(__file__).parents[1]


def compare_folders(sizes: Sequence[int]) -> Iterator[str]:
    """The sections of the report, as soon as each is known."""
    yield title("folders of filled-in 附件3")
    measured = {}
    for size in sizes:
        measured[size] = _measure(size)
        yield f"### {size:,} submissions\n\n{_costs(measured[size], size)}\n\n{_ratios(measured[size])}"
    if len(sizes) > 1:
        yield f"### Milliseconds a submission\n\n{_growth(measured)}"


def _measure(size: int) -> dict[str, Measured]:
    folder = made_folder(size)
    files = sorted((folder / SUBMISSIONS).iterdir())
    for file in files:
        file.read_bytes()  # Whoever is first is not to wait for the disk.
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory(prefix="anquanyue-bench-") as work:
        for name, arguments in ((_VALIDATE, []), (_SUMMARIZE, ["--out", f"{work}/report.xlsx"])):
            command = [sys.executable, "-m", "anquanyue", name.split()[0], *arguments]
            environment = {"ANQUANYUE_CACHE": f"{work}/{name.split()[0]}", "ANQUANYUE_LANG": "en"}
            for again in ("", _AGAIN):
                measured[name + again] = _told(name + again, measure(command, folder, environment))
    step = -(-size // MOST_READ)
    measured[_LIMIT] = _told(_LIMIT, _program("calamine", folder, 1))
    for name, program in ((_PANDAS_CALAMINE, "pandas-calamine"), (_OPENPYXL, "openpyxl")):
        cost = _program(program, folder, step)
        if step > 1:
            cost = cost.scaled(_program(program, folder, 0), size / len(files[::step]))
        measured[name] = _told(name, cost)
    return measured


def _program(name: str, folder: Path, step: int) -> Measured:
    command = [sys.executable, "-m", "bench.programs", name, str(folder / SUBMISSIONS), str(step)]
    return measure(command, _ROOT, {})


def _told(name: str, cost: Measured) -> Measured:
    print(f"{name}: {cost.wall:.1f} s", file=sys.stderr, flush=True)
    return cost


def _costs(measured: Mapping[str, Measured], size: int) -> str:
    headings = ("", "wall s", "CPU s", "peak MiB", "ms a file", "× validate", "× summarize")
    return table(
        headings,
        (
            (
                name + (f" ({MOST_READ} files, scaled)" if cost.sampled else ""),
                number(cost.wall, 2),
                number(cost.cpu, 2),
                number(cost.memory, 0),
                number(cost.wall / size * 1000, 2),
                number(cost.wall / measured[_VALIDATE].wall, 2),
                number(cost.wall / measured[_SUMMARIZE].wall, 2),
            )
            for name, cost in measured.items()
        ),
    )


def _ratios(measured: Mapping[str, Measured]) -> str:
    first, again = measured[_SUMMARIZE].wall, measured[_SUMMARIZE + _AGAIN].wall
    computed, read, limit = (measured[name].cpu for name in (_SUMMARIZE, _OPENPYXL, _LIMIT))
    in_cpu = ""
    if computed and read and limit:
        in_cpu = f" In processor time these are {read / computed:.1f} and {computed / limit:.2f}."
    return (
        f"`summarize` is {measured[_OPENPYXL].wall / first:.1f} times as fast as the loop with openpyxl (goal: 15), "
        f"takes {first / measured[_LIMIT].wall:.2f} times as long as calamine alone (goal: 2.5), "
        f"and is {first / again:.1f} times as fast the second time (goal: 4).{in_cpu}"
    )


def _growth(measured: Mapping[int, Mapping[str, Measured]]) -> str:
    sizes = list(measured)
    costs = table(
        ("", *(f"{size:,}" for size in sizes)),
        (
            (name, *(number(measured[size][name].wall / size * 1000, 2) for size in sizes))
            for name in measured[sizes[0]]
        ),
    )
    growing = []
    for fewer, more in itertools.pairwise(sizes):
        memories = (measured[fewer][_SUMMARIZE].memory, measured[more][_SUMMARIZE].memory)
        if memories[0] is not None and memories[1] is not None:
            each = (memories[1] - memories[0]) * 1024 / (more - fewer)
            growing.append(f"{each:.1f} KiB from {fewer:,} to {more:,}")
    return costs + ("\n\nMemory of `summarize` a submission more: " + ", ".join(growing) + "." if growing else "")
