import pickle
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.loader import load_campaign
from anquanyue.findings import Finding
from anquanyue.reading.sending import pack, pack_outcome, unpack, unpack_outcome
from anquanyue.reading.submission import Entry, Submission
from anquanyue.writing.stamp import Stamp

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dates()
ENTRIES = st.builds(Entry, st.text(max_size=20), VALUES, st.text(max_size=20), st.booleans(), st.booleans())


def full(**entries: Entry) -> Submission:
    return Submission(
        path="a/b.xlsx#1",
        form="progress",
        stamp=Stamp(campaign="c", form="progress", version=1),
        entries=entries,
        notes={"study": "x"},
        pictures={"study": ("a",)},
        findings=(Finding(code="file-copy", parameters={"x": 1}),),
        modified=1.5,
        covers=("a", "b"),
        round="once",
    )


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), ENTRIES))
def test_what_is_sent_arrives(entries: dict[str, Entry]) -> None:
    sent = full(**entries)
    received = unpack(pickle.loads(pickle.dumps(pack(sent))))  # noqa: S301
    assert received == sent
    assert list(received.entries) == list(sent.entries)
    assert [type(each.value) for each in received.entries.values()] == [
        type(each.value) for each in sent.entries.values()
    ]


def test_what_is_no_submission_goes_along() -> None:
    assert unpack_outcome(pack_outcome([full(), Path("x")])) == [full(), Path("x")]


def test_forms_together_take_a_fraction_of_what_they_take_alone() -> None:
    fields = load_campaign(None, Path("nowhere")).form("progress").fields
    forms = [
        full(**{each.key: Entry(str(number), number, f"附件3!H{row}") for row, each in enumerate(fields)})
        for number in range(30)
    ]
    assert len(pickle.dumps(pack_outcome(forms))) * 2 < len(pickle.dumps(forms))


def test_equal_texts_and_places_are_held_once() -> None:
    first, second = (unpack(pickle.loads(pickle.dumps(pack(full(a=Entry("12", 12, "附件3!H6")))))) for _each in "ab")  # noqa: S301
    assert first.entries["a"].place is second.entries["a"].place
    assert first.entries["a"].text is second.entries["a"].text
