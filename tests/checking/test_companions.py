from anquanyue.checking.companions import accompany
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission


def form(path: str, unit: str = "wujin") -> Submission:
    return Submission(path=path, form="progress", unit=unit)


def scan(path: str, kind: str = "pdf", unit: str | None = None) -> Submission:
    finding = Finding(code=f"file-{kind}", path=path)
    return Submission(path=path, kind=kind, unit=unit, status="rejected", findings=(finding,))


def statuses(*submissions: Submission) -> list[str]:
    return [each.status for each in accompany(submissions)]


def test_beside_a_readable_form_of_the_same_unit_it_is_a_copy_and_noted() -> None:
    copy = accompany([form("武进区/附件3.xlsx"), scan("扫描件/武进区.pdf", unit="wujin")])[1]
    assert (copy.status, copy.unit, [each.code for each in copy.findings]) == ("ignored", "wujin", ["file-copy"])
    assert "附件3.xlsx" in copy.findings[0].message("en")


def test_alone_it_stays_rejected_with_what_it_is() -> None:
    [alone] = accompany([scan("武进区.pdf", unit="wujin")])
    assert (alone.status, [each.code for each in alone.findings]) == ("rejected", ["file-pdf"])


def test_a_form_that_was_not_accepted_makes_no_companion() -> None:
    rejected = Submission(path="武进区/附件3.xlsx", form="progress", unit="wujin", status="rejected")
    assert statuses(rejected, scan("武进区/附件3.pdf")) == ["rejected", "rejected"]


def test_without_a_name_it_belongs_to_the_only_unit_of_its_folder() -> None:
    assert statuses(form("a/附件3.xlsx"), scan("a/扫描.pdf")) == ["accepted", "ignored"]
    assert statuses(form("a/1.xlsx"), form("a/2.xlsx", "xinbei"), scan("a/扫描.pdf"))[2] == "rejected"


def test_where_everything_lies_together_only_the_same_name_tells() -> None:
    assert statuses(form("附件3.xlsx"), scan("附件3.pdf"), scan("扫描.pdf")) == ["accepted", "ignored", "rejected"]


def test_a_picture_beside_the_form_is_evidence() -> None:
    counted, picture = accompany([form("a/附件3.xlsx"), scan("a/截图.png", "picture")])
    assert (counted.pictures, picture.status) == ({"": ("a/截图.png",)}, "ignored")
