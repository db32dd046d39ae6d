"""Files that hold no form (a scan, a picture, a packed file): beside a readable form they are its copy or evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from posixpath import dirname, splitext
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
    without_form = [
        index for index, each in enumerate(submissions) if each.kind in _KINDS and each.status == "rejected"
    ]
    if not without_form:
        return list(submissions)
    readable = _Readable(each for each in submissions if each.form and each.status == "accepted")
    result = list(submissions)
    evidence: dict[str, list[str]] = {}
    for index in without_form:
        each = submissions[index]
        if form := readable.beside(each):
            finding = Finding(
                code="file-copy", path=each.path, parameters={"other": form.path, "kind": _KINDS[each.kind]}
            )
            result[index] = replace(each, status="ignored", unit=form.unit, findings=(finding,))
            if each.kind in ("picture", "video"):
                evidence.setdefault(form.path, []).append(each.path)
    return [_with_evidence(each, evidence.get(each.path, ())) for each in result]


class _Readable:
    """The readable forms, by what a file that holds none may have in common with them; of several the first."""

    def __init__(self, forms: Iterable[Submission]) -> None:
        self._of_unit: Final[dict[str | None, Submission]] = {}
        self._named: Final[dict[str, Submission]] = {}
        self._in_folder: Final[dict[str, Submission]] = {}
        self._units: Final[dict[str, set[str | None]]] = {}
        for form in forms:
            for unit in form.covers or (form.unit,):
                self._of_unit.setdefault(unit, form)
            path = form.path.split("#")[0]
            self._named.setdefault(splitext(path)[0], form)
            folder = dirname(path)
            self._in_folder.setdefault(folder, form)
            self._units.setdefault(folder, set()).add(form.unit)

    def beside(self, file: Submission) -> Submission | None:
        """The form with which the file goes, or None."""
        if file.unit is not None:
            return self._of_unit.get(file.unit)
        path = file.path.split("#")[0]
        if same_name := self._named.get(splitext(path)[0]):
            return same_name
        folder = dirname(path)
        one_unit = len(self._units.get(folder, ())) == 1
        return self._in_folder[folder] if one_unit and folder else None


def _with_evidence(submission: Submission, paths: Iterable[str]) -> Submission:
    if not paths:
        return submission
    beside = (*submission.pictures.get("", ()), *paths)
    return replace(submission, pictures={**submission.pictures, "": beside})
