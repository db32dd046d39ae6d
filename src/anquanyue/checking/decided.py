"""The coordinator's decisions (人工认定) applied to what was received."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from anquanyue.campaign.model import Campaign, Field, Roster
from anquanyue.checking.arrival import round_of
from anquanyue.decisions import Decision, Decisions
from anquanyue.findings import Finding
from anquanyue.language import Phrase
from anquanyue.reading.folding import narrow
from anquanyue.reading.quoting import quotable
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reading.values import parse

_BLANK: Final = Phrase("blank")
_EXEMPTING: Final = ("not-reported",)
"""What is found where a unit owes something; a unit that was exempted does not."""

_UNSAID: Final = "…"
"""Instead of what somebody wrote about a person."""

# Errors of these kinds keep a whole submission out; those about a value keep out only the value.
_REJECTING: Final = ("file-", "archive-", "form-", "unit-")


def fits(file: str, path: str) -> bool:
    """Whether a decision about `file` means the submission `path`: the file, a sheet or a member of it."""
    path = unicodedata.normalize("NFC", path)
    return path == file or path.startswith((f"{file}#", f"{file}/"))


def files_meant(path: str) -> Iterator[str]:
    """Every `file` that `fits` the submission `path`, so that hundreds of files are looked up and not compared."""
    path = unicodedata.normalize("NFC", path)
    yield path
    for place, character in enumerate(path):
        if character in "#/":
            yield path[:place]


def names(decisions: Decisions, normal: Callable[[str], str]) -> dict[str, Decision]:
    """The decisions on whose a written name is, by that name as `normal` makes it; of two on one name the later.

    Those about a file are not among them.
    """
    return {normal(decision.old): decision for decision in decisions.of_kind("name") if not decision.file}


def named_files(
    submissions: Iterable[Submission], campaign: Campaign, decisions: Decisions, normal: Callable[[str], str]
) -> dict[str, Decision]:
    """The decisions on whose a file is, by the submission's path; of two on one file the later."""
    about: dict[str, list[Decision]] = {}
    for decision in decisions.of_kind("name"):
        if decision.file:
            about.setdefault(decision.file, []).append(decision)
    found: dict[str, Decision] = {}
    for submission in submissions if about else ():
        meant = [each for file in files_meant(submission.path) for each in about.get(file, ())]
        for decision in sorted(meant, key=lambda each: each.line):
            if _names_file(decision, submission, campaign, normal):
                found[submission.path] = decision
    return found


def _names_file(decision: Decision, submission: Submission, campaign: Campaign, normal: Callable[[str], str]) -> bool:
    if not submission.form or not fits(decision.file, submission.path):
        return False
    entry = submission.entries.get(campaign.form(submission.form).unit_field.key)
    return not decision.old or normal(decision.old) == normal(entry.text if entry else "")


def leave_out(submissions: Iterable[Submission], decisions: Decisions) -> list[Submission]:
    """The submissions in their order, those that were decided to be out ignored, with nothing else to say of them."""
    about = {each.file: each for each in decisions.of_kind("file")}
    return [_left_out(submission, about) for submission in submissions] if about else list(submissions)


def _left_out(submission: Submission, about: Mapping[str, Decision]) -> Submission:
    meant = [about[file] for file in files_meant(submission.path) if file in about]
    if not meant:
        return submission
    decision = max(meant, key=lambda each: each.line)
    finding = Finding(code="decision-file-out", path=submission.path, form=submission.form, parameters=_who(decision))
    return replace(submission, status="ignored", findings=(finding,))


def reopen(
    submissions: Iterable[Submission], attributed: Iterable[Submission], campaign: Campaign, decisions: Decisions
) -> list[Submission]:
    """The submissions in their order; no longer rejected where all that reading rejected them for was accepted.

    Args:
        submissions: As reading left them, so that they can be attributed like all others.
        attributed: The same with their units.
        campaign: Whose forms they hold.
        decisions: All of them.
    """
    return [
        replace(_accepted_after_all(before, after.unit, campaign, decisions) or before, unit=before.unit)
        for before, after in zip(submissions, attributed, strict=True)
    ]


def accept(submission: Submission, campaign: Campaign, roster: Roster | None, decisions: Decisions) -> Submission:
    """The submission, with its unit; no longer rejected where all that rejected it was accepted."""
    known = submission.unit and (roster is None or roster.unit(submission.unit))
    return (known and _accepted_after_all(submission, submission.unit, campaign, decisions)) or submission


def _accepted_after_all(
    submission: Submission, unit: str | None, campaign: Campaign, decisions: Decisions
) -> Submission | None:
    if submission.status != "rejected" or submission.form is None:
        return None
    rounds = {submission.path: round_of(submission, campaign.form(submission.form), campaign)}
    findings = accept_findings((replace(each, unit=unit) for each in submission.findings), rounds, decisions)
    if any(map(_rejects, findings)) or not any(_rejects(_original(each)) for each in findings):
        return None
    return replace(submission, status="accepted", unit=unit, findings=tuple(findings))


