"""Which one counts, where a unit sent the same form several times in a round."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.checking.arrival import arrival, dated, round_of
from anquanyue.findings import Finding
from anquanyue.reading.folding import narrow
from anquanyue.reading.submission import Entry, Submission

_VERSION = re.compile(r"(?<![a-z])v(?:er)?\.? ?(\d{1,2})(?!\d)|第([2-9二三四五])[版稿次]")
_CORRECTED = re.compile(r"更正|修正|订正|修改|修订|改正|重报|补报|更新")
_VOID = re.compile(r"作废|勿用|不用了|废稿|草稿|初稿|底稿|原稿|旧稿|旧版|旧表|\(旧\)|示例|样表|样例表|模板")
_FINAL = re.compile(r"最终|终稿|终版|定稿|final")
_ORDINALS: Final = dict(zip("2345二三四五", (2, 3, 4, 5) * 2, strict=False))
_MOST_DIFFERENCES: Final = 5

Criterion = Callable[[Submission, Form, Campaign], Any]


def _valid(submission: Submission, _form: Form, _campaign: Campaign) -> bool:
    return says_void(submission) is None


def says_void(submission: Submission) -> str | None:
    """The word by which the name of a file says that it does not count, or None."""
    match = _VOID.search(narrow(submission.path.split("#")[0].rsplit("/", 1)[-1]))
    return match[0] if match else None


def _at_home(submission: Submission, _form: Form, _campaign: Campaign) -> bool:
    return not any(finding.code == "unit-folder-disagrees" for finding in submission.findings)


def _revision(submission: Submission, _form: Form, _campaign: Campaign) -> int:
    return submission.stamp.revision if submission.stamp else 0


def _arrival(submission: Submission, _form: Form, campaign: Campaign) -> Any:
    return arrival(submission.path, campaign)


def _dated(submission: Submission, form: Form, _campaign: Campaign) -> Any:
    return dated(submission, form)


def _named(submission: Submission, _form: Form, _campaign: Campaign) -> tuple[bool, int, bool]:
    """How new the file's name says that it is: final before numbered before corrected."""
    name = narrow(submission.path.rsplit("/", 1)[-1]).lower()
    match = _VERSION.search(name)
    number = 0
    if match:
        number = int(match[1]) if match[1] else _ORDINALS[match[2]]
    return bool(_FINAL.search(name)), number, bool(_CORRECTED.search(name))


def _file_time(submission: Submission, _form: Form, _campaign: Campaign) -> float | None:
    return submission.modified or None


_CRITERIA: Final[tuple[tuple[str, Criterion], ...]] = (
    ("void", _valid),
    ("folder", _at_home),
    ("revision", _revision),
    ("arrival", _arrival),
    ("date", _dated),
    ("name", _named),
    ("file-time", _file_time),
)
"""What tells the newer of two, the most reliable first; one that some of the submissions lack tells nothing."""


def select(submissions: Sequence[Submission], campaign: Campaign) -> list[Submission]:
    """The submissions in their order, each with its round; of each unit, form and round only one still accepted.

    The newest counts. Where nothing tells which it is and they differ, the first one counts and an error says so.
    """
    result = [_with_round(submission, campaign) for submission in submissions]
    groups: dict[tuple[tuple[str, ...], str, str], list[int]] = {}
    for index, submission in enumerate(result):
        if submission.status == "accepted" and submission.form and submission.unit:
            # A joint report competes with its like; what it has in common with a unit's own form is settled later.
            units = submission.covers or (submission.unit,)
            groups.setdefault((units, submission.form, submission.round), []).append(index)
    for (_units, form_key, _round), indices in groups.items():
        if len(indices) > 1:
            form = campaign.form(form_key)
            group = [result[index] for index in indices]
            for index, submission in zip(indices, _settle(group, form, campaign), strict=True):
                result[index] = submission
    return result


def _with_round(submission: Submission, campaign: Campaign) -> Submission:
    if submission.form is None:
        return submission
    key = round_of(submission, campaign.form(submission.form), campaign)
    return submission if submission.round == key else replace(submission, round=key)


def _settle(group: Sequence[Submission], form: Form, campaign: Campaign) -> list[Submission]:
    """The submissions with all but the newest superseded."""
    left = list(range(len(group)))
    beaten: dict[int, str] = {}
    for name, criterion in _CRITERIA:
        if criterion is _file_time and not any(differing(group[left[0]], group[index], form) for index in left):
            break  # Copying a file changes its time; where nothing differs, it tells nothing.
        ages = {index: criterion(group[index], form, campaign) for index in left}
        if len(left) > 1 and None not in ages.values():
            newest = max(ages.values())
            beaten |= {index: name for index in left if ages[index] != newest}
            left = [index for index in left if ages[index] == newest]
    # Of equals, the name without 副本 or (1) is easier to find again.
    winner = group[min(left, key=lambda index: (len(group[index].path), index))]
    return [
        each if each is winner else _superseded(each, winner, form, campaign, beaten.get(index))
        for index, each in enumerate(group)
    ]


def _superseded(old: Submission, new: Submission, form: Form, campaign: Campaign, beaten_by: str | None) -> Submission:
    parameters: dict[str, object] = {"other": new.path}
    differences = differing(old, new, form)
    if not differences:
        code = "same-content"
    else:
        parameters["differences"] = "；".join(differences)
        code = f"superseded-by-{beaten_by}" if beaten_by else "submission-undecided"
        figures = [sum(each.usable(field) is not None for field in form.reported_fields) for each in (old, new)]
        if beaten_by not in ("void", "folder") and figures[1] * 2 < figures[0]:
            code = "superseded-by-partial"
            parameters |= {"held": figures[0], "holds": figures[1]}
        criterion = dict(_CRITERIA)[beaten_by] if beaten_by in ("arrival", "date") else None
        if criterion:
            parameters |= {"older": criterion(old, form, campaign), "newer": criterion(new, form, campaign)}
    finding = Finding(code=code, path=old.path, form=form.key, parameters=parameters)
    return supersede(old, finding)


def supersede(submission: Submission, finding: Finding) -> Submission:
    """The submission superseded for the reason that `finding` tells.

    What was found in it before is only a note now: whoever sends a corrected form has done what was asked.
    """
    notes = (replace(each, severity_override="info") for each in submission.findings)
    return replace(submission, status="superseded", findings=(*notes, finding))


def differing(old: Submission, new: Submission, form: Form) -> list[str]:
    """What differs between two submissions: labels, of figures with both values; the date aside.

    Beside figures it does not matter who filled them in, and what was read before does not say it (`reading.cache`).
    """
    found = []
    for field in form.fields:
        if field.type == "date" or (form.items and field.personal):
            continue
        before, after = (_content(each.entries.get(field.key), each.blanks_are_zero) for each in (old, new))
        if before != after:
            found.append(f"{field.label} {before or '—'}→{after or '—'}" if field.reported else field.label)
    more = len(found) - _MOST_DIFFERENCES
    return found if more <= 0 else [*found[:_MOST_DIFFERENCES], f"… +{more}"]


def _content(entry: Entry | None, blanks_are_zero: bool) -> str:
    """What counts of an entry: its value, or its text where it could not be read."""
    if entry is None or entry.blank:
        # A blank that was not found is no blank that was left empty.
        return "0" if entry and blanks_are_zero else ""
    return entry.text if entry.value is None else str(entry.value)
