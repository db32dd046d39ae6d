"""Measures `init-forms`, beside building each workbook with openpyxl."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from anquanyue.campaign.loader import load_campaign
from anquanyue.outputs import write_output
from anquanyue.writing.workbook import form_workbook
from bench.made_folder import ROSTER, units, write_roster
from bench.measuring import measure
from bench.tables import number, table, title

_MOST_BUILT: Final = 50
"""Of so many units the forms are built; the time is scaled to all."""


def compare_forms(number_of_units: int) -> Iterator[str]:
    """The sections of the report."""
    yield title(f"blank forms of {number_of_units:,} units")
    listed = units(number_of_units)
    with tempfile.TemporaryDirectory(prefix="anquanyue-bench-") as work:
        folder = Path(work)
        write_roster(folder / ROSTER, listed)
        copied = measure([sys.executable, "-m", "anquanyue", "init-forms", "--quiet"], folder, {})
        in_word = measure([sys.executable, "-m", "anquanyue", "init-forms", "--quiet", "--force", "--word"], folder, {})
        campaign = load_campaign(None, folder)
        step = -(-number_of_units // _MOST_BUILT)
        started = time.perf_counter()
        for unit in listed[::step]:
            for form in campaign.forms:
                write_output(folder / f"{form.key}.xlsx", form_workbook(campaign, form, unit))
        built = (time.perf_counter() - started) * len(listed) / len(listed[::step])
    rows = (
        ("init-forms", copied.wall, copied.memory),
        ("init-forms --word", in_word.wall, in_word.memory),
        (f"each workbook built (those of {len(listed[::step])} units, scaled)", built, None),
    )
    yield table(
        ("", "wall s", "ms a unit", "peak MiB"),
        (
            (name, number(wall, 2), number(wall / number_of_units * 1000, 2), number(memory, 0))
            for name, wall, memory in rows
        ),
    )
    yield f"`init-forms` is {built / copied.wall:.1f} times as fast as building each (goal: 10)."
