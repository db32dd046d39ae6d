"""The same form of one unit several times in a file, each time with other blanks filled in: one form, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from anquanyue.campaign.model import Form
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission


def joined_halves(submissions: Sequence[Submission], form: Form) -> Submission | None:
    """One submission with what is filled in in any; None where a blank is filled in in two of them."""
    keys = [field.key for field in form.reported_fields]
    filled = [{key for key in keys if key in each.entries and not each.entries[key].blank} for each in submissions]
    declared = {each.includes_children for each in submissions} - {None}
    if not keys or len(declared) > 1 or any(one & other for one, other in combinations(filled, 2)):
        return None
    first = submissions[0]
    sheets = "、".join(each.path.partition("#")[2] for each in submissions)
    note = Finding(code="form-over-sheets", path=first.path, form=first.form, parameters={"sheets": sheets})
    findings: list[Finding] = []
    for found in (replace(found, path=first.path) for each in submissions for found in each.findings):
        # Not twice what is so of each sheet, as that its keys are gone.
        findings += [] if found in findings else [found]
    return replace(
        first,
        entries=_entries([each.entries for each in submissions]),
        stamp=next((each.stamp for each in submissions if each.stamp), None),
        notes=_joined([each.notes for each in submissions]),
        evidence=_joined([each.evidence for each in submissions]),
        pictures=_pictures([each.pictures for each in submissions]),
        blanks_are_zero=any(each.blanks_are_zero for each in submissions),
        includes_children=next(iter(declared), None),
        findings=(*findings, note),
    )


def _entries(several: Sequence[Mapping[str, Entry]]) -> dict[str, Entry]:
    """Of each field the entry that is filled in, else the first."""
    entries: dict[str, Entry] = {}
    for each in several:
        entries |= {key: entry for key, entry in each.items() if key not in entries or entries[key].blank}
    return entries


def _joined(several: Sequence[Mapping[str, str]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for each in several:
        for key, text in each.items():
            known = texts.get(key, "")
            texts[key] = f"{known}\n{text}" if known and text not in known else text
    return texts


def _pictures(several: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in several:
        for key, digests in each.items():
            found[key] = (*found.get(key, ()), *digests)
    return found
