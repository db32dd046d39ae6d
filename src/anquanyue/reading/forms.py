"""Grids → submissions: the cells of each form that was found, as values with their places and findings."""

import dataclasses
from collections.abc import Mapping

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Campaign, Field, Form
from anquanyue.findings import Finding
from anquanyue.reading.grid import Book, Concealed, Concealments, Grid, cell_text
from anquanyue.reading.locating import Located, LocatedForm, find_stamp, is_derived, locate
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reading.values import parse


def read_forms(path: str, book: Book, campaign: Campaign) -> list[Submission]:
    """One submission for each form in a file; exactly one, rejected or ignored, where there is none."""
    live = [grid for grid in book.grids if not is_derived(grid)]
    if book.grids and not live:
        return [_without_form(path, "ignored", Finding(code="file-own-output", path=path))]
    found = [(grid, form) for grid in live if (form := locate(grid, campaign))]
    if not found:
        stamps = [stamp for grid in live if (stamp := find_stamp(grid))]
        others = [stamp.campaign for stamp in stamps if stamp.campaign != campaign.key]
        if others:
            finding = Finding(code="form-other-campaign", path=path, parameters={"campaign": others[0]})
        else:
            finding = Finding(code="form-not-found", path=path)
        return [_without_form(path, "rejected", finding)]
    several = len(found) > 1
    return [
        _read_form(f"{path}#{grid.name}" if several else path, grid, form, campaign, book.concealed)
        for grid, form in found
    ]


def _without_form(path: str, status: str, finding: Finding) -> Submission:
    return Submission(path=path, status="ignored" if status == "ignored" else "rejected", findings=(finding,))


def _read_form(path: str, grid: Grid, located: LocatedForm, campaign: Campaign, look: Concealments) -> Submission:
    form = located.form
    findings = list(_form_findings(path, located))
    entries: dict[str, Entry] = {}
    concealed: Mapping[tuple[int, int], Concealed] | None = None
    for field in form.fields:
        cell = located.cells.get(field.key)
        if cell is None:
            continue
        if not cell.cells and concealed is None:
            concealed = look(grid.name)
        entry, found = _entry(grid, field, cell, concealed or {}, campaign.start.year)
        entries[field.key] = entry
        findings += [dataclasses.replace(each, path=path, form=form.key, field=field.key) for each in found]
    submission = Submission(
        path=path,
        form=form.key,
        stamp=located.stamp,
        entries=entries,
        notes={item.key: text for item in form.items if (text := _plain(located, item.notes_key))},
        evidence={each.key: text for each in form.fields if (text := _plain(located, each.evidence_key))},
        blanks_are_zero=_plain(located, BLANKS_ARE_ZERO) in ("是", "√", "☑", "✓"),
        findings=tuple(findings),
    )
    if _nothing_filled_in(submission, form):
        blank = Finding(code="form-blank", path=path, form=form.key)
        return dataclasses.replace(submission, status="rejected", findings=(*findings, blank))
    return submission


def _form_findings(path: str, located: LocatedForm) -> list[Finding]:
    findings = []
    if not located.by_keys:
        findings.append(Finding(code="form-without-keys", path=path, form=located.form.key))
    if located.stamp and located.stamp.version > located.form.version:
        parameters = {"version": located.stamp.version, "expected": located.form.version}
        findings.append(Finding(code="form-newer-version", path=path, form=located.form.key, parameters=parameters))
    return findings


def _nothing_filled_in(submission: Submission, form: Form) -> bool:
    if submission.blanks_are_zero or any(each.code.startswith("value-") for each in submission.findings):
        return False
    asked = form.reported_fields or [field for field in form.fields if field.type != "unit"]
    return all(submission.entries[field.key].blank for field in asked if field.key in submission.entries)


def _plain(located: LocatedForm, key: str) -> str:
    cell = located.cells.get(key)
    return " ".join(cell_text(value) for _row, _column, value in cell.cells) if cell else ""


def _entry(
    grid: Grid, field: Field, located: Located, concealed: Mapping[tuple[int, int], Concealed], year: int
) -> tuple[Entry, list[Finding]]:
    """The entry of a field, and findings without path, form and field."""
    place = grid.place(located.row, located.column)
    # What a person wrote about a person is not repeated in a finding.
    quotable = field.reported or field.type in ("unit", "date")
    parameters: dict[str, object] = {"label": field.label}

    def finding(code: str, value: object, **more: object) -> Finding:
        return Finding(code=code, place=place, value=value if quotable else None, parameters=parameters | more)

    if located.code == "value-refused":
        context = located.context if quotable else ""
        return Entry(located.context, None, place), [finding("value-refused", None, context=context)]
    if not located.cells:
        found_there = concealed.get((located.row, located.column))
        if found_there is None:
            return Entry("", None, place), []
        code = "value-error" if found_there.kind == "error" else "value-formula-without-result"
        return Entry(found_there.text, None, place), [finding(code, found_there.text)]
    if len(located.cells) > 1:
        text = " | ".join(cell_text(value) for _row, _column, value in located.cells)
        return Entry(text, None, place), [finding("value-several-cells", text)]
    cell = located.cells[0][2]
    text, parsed = cell_text(cell), parse(field, cell, year)
    found = [finding(problem.code, text, **problem.parameters) for problem in parsed.problems]
    if located.code:
        found.append(finding(located.code, text, context=located.context if quotable else ""))
    return Entry(text, parsed.value, place, approximate=parsed.approximate), found
