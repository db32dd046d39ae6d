import io
import pickle
from pathlib import Path

from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding
from anquanyue.reading.keeping import UNSAID, Fingerprint, Kept, keepable, restored
from anquanyue.reading.sending import pack, unpack
from anquanyue.reading.submission import Entry, Submission


def fingerprint(shown: str, content: bytes, size: int | None = None) -> bytes:
    made = Fingerprint(shown)
    if size is None:
        made.take(content)
    else:
        made.take_from(io.BytesIO(content), size)
    assert made.is_whole
    return made.key


def submission(**entries: Entry) -> Submission:
    return Submission(path="甲/a.xlsx#2", form="progress", entries=entries, modified=1.0)


def kept(campaign: Campaign, *found: Submission, shown: str = "甲/a.xlsx") -> Kept | None:
    return keepable(found, list(map(pack, found)), shown, campaign)


def test_name_and_content_make_a_fingerprint_and_the_folder_does_not() -> None:
    assert fingerprint("甲/a.xlsx", b"1") == fingerprint("乙/丙/a.xlsx", b"1")
    assert len({fingerprint(name, content) for name in ("a", "b") for content in (b"1", b"2")}) == 4


def test_a_file_that_is_larger_than_it_said_is_taken_in_whole() -> None:
    content = bytes(range(256)) * 10_000
    for size in (0, 10, len(content), 10**9):
        assert fingerprint("a", content, size) == fingerprint("a", content)


def test_what_was_kept_says_nothing_about_a_person_or_a_place(campaign: Campaign) -> None:
    sent = submission(
        contact=Entry("甲样例", "甲样例", "附件3!E3"),
        phone=Entry("", None, "附件3!G3"),
        study_sessions=Entry("5", 5, "附件3!H6"),
    )
    found = kept(campaign, sent)
    assert found is not None
    for secret in ("甲样例", "甲/a.xlsx"):
        assert secret.encode() not in found.data
    (again,) = restored(found.data, found.texts) or ()
    assert unpack(again).path == "#2"
    assert dict(unpack(again).entries) == {
        "contact": Entry(UNSAID, UNSAID, "附件3!E3"),
        "phone": Entry("", None, "附件3!G3"),
        "study_sessions": Entry("5", 5, "附件3!H6"),
    }


def test_keys_and_places_of_many_files_are_kept_once(campaign: Campaign) -> None:
    first, second = (
        kept(campaign, submission(study_sessions=Entry(str(number), number, "附件3!H6"))) for number in (5, 6)
    )
    assert first and second
    assert first.data != second.data
    assert first.texts == second.texts
    assert restored(first.data, {}) is None


def test_nothing_is_kept_of_what_may_be_otherwise_another_day(campaign: Campaign) -> None:
    slow = Submission(path="a.xlsx", status="rejected", findings=(Finding(code="file-too-slow", path="a.xlsx"),))
    assert kept(campaign, slow, shown="a.xlsx") is None
    assert kept(campaign) is None


def test_what_is_damaged_is_nothing(campaign: Campaign, tmp_path: Path) -> None:
    found = kept(campaign, submission())
    assert found is not None
    for data in (b"", found.data[:-3], pickle.dumps(5), pickle.dumps([5]), pickle.dumps([(tmp_path,) * 7])):
        assert restored(data, found.texts) is None
