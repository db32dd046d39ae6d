"""For Python users: the returned forms as a pandas frame, and the Summary that all documents are made of.

The files `campaign.yaml`, `units.csv` and `decisions.csv` of the current folder are heeded, as by the commands. Forms
are opened in processes of their own: a script must call these functions below `if __name__ == "__main__":`.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from anquanyue.summary import Summary
from anquanyue.working_folder import check_folder

if TYPE_CHECKING:
    import pandas as pd

StrPath = str | os.PathLike[str]


def read(
    folder: StrPath = "submissions", *, campaign: StrPath | None = None, units: StrPath | None = None
) -> "pd.DataFrame":
    """The figures of the units whose forms count.

    Args:
        folder: With the returned forms.
        campaign: The campaign file; by default that of the current folder, else the 2022 campaign.
        units: The list of units; by default that of the current folder, if there is one.

    Returns:
        Index `unit` (codes; without a list of units the names as written), a column a figure: a count is Int64, a
        yes/no boolean; <NA> is blank or could not be read, never a zero. Nothing about a person is in it.

    Raises:
        UserError: The folder or one of the files is missing or wrong.
    """
    summary = summarize(folder, campaign=campaign, units=units)
    return summary.merged.values[[field.key for field in summary.form.reported_fields]].loc[list(summary.units)]


def summarize(
    folder: StrPath = "submissions", *, campaign: StrPath | None = None, units: StrPath | None = None
) -> Summary:
    """What `anquanyue summarize` writes into documents; the arguments and what is raised are as those of `read`."""
    checked = check_folder(Path(folder), campaign=_path(campaign), units=_path(units), cached=True)
    return checked.summary()


def _path(path: StrPath | None) -> Path | None:
    return None if path is None else Path(path)
