"""Located cells → entries: what was typed, what it means, and findings about it."""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from anquanyue.campaign.model import Field, Form
from anquanyue.findings import Finding
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import words_of
from anquanyue.reading.grid import Concealed, Grid, Position, cell_text
from anquanyue.reading.located import Located, LocatedForm
from anquanyue.reading.quoting import HIDDEN, quotable, quoted, quoted_date
from anquanyue.reading.submission import Entry
from anquanyue.reading.values import parse, parse_number
from anquanyue.writing.labels import EVIDENCE_LABEL

_MOST_LABELS: Final = 8
_LIKE_A_LINK = re.compile(r"[a-z]{2,6}[:;.,/]{1,3}/|www[.,。]|[a-z]{3,5}:(?=[a-z0-9])|[\w-]+\.(com|cn|net|org)\b", re.I)
_LINK = re.compile(r"https?://([\w-]+\.)+[a-z]{2,18}(:\d+)?(?![^/?#])", re.I)
_BETWEEN_LINKS = re.compile(r"[\s，、；;。（）()<>《》“”\"]+")


def read_entries(
    located: LocatedForm, form: Form, year: int, look: Callable[[], Mapping[Position, Concealed]]
) -> tuple[dict[str, Entry], list[Finding]]:
    """The entries of all fields that were located, by key, and findings without path and form.

    Args:
        located: The form as it was found.
        form: What it is.
        year: The campaign's, for dates without a year.
        look: What cells hold that look empty; asked only where a blank is found, because it is slow.
    """
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    nil: list[Field] = []
    concealed: Mapping[Position, Concealed] | None = None
    for field in form.fields:
        cell = located.cells.get(field.key)
        if cell is None:
            continue
        if not cell.cells and concealed is None:
            concealed = look()
        entry, found, is_nil = _entry(located.grid, field, cell, concealed or {}, year)
        entries[field.key] = entry
        findings += [dataclasses.replace(each, field=field.key) for each in found]
        if is_nil:
            nil.append(field)
    if nil:
        findings.append(_nil_finding(nil, entries))
    return entries, findings


def _entry(
    grid: Grid, field: Field, located: Located, concealed: Mapping[Position, Concealed], year: int
) -> tuple[Entry, list[Finding], bool]:
    """The entry of a field, findings without path, form and field, and whether it says that there was nothing."""
    place = grid.place(located.row, located.column)
    if located.code is None and len(located.cells) == 1:
        cell = located.cells[0][2]
        if field.type == "count" and type(cell) in (float, int):
            if entry := _figure(cell, place, year):
                return entry, [], False
            return _unusual_entry(place, field, located, concealed, year)
        parsed = parse(field, cell, year)
        if parsed.value is not None and not parsed.problems:
            return Entry(cell_text(cell), parsed.value, place, approximate=parsed.approximate), [], parsed.nil
    return _unusual_entry(place, field, located, concealed, year)


@lru_cache(maxsize=8192)
def _figure(cell: float, place: str, year: int) -> Entry | None:
    """The entry of a number cell about which there is nothing to say; most are small and stand in the same places."""
    parsed = parse_number(cell, year)
    return None if parsed.value is None or parsed.problems else Entry(cell_text(cell), parsed.value, place)


