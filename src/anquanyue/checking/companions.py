"""Files that hold no form (a scan, a picture, a packed file): beside a readable form they are its copy or evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from anquanyue.findings import Finding
from anquanyue.language import Phrase
from anquanyue.reading.submission import Submission

_KINDS: Final = {
    "pdf": Phrase("a PDF file, kept as the stamped copy or as evidence"),
    "picture": Phrase("a picture, kept as evidence or as the stamped copy"),
    "video": Phrase("a film, kept as evidence"),
    "archive": Phrase("a packed file that is not opened here, kept as evidence"),
}


def accompany(submissions: Sequence[Submission]) -> list[Submission]:
    """The submissions in their order; a file without a form that lies beside a readable one is ignored, not rejected.

    It goes with a form of the same unit, else with the form in its folder that has its name, else with the only
    unit's form in its folder (not at the very top, where everything lies together). A picture or film then is evidence.
    """
    readable = [each for each in submissions if each.form and each.status == "accepted"]
    result = list(submissions)
    evidence: dict[str, list[str]] = {}
    for index, each in enumerate(submissions):
        if each.kind in _KINDS and each.status == "rejected" and (form := _companion(each, readable)):
            finding = Finding(
                code="file-copy", path=each.path, parameters={"other": form.path, "kind": _KINDS[each.kind]}
            )
            result[index] = replace(each, status="ignored", unit=form.unit, findings=(finding,))
            if each.kind in ("picture", "video"):
                evidence.setdefault(form.path, []).append(each.path)
    return [_with_evidence(each, evidence.get(each.path, ())) for each in result]


def _companion(file: Submission, readable: Iterable[Submission]) -> Submission | None:
    if file.unit is not None:
        return next((form for form in readable if file.unit in (form.covers or (form.unit,))), None)
    folder = _folder(file)
    beside = [form for form in readable if _folder(form) == folder]
    stem = PurePosixPath(file.path).stem
    if same_name := [form for form in beside if PurePosixPath(form.path.split("#")[0]).stem == stem]:
        return same_name[0]
    one_unit = len({form.unit for form in beside}) == 1
    return beside[0] if one_unit and folder != PurePosixPath() else None


def _folder(submission: Submission) -> PurePosixPath:
    return PurePosixPath(submission.path.split("#")[0]).parent


def _with_evidence(submission: Submission, paths: Iterable[str]) -> Submission:
    if not paths:
        return submission
    beside = (*submission.pictures.get("", ()), *paths)
    return replace(submission, pictures={**submission.pictures, "": beside})
