"""Grids → submissions: the forms of a file, each with its entries, notes, evidence and findings."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Form
from anquanyue.findings import Finding
from anquanyue.reading.corrections import correction_remarks
from anquanyue.reading.entries import read_entries, read_evidence
from anquanyue.reading.folding import fold
from anquanyue.reading.form_words import words_of
from anquanyue.reading.grid import Book, Cell, Concealments, Grid, cell_text
from anquanyue.reading.halves import joined_halves
from anquanyue.reading.located import LocatedForm
from anquanyue.reading.pages import concealed_in, locate_in
from anquanyue.reading.parts import is_derived, printed_forms
from anquanyue.reading.submission import Entry, Submission, Value
from anquanyue.reading.unclaimed import unclaimed_figures
from anquanyue.writing.labels import INCLUDES_CHILDREN_OPTIONS

_YES: Final = ("是", "√", "☑", "☒", "✓", "✔", "■", "v", "y", "yes", "true", "1", "对", "有")
_TICKS: Final = "☑☒√✓✔■"
_MOST_LABELS: Final = 8
_BOXES = re.compile(f"[□☐{_TICKS}]是[/／ ]?[□☐{_TICKS}]否")


def read_forms(path: str, book: Book, campaign: Campaign) -> list[Submission]:
    """One submission for each form in a file; exactly one, rejected or ignored, where there is none.

    Where a file holds several, their paths name the sheet and the number of the form on it. An empty form beside a
    filled one is no submission of its own.
    """
    live = [grid for grid in book.grids if not is_derived(grid)]
    located = locate_in(live, campaign)
    if not located:
        derived = [grid for grid in (book.whole() if book.whole else book.grids) if is_derived(grid)]
        if derived:
            return [_without_form(path, campaign, live, derived)]
        return [_rejected(path, Finding(code="form-not-found", path=path))]
    forms = [_read_form(each, campaign, book.concealed) for each in located]
    forms = [form for form in forms if not _is_empty(form)] or forms[:1]
    if len(forms) == 1:
        return [_named(forms[0].submission, path)]
    named = [_named(form.submission, name) for form, name in zip(forms, _paths(path, forms), strict=True)]
    compared = _compared(named, campaign)
    return compared if len(compared) > 1 else [_named(compared[0], path)]


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """A form as it was read, before it has a path."""

    located: LocatedForm
    submission: Submission


def _without_form(path: str, campaign: Campaign, live: Sequence[Grid], derived: Sequence[Grid]) -> Submission:
    """What becomes of a file in which only sheets are left that this program made and that are no form."""
    if form := next(printed_forms(derived, campaign), None):
        finding = Finding(code="form-print-only", path=path, form=form.key, parameters={"form_label": form.label})
        return _rejected(path, finding)
    if any(cell != "" for grid in live for _row, _column, cell in grid.cells()):
        return _rejected(path, Finding(code="form-not-found", path=path))
    return Submission(path=path, status="ignored", findings=(Finding(code="file-own-output", path=path),))


def _rejected(path: str, finding: Finding) -> Submission:
    return Submission(path=path, status="rejected", findings=(finding,))


def _read_form(located: LocatedForm, campaign: Campaign, look: Concealments) -> _Read:
    form = located.form
    if located.trouble or form is None:
        trouble = located.trouble
        code, parameters = (trouble.code, trouble.parameters) if trouble else ("form-not-found", {})
        finding = Finding(code=code, form=form.key if form else None, parameters=parameters)
        # What was found on it is not read: it would be half a form.
        submission = Submission(path="", form=None, stamp=located.stamp, status="rejected", findings=(finding,))
        return _Read(located, submission)
    entries, findings = read_entries(located, form, campaign.start.year, lambda: concealed_in(located, look))
    if _is_shifted(entries, form):
        shifted = Finding(code="form-shifted", form=form.key)
        return _Read(located, Submission(path="", stamp=located.stamp, status="rejected", findings=(shifted,)))
    elsewhere = unclaimed_figures(located)
    evidence, notes, doubts = read_evidence(located, form)
    findings = [*_form_findings(located, form), *findings, *doubts, *correction_remarks(located)]
    blanks_are_zero = _is_yes(_cell(located, BLANKS_ARE_ZERO))
    is_blank = not blanks_are_zero and _nothing_filled_in(entries, findings, form)
    if is_blank:
        # Not blank, if somebody wrote the figures where they do not belong.
        blank = [dataclasses.replace(each, code="form-figures-elsewhere") for each in elsewhere]
        elsewhere = blank or [Finding(code="form-blank")]
    submission = Submission(
        path="",
        form=form.key,
        stamp=located.stamp,
        entries=entries,
        notes=notes,
        evidence=evidence,
        pictures=located.pictures,
        blanks_are_zero=blanks_are_zero,
        includes_children=_choice(_cell(located, INCLUDES_CHILDREN)),
        findings=(*findings, *elsewhere),
        status="rejected" if is_blank else "accepted",
    )
    return _Read(located, submission)


def _form_findings(located: LocatedForm, form: Form) -> list[Finding]:
    findings = []
    if located.pages:
        sheets = "、".join(page.name for page in located.pages)
        findings.append(Finding(code="form-over-sheets", parameters={"sheets": sheets}, severity_override="info"))
    # A document never had keys.
    if not located.by_keys and not _is_document(located):
        findings.append(Finding(code="form-without-keys"))
    if located.stamp and located.stamp.version > form.version:
        parameters = {"version": located.stamp.version, "expected": form.version}
        findings.append(Finding(code="form-newer-version", parameters=parameters))
    return findings


def _is_document(located: LocatedForm) -> bool:
    return bool(located.grid.row_places) and not located.pages


def _is_shifted(entries: Mapping[str, Entry], form: Form) -> bool:
    """Whether a number stands where a tick is asked for, and a tick where a number is: all may be a row off."""
    ticks = [entries[each.key].text for each in form.fields if each.type == "yes_no" and each.key in entries]
    # A 1 or a 0 may be a tick.
    if not any(text.isdecimal() and int(text) > 1 for text in ticks):
        return False
    counts = [entries[each.key].text for each in form.fields if each.type == "count" and each.key in entries]
    return any(text.strip() in ("是", "否") or _BOXES.fullmatch(text) for text in counts)


def _nothing_filled_in(entries: Mapping[str, Entry], findings: Sequence[Finding], form: Form) -> bool:
    if any(each.code.startswith("value-") for each in findings):
        return False
    asked = words_of(form).reported or [field for field in form.fields if field.type != "unit"]
    return all(entries[field.key].blank for field in asked if field.key in entries)


def _is_empty(read: _Read) -> bool:
    """Whether it is no submission where the file holds another one: blank, or only a trace of a form."""
    codes = {finding.code for finding in read.submission.findings}
    if "form-different" in codes:
        return not any(each.cells or each.code for each in read.located.cells.values())
    return "form-blank" in codes


# The boxes about the whole form ----------------------------------------------------------------------------------


def _cell(located: LocatedForm, key: str) -> Cell:
    cell = located.cells.get(key)
    return cell.cells[0][2] if cell and len(cell.cells) == 1 else ""


def _is_yes(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = cell_text(cell).casefold().strip(" \u3000（()）[]【】")
    return text in _YES or (len(text) < 4 and any(tick in text for tick in _TICKS) and "否" not in text)


def _choice(cell: Cell) -> bool | None:
    """Whether 含 was chosen rather than 不含; None where neither or both."""
    if isinstance(cell, bool):
        return cell
    text = re.sub(r"\s", "", cell_text(cell))
    including, excluding = INCLUDES_CHILDREN_OPTIONS
    ticked = f"[（(\\[【]?[{_TICKS}][）)\\]】]?"
    # The tick stands in front of what it ticks, or behind it: ☑含□不含, 含√不含.
    in_front = re.match(f"[（(\\[【]?[□☐{_TICKS}]", text) is not None
    pattern = f"{ticked}({excluding}|{including})" if in_front else f"({excluding}|{including}){ticked}"
    marked = set(re.findall(pattern, text))
    if marked:
        return including in marked if len(marked) == 1 else None
    plain = text.strip("。，；,;（）()")
    if plain in (including, "包含", "是", "已包含", "全部包含"):
        return True
    return False if plain in (excluding, "不包含", "否", "未包含") else None


# Several forms in one file ---------------------------------------------------------------------------------------


def _paths(path: str, forms: Sequence[_Read]) -> Iterable[str]:
    """The path of each form: the file's own where it holds one, else with its sheet and its number on it."""
    if len(forms) == 1:
        return [path]
    sheets = Counter(read.located.grid.name for read in forms)
    numbers: Counter[str] = Counter()
    names = []
    for read in forms:
        name = read.located.grid.name
        numbers[name] += 1
        if _is_document(read.located):
            names.append(f"{path}#{numbers[name]}")
        else:
            names.append(f"{path}#{name}" + (f"#{numbers[name]}" if sheets[name] > 1 and numbers[name] > 1 else ""))
    return names


