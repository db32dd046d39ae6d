"""What everything begins with: campaign, roster and decisions of the working folder, and the submissions, checked."""

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Roster
from anquanyue.campaign.roster import load_roster
from anquanyue.decisions import Decisions
from anquanyue.decisions_file import load_decisions
from anquanyue.errors import UserError, reason
from anquanyue.findings import Finding
from anquanyue.language import gettext as _
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    from anquanyue.reading.folder import Progress
    from anquanyue.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFolder:
    """A folder of submissions after reading and checking."""

    campaign: Campaign
    roster: Roster | None
    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    decisions: Decisions

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return any(finding.severity == "error" for finding in self.findings)

    def summary(self) -> "Summary":
        """What is counted, added up."""
        from anquanyue.summary import summarize

        return summarize(self.campaign, self.roster, self.submissions, self.findings, self.decisions)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """While a million values arrive that all stay, nobody need look which of them may go; nor afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def _import(modules: Sequence[str]) -> None:
    # What cannot be imported is missed where it is needed.
    with suppress(ImportError):
        for each in modules:
            import_module(each)


def check_folder(
    folder: Path,
    *,
    campaign: Path | None,
    units: Path | None,
    progress: "Progress | None" = None,
    cached: bool = False,
    dask: str = "",
    needed: Sequence[str] = (),
) -> CheckedFolder:
    """Read and check everything in `folder`.

    Args:
        folder: What was sent.
        campaign: The campaign file; by default that of the current folder, else the 2022 campaign.
        units: The list of units; by default that of the current folder, if there is one.
        progress: Shows people how far the reading is; by default nothing does.
        cached: Whether what was read of unchanged files may be taken from before; of what forms say about a person it
            is then only known whether they say something.
        dask: The address of a Dask cluster that reads the files; "" to read on this machine.
        needed: The modules that the command needs afterwards.

    Raises:
        UserError: The folder, the campaign file, the list of units or the decisions are missing or cannot be used.
    """
    from anquanyue.reading.cache import cache_folder
    from anquanyue.reading.folder import read_folder, silent

    working_folder = Path()
    asked = load_campaign(campaign, working_folder)
    roster = load_roster(units, working_folder, asked)
    decisions = load_decisions(working_folder, asked, roster)
    if not folder.is_dir():
        raise UserError(
            _("there is no folder {folder}; put the returned forms into it, or name another folder").format(
                folder=folder
            )
        )
    try:
        importing = threading.Thread(target=_import, args=(("anquanyue.checking", *needed),), daemon=True)
        # A decision about what is not kept could not be compared with what arrived.
        cached = cached and all(asked.form(each.form).field(each.field).reported for each in decisions.of_kind("value"))
        with _without_collecting():
            submissions = read_folder(
                folder, asked, progress or silent, cache_folder() if cached else None, dask, meanwhile=importing.start
            )
            if importing.is_alive():
                importing.join()
    except OSError as error:
        message = _("{path}: cannot be read: {reason}")
        raise UserError(message.format(path=error.filename or folder, reason=_(reason(error)))) from error
    from anquanyue.checking import check

    checked = check(submissions, asked, roster, decisions)
    return CheckedFolder(
        campaign=asked,
        roster=roster,
        submissions=tuple(checked.submissions),
        findings=tuple(checked.findings),
        decisions=decisions,
    )