def _rejects(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code.startswith(_REJECTING)


def _original(finding: Finding) -> Finding:
    """The finding itself, or that which was accepted in it."""
    original = finding.parameters.get("finding")
    return original if isinstance(original, Finding) else finding


def accept_findings(findings: Iterable[Finding], rounds: Mapping[str, str], decisions: Decisions) -> list[Finding]:
    """The findings in their order, each that was accepted inside a note that says by whom.

    Args:
        findings: With their units.
        rounds: The round of each submission, by its path.
        decisions: All of them.
    """
    about: dict[tuple[str, str], list[Decision]] = {}
    for decision in reversed(decisions.lines):
        if decision.kind in ("finding", "exempt"):
            about.setdefault(_subject(decision), []).append(decision)
    return [_accepted(finding, rounds, _concerning(finding, about)) for finding in findings]


def _accepted(finding: Finding, rounds: Mapping[str, str], decisions: Iterable[Decision]) -> Finding:
    for decision in decisions:
        if _covers(decision, finding, rounds):
            return replace(
                finding,
                code="decision-accepted",
                parameters={**_who(decision), "finding": finding},
                severity_override=None,
            )
    return finding


def _subject(decision: Decision) -> tuple[str, str]:
    """By what the decisions that may be about a finding are looked up: its code, and the file or else the unit."""
    return ("exempt" if decision.kind == "exempt" else decision.code, decision.file or decision.unit)


def _concerning(finding: Finding, about: Mapping[tuple[str, str], Sequence[Decision]]) -> list[Decision]:
    """The decisions that may be about the finding, the last first."""
    subjects = dict.fromkeys(("", finding.unit or "", *(files_meant(finding.path) if finding.path else ())))
    found = [each for subject in subjects for each in about.get((finding.code, subject), ())]
    if finding.code in _EXEMPTING:
        found += about.get(("exempt", finding.unit or ""), ())
    return sorted(found, key=lambda each: -each.line)


def _covers(decision: Decision, finding: Finding, rounds: Mapping[str, str]) -> bool:
    if decision.kind == "exempt":
        same = (decision.unit, decision.form) == (finding.unit, finding.form)
        return same and finding.code in _EXEMPTING and decision.round in ("", finding.parameters.get("round"))
    return (
        decision.code == finding.code
        and (not decision.file or (finding.path is not None and fits(decision.file, finding.path)))
        and decision.unit in ("", finding.unit)
        and decision.form in ("", finding.form)
        and decision.field in ("", finding.field)
        and decision.round in ("", rounds.get(finding.path or ""))
    )


def change_values(
    submissions: Sequence[Submission], campaign: Campaign, decisions: Decisions
) -> tuple[list[Submission], list[Finding]]:
    """The submissions in their order, with the decided values in those that count; and what no longer fits.

    Of several decisions that fit the same value the later counts; one that does not fit is only reported where no
    later one took its place. Where the unit itself has sent what was decided, there is nothing left to do.
    """
    by_unit: dict[str | None, list[int]] = {}
    for index, submission in enumerate(submissions):
        for unit in {submission.unit, *submission.covers}:
            by_unit.setdefault(unit, []).append(index)
    deciding: dict[tuple[int, str], Decision] = {}
    last: dict[tuple[int, str], int] = {}
    outdated: list[tuple[Decision, int]] = []
    for decision in decisions.of_kind("value"):
        aimed = [index for index in by_unit.get(decision.unit, ()) if aims_at(decision, submissions[index])]
        fitting = [index for index in aimed if _holds(submissions[index], decision, decision.old, campaign)]
        followed = [index for index in aimed if _holds(submissions[index], decision, decision.new, campaign)]
        deciding |= {(index, decision.field): decision for index in fitting}
        last |= {(index, decision.field): decision.line for index in (*fitting, *followed)}
        if aimed and not fitting and not followed:
            outdated.append((decision, aimed[-1]))
    result = list(submissions)
    for (index, _field), decision in deciding.items():
        result[index] = _with_value(result[index], decision, campaign, decisions.place(decision))
    findings = [
        _outdated(decision, submissions[index], campaign, decisions.name)
        for decision, index in outdated
        if last.get((index, decision.field), -1) < decision.line
    ]
    return result, findings


def aims_at(decision: Decision, submission: Submission) -> bool:
    """Whether a decision on a value means this submission, and it counts."""
    return (
        submission.status == "accepted"
        and decision.unit in (submission.unit, *submission.covers)
        and submission.form == decision.form
        and decision.round in ("", submission.round)
        and (not decision.file or fits(decision.file, submission.path))
    )


def _holds(submission: Submission, decision: Decision, text: str, campaign: Campaign) -> bool:
    """Whether a text of the decision is what arrived: the same text, or the same plain value spelt otherwise."""
    entry = submission.entries.get(decision.field)
    if _plain(entry.text if entry else "") == _plain(text):
        return True
    if entry is None or entry.value is None or entry.approximate or not text:
        return False
    field = campaign.form(decision.form).field(decision.field)
    parsed = parse(field, text, campaign.start.year)
    return parsed.value == entry.value and not parsed.problems and not parsed.approximate


def _plain(text: str) -> str:
    return " ".join(narrow(text).split())


def _with_value(submission: Submission, decision: Decision, campaign: Campaign, place: str) -> Submission:
    field = campaign.form(decision.form).field(decision.field)
    entry = submission.entries.get(field.key)
    arrived = entry.text if entry else ""
    finding = Finding(
        code="decision-applied",
        path=submission.path,
        place=entry.place if entry else None,
        form=decision.form,
        field=field.key,
        value=(arrived or None) if quotable(field) else None,
        parameters={
            **_who(decision),
            "label": field.label,
            "old": quoted(field, arrived),
            "new": quoted(field, decision.new),
        },
    )
    # What was wrong with the value that arrived is settled.
    kept = [
        each
        for each in submission.findings
        if each.field != field.key or not _original(each).code.startswith(("value-", "nil-"))
    ]
    decided = Entry(
        text=arrived,
        value=parse(field, decision.new, campaign.start.year).value,
        place=place,
        decided=True,
    )
    return replace(submission, entries={**submission.entries, field.key: decided}, findings=(*kept, finding))


def _outdated(decision: Decision, submission: Submission, campaign: Campaign, file: str) -> Finding:
    field = campaign.form(decision.form).field(decision.field)
    entry = submission.entries.get(field.key)
    return Finding(
        code="decision-outdated",
        path=submission.path,
        place=entry.place if entry else None,
        unit=submission.unit,
        form=decision.form,
        field=field.key,
        value=(entry.text or None) if entry and quotable(field) else None,
        parameters={
            "line": decision.line,
            "file": file,
            "label": field.label,
            "old": quoted(field, decision.old),
            "found": quoted(field, entry.text if entry else ""),
        },
    )


def unused(
    decisions: Decisions,
    submissions: Iterable[Submission],
    findings: Iterable[Finding],
    campaign: Campaign,
    normal: Callable[[str], str],
) -> list[Finding]:
    """A finding for each decision that fits nothing.

    Args:
        decisions: All of them.
        submissions: With what became of them.
        findings: All, those that were accepted as `accept_findings` returns them.
        campaign: Whose forms the submissions hold.
        normal: Makes written names comparable.
    """
    submissions = list(submissions)
    rounds = {each.path: each.round for each in submissions}
    originals = [_original(each) for each in findings]
    of_code: dict[str, list[Finding]] = {}
    for each in originals:
        of_code.setdefault(each.code, []).append(each)
    of_unit: dict[str | None, list[Submission]] = {}
    of_file: dict[str, list[Submission]] = {}
    named = {each.file for each in decisions.lines if each.file}
    for submission in submissions:
        for unit in {submission.unit, *submission.covers}:
            of_unit.setdefault(unit, []).append(submission)
        for file in named.intersection(files_meant(submission.path)):
            of_file.setdefault(file, []).append(submission)
    written = set(_written_names(submissions, originals, campaign, normal))

    def used(decision: Decision) -> bool:
        match decision.kind:
            case "value":
                return any(aims_at(decision, each) for each in of_unit.get(decision.unit, ()))
            case "file":
                return decision.file in of_file
            case "name" if decision.file:
                return any(_names_file(decision, each, campaign, normal) for each in of_file.get(decision.file, ()))
            case "name":
                return normal(decision.old) in written
            case "exempt":
                return True  # What it names is looked up when it is read; that nothing arrived is its purpose.
            case "finding":
                return any(_covers(decision, each, rounds) for each in of_code.get(decision.code, ()))

    return [
        Finding(
            code="decision-unused",
            unit=decision.unit or None,
            form=decision.form or None,
            field=decision.field or None,
            parameters={"line": decision.line, "file": decisions.name, "what": _described(decision, campaign)},
        )
        for decision in decisions.lines
        if not used(decision)
    ]


def _written_names(
    submissions: Iterable[Submission], findings: Iterable[Finding], campaign: Campaign, normal: Callable[[str], str]
) -> Iterator[str]:
    for submission in submissions:
        if submission.form and (entry := submission.entries.get(campaign.form(submission.form).unit_field.key)):
            yield normal(entry.text)
    for finding in findings:
        # A name in a joint report, or in the name of a file.
        if finding.code == "unit-decided":
            yield normal(str(finding.value))


def _described(decision: Decision, campaign: Campaign) -> str:
    form = campaign.form(decision.form) if decision.form else None
    field = form.field(decision.field) if form and decision.field else None
    name = decision.old if decision.kind == "name" else ""
    parts = (
        decision.code,
        decision.file,
        name,
        decision.unit,
        form.label if form else "",
        decision.round,
        field.label if field else "",
    )
    return " · ".join(part for part in parts if part)


def quoted(field: Field, text: str) -> str:
    """`text` as a message shows it."""
    return _BLANK if not text else text if quotable(field) else _UNSAID


def _who(decision: Decision) -> dict[str, object]:
    return {"by": decision.by, "when": decision.when or "—", "reason": decision.reason}