def _named(submission: Submission, path: str) -> Submission:
    """The submission with its path, which its findings repeat."""
    form = submission.form
    findings = tuple(dataclasses.replace(each, path=path, form=each.form or form) for each in submission.findings)
    return dataclasses.replace(submission, path=path, findings=findings)


def _compared(submissions: list[Submission], campaign: Campaign) -> list[Submission]:
    """The forms of one file without copies; rejected where one unit filled in the same form in two ways."""
    units = {
        index: _unit(submission, campaign.form(submission.form))
        for index, submission in enumerate(submissions)
        if submission.form and submission.status == "accepted"
    }
    # A form without a name is taken for a draft of the only unit that is named.
    named = {unit for unit in units.values() if unit}
    only = next(iter(named)) if len(named) == 1 else ""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, unit in units.items():
        groups.setdefault((submissions[index].form or "", unit or only), []).append(index)
    result: dict[int, Submission] = dict(enumerate(submissions))
    for (form_key, _unit_name), indices in groups.items():
        if len(indices) < 2:
            continue
        form = campaign.form(form_key)
        kept: list[int] = []
        for index in indices:
            twin = next((other for other in kept if _same(submissions[other], submissions[index], form)), None)
            if twin is not None:
                del result[index]
                result[twin] = _with(result[twin], Finding(code="form-copy"))
            else:
                kept.append(index)
        if len(kept) > 1 and (joined := joined_halves([submissions[index] for index in kept], form)):
            result[kept[0]] = joined
            for index in kept[1:]:
                del result[index]
        elif len(kept) > 1:
            labels = _differences([submissions[index] for index in kept], form)
            for index in kept:
                twice = Finding(code="form-twice", parameters={"labels": labels})
                result[index] = dataclasses.replace(_with(result[index], twice), status="rejected")
    return list(result.values())


