"""What the program is compared with; each runs in a process of its own: `python -m bench.programs NAME FOLDER STEP`.

Nothing is imported that the program in question does not need.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Final

_CHUNK: Final = 16


def read_with_openpyxl(files: Sequence[Path]) -> None:
    """The plain loop that people write: pandas reads the first sheet of each workbook, with openpyxl."""
    import pandas as pd

    for file in files:
        pd.read_excel(file, engine="openpyxl")


def read_with_pandas_and_calamine(files: Sequence[Path]) -> None:
    """The same, with calamine."""
    import pandas as pd

    for file in files:
        pd.read_excel(file, engine="calamine")


def read_with_calamine(files: Sequence[Path]) -> None:
    """The limit: calamine alone reads every sheet, in as many processes as there are processors."""
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for _cells in pool.imap_unordered(_cells_in, files, _CHUNK):
            pass


def _cells_in(file: Path) -> int:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(file) as workbook:
        return sum(len(row) for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python())


PROGRAMS: Final[Mapping[str, Callable[[Sequence[Path]], None]]] = {
    "openpyxl": read_with_openpyxl,
    "pandas-calamine": read_with_pandas_and_calamine,
    "calamine": read_with_calamine,
}


def main() -> None:
    """Run the program on every so manieth file of a folder; with a step of 0 on none."""
    _module, name, folder, step = sys.argv
    files = sorted(Path(folder).iterdir())[:: int(step)] if int(step) else []
    PROGRAMS[name](files)


if __name__ == "__main__":
    main()