def _unusual_entry(
    place: str, field: Field, located: Located, concealed: Mapping[Position, Concealed], year: int
) -> tuple[Entry, list[Finding], bool]:
    """The same for what is blank, or cannot be read, or was not found for certain."""
    # What a person wrote about a person is not repeated in a finding.
    quote = None if not quotable(field) else quoted_date if field.type == "date" else quoted
    parameters: dict[str, object] = {"label": field.label}

    def finding(code: str, value: str | None, **more: object) -> Finding:
        shown = quote(value) if quote and value is not None else None
        return Finding(code=code, place=place, value=shown, parameters=parameters | more)

    if located.code == "value-refused":
        # What stands where the label of a unit or a date is gone may be about a person.
        context = located.context if field.reported else HIDDEN
        # Even where the quoted text is empty, the field is not blank: something there could not be read.
        return Entry(located.context or "?", None, place), [finding("value-refused", None, context=context)], False
    if not located.cells:
        found_there = concealed.get((located.row, located.column))
        if found_there is None:
            return Entry("", None, place), [], False
        code = "value-error" if found_there.kind == "error" else "value-formula-without-result"
        return Entry(found_there.text, None, place), [finding(code, found_there.text)], False
    if len(located.cells) > 1:
        text = " | ".join(cell_text(value) for _row, _column, value in located.cells)
        # A cell beside the unit's name or the date may hold the name of a person.
        shown = [quoted(cell_text(value)) if field.reported else HIDDEN for _row, _column, value in located.cells]
        several = dataclasses.replace(finding("value-several-cells", None), value=" | ".join(shown) if quote else None)
        return Entry(text, None, place), [several], False
    cell = located.cells[0][2]
    text, parsed = cell_text(cell), parse(field, cell, year)
    if parsed.value is None and not parsed.problems:
        # Something stands there, but nothing was filled in: `□是□否`, an optional telephone number 无.
        return Entry("", None, place), [], False
    found = [finding(problem.code, text, **problem.parameters) for problem in parsed.problems]
    if located.code:
        context = located.context if quote else HIDDEN
        found.append(finding(located.code, text, context=context, expected=located.expected))
    return Entry(text, parsed.value, place, approximate=parsed.approximate), found, parsed.nil


def _nil_finding(fields: Sequence[Field], entries: Mapping[str, Entry]) -> Finding:
    """One note for all fields in which 无 or / stands for zero."""
    labels = "、".join(field.label for field in fields[:_MOST_LABELS]) + ("…" if len(fields) > _MOST_LABELS else "")
    return Finding(
        code="nil-counted-as-zero",
        place=entries[fields[0].key].place,
        field=fields[0].key if len(fields) == 1 else None,
        parameters={"number": len(fields), "labels": labels},
    )


def read_evidence(located: LocatedForm, form: Form) -> tuple[dict[str, str], dict[str, str], list[Finding]]:
    """What was entered as evidence by field, the notes without it, and a finding for each link that is none.

    A document has no column for evidence; there it stands in lines of the notes. Links are never opened.
    """
    evidence: dict[str, str] = {}
    notes = dict(located.notes)
    findings = []
    words = words_of(form)
    for field, key in words.evidence:
        if not field.evidence and key not in located.cells:
            continue
        cell = located.cells.get(key)
        texts = [cell_text(value) for _row, _column, value in cell.cells] if cell else []
        item = words.item_of.get(field.key, "")
        lines, rest = _evidence_lines(notes.get(item, ""), field)
        if lines:
            texts += lines
            notes[item] = rest
        if not any(texts):
            continue
        evidence[field.key] = " ".join(texts)
        place = cell or located.cells.get(field.key)
        findings += [
            Finding(
                code="link-malformed",
                place=located.grid.place(place.row, place.column) if place else None,
                field=field.key,
                value=link,
                parameters={"label": field.label},
            )
            for link in malformed_links(evidence[field.key])
        ]
    return evidence, {item: text for item, text in notes.items() if text}, findings


def _evidence_lines(notes: str, field: Field) -> tuple[list[str], str]:
    """The lines of the notes that give the field's evidence, without their label, and all other lines."""
    label = fold(EVIDENCE_LABEL + field.label)
    lines, rest = [], []
    for line in notes.split("\n"):
        heading = line.replace(":", "：").partition("：")[0]
        if fold(heading) == label:
            lines.append(line[len(heading) + 1 :].strip())
        else:
            rest.append(line)
    return [line for line in lines if line], "\n".join(rest)


def malformed_links(text: str) -> list[str]:
    """The words of a text that look like a link but are none."""
    words = [word for word in _BETWEEN_LINKS.split(text) if _LIKE_A_LINK.match(narrow(word))]
    return [word for word in words if not _is_link(narrow(word))]


def _is_link(word: str) -> bool:
    # What follows a host is not looked at; it may be written down without a scheme.
    return _LINK.match(word if "://" in word else f"http://{word}") is not None