def _with(submission: Submission, finding: Finding) -> Submission:
    finding = dataclasses.replace(finding, path=submission.path, form=submission.form)
    if any(each.code == finding.code for each in submission.findings):
        return submission
    return dataclasses.replace(submission, findings=(*submission.findings, finding))


def _unit(submission: Submission, form: Form) -> str:
    entry = submission.entries.get(form.unit_field.key)
    stamped = submission.stamp.unit if submission.stamp else ""
    return fold(entry.text) if entry and entry.text else stamped


def _content(submission: Submission, form: Form) -> dict[str, Value | str | None]:
    """What counts of a form: the values, or the text where none could be read, without who filled it in and when."""
    keys = [field.key for field in form.reported_fields or form.fields]
    entries = {key: submission.entries.get(key) for key in keys}
    return {key: (each.text if each.value is None else each.value) if each else None for key, each in entries.items()}


def _same(first: Submission, second: Submission, form: Form) -> bool:
    return _content(first, form) == _content(second, form) and first.blanks_are_zero == second.blanks_are_zero


def _differences(submissions: Sequence[Submission], form: Form) -> str:
    contents = [_content(submission, form) for submission in submissions]
    keys = [key for key in contents[0] if any(content[key] != contents[0][key] for content in contents)]
    labels = [form.field(key).label for key in keys]
    return "、".join(labels[:_MOST_LABELS]) + ("…" if len(labels) > _MOST_LABELS else "")
