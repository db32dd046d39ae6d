import datetime
import email
from dataclasses import replace
from email import policy

import pytest

from anquanyue.campaign.model import Roster, Unit
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reminding import mail_draft, one_line, reminders
from anquanyue.status import status
from rounds_campaign import weekly

WUJIN = Unit(code="wujin", name="武进区工信局", email="roster@example.com")
TIANNING = Unit(code="tianning", name="天宁区工信局")
ROSTER = Roster((WUJIN, TIANNING))


def sent(form, unit="wujin", path=None, **changes):
    """A form that arrived in time."""
    given = {"form": form, "unit": unit, "round": "once", "path": path or f"2022-05-20/{unit}/{form}.xlsx"}
    return Submission(**given | changes)


def told(campaign, as_of, submissions=(), findings=(), roster=ROSTER, **options):
    """The reminders by the unit's code; there is no folder of material."""
    from anquanyue.decisions import Decisions

    day = datetime.date.fromisoformat(as_of)
    matrix = status(campaign, roster, submissions, Decisions(), None, day)
    days = {"ahead": 7, "second_after": 7} | options
    made = reminders(campaign, roster, matrix.standings, submissions, findings, as_of=day, **days)
    return {each.unit.code: each for each in made}


def negative(path="2022-05-20/wujin/progress.xlsx", unit="wujin", **changes):
    given = {"code": "value-negative", "path": path, "unit": unit, "form": "progress", "field": "drill_sessions"}
    return Finding(**given | {"value": -3, "parameters": {"label": "应急演练"}} | changes)


WRONG = {"drill_sessions": Entry("-3", None, "附件3!H45")}


def test_before_a_deadline_it_is_a_nudge(campaign):
    reminder = told(campaign, "2022-05-28")["wujin"]
    assert (reminder.stage, reminder.title, reminder.missing) == ("nudge", "温馨提醒", ())
    assert [(each.label[:3], each.days) for each in reminder.upcoming] == [("附件2", -2)]


def test_what_is_due_later_is_not_told_yet(campaign):
    assert told(campaign, "2022-05-20") == {}
    assert told(campaign, "2022-05-20", ahead=10).keys() == {"wujin", "tianning"}


def test_on_the_day_itself_it_is_still_a_nudge(campaign):
    assert told(campaign, "2022-05-30")["wujin"].upcoming[0].days == 0


@pytest.mark.parametrize(
    ("as_of", "title"),
    [("2022-05-31", "催报通知"), ("2022-06-06", "催报通知"), ("2022-06-07", "再次催报")],
)
def test_after_a_deadline_come_a_first_and_a_second_notice(campaign, as_of, title):
    assert told(campaign, as_of)["wujin"].title == title


def test_how_long_a_first_notice_lasts_can_be_said(campaign):
    assert told(campaign, "2022-06-02", second_after=2)["wujin"].title == "再次催报"


def test_of_whom_all_is_well_nothing_is_told(campaign):
    everything = [sent("liaison"), sent("progress")]
    assert told(campaign, "2022-07-10", everything).keys() == {"tianning"}


def test_what_was_received_is_said(campaign):
    reminder = told(campaign, "2022-07-10", [sent("liaison")])["wujin"]
    assert [each.label[:3] for each in reminder.missing] == ["附件3"]
    assert [(each.label[:3], each.day) for each in reminder.received] == [("附件2", datetime.date(2022, 5, 20))]


def test_what_came_late_is_told_even_where_nothing_is_owed(campaign):
    late = [sent("liaison"), sent("progress", path="2022-07-01/wujin/progress.xlsx")]
    reminder = told(campaign, "2022-07-10", late)["wujin"]
    assert (reminder.title, reminder.missing) == ("温馨提醒", ())
    assert [each.days_late for each in reminder.received] == [0, 3]


@pytest.mark.parametrize(
    ("as_of", "title"),
    [("2022-06-20", "温馨提醒"), ("2022-06-29", "更正通知"), ("2022-07-10", "再次提请更正")],
)
def test_what_is_to_be_corrected_is_told_in_words_with_its_cell(campaign, as_of, title):
    submissions = [sent("liaison"), sent("progress", entries=WRONG)]
    reminder = told(campaign, as_of, submissions, [negative()])["wujin"]
    assert reminder.title == title
    (file,) = reminder.to_correct
    (correction,) = file.corrections
    assert file.label.startswith("附件3《")
    assert (correction.severity, correction.place) == ("error", "附件3!H45")
    assert "应急演练" in correction.found
    assert file.form and file.form.revision == 1


def test_a_form_that_has_just_arrived_has_not_been_open_for_long(campaign):
    path = "2022-07-09/wujin/progress.xlsx"
    submissions = [sent("liaison"), sent("progress", path=path, entries=WRONG)]
    assert told(campaign, "2022-07-10", submissions, [negative(path)])["wujin"].title == "更正通知"


@pytest.mark.parametrize(
    "parameters",
    [
        {"names": "武进区工信局、天宁区工信局"},
        {"others": "天宁区工信局（2022-05-20/tianning/progress.xlsx）"},
        {"other": "2022-05-20/tianning/progress.xlsx"},
    ],
)
def test_what_names_another_unit_is_told_without_its_name(campaign, parameters):
    submissions = [sent("liaison"), sent("progress", entries=WRONG), sent("progress", "tianning")]
    words = {"label": "媒体", "what": "同一张图片", "previous": 9, "previous_round": "第1周"}
    code = "evidence-shared" if "names" in parameters else "figures-identical"
    naming = negative(code=code if "other" not in parameters else "cumulative-falls", parameters=words | parameters)
    (file,) = told(campaign, "2022-06-20", submissions, [naming])["wujin"].to_correct
    (correction,) = file.corrections
    assert correction.found == f"“媒体”：{naming.title('zh')}（-3）"
    assert correction.request
    assert "tianning" not in str(file.form.marks) and "天宁" not in str(file.form.marks)


def test_what_names_the_unit_itself_is_told_in_full(campaign):
    submissions = [sent("liaison"), sent("progress", entries=WRONG), sent("progress", "tianning")]
    words = {"label": "媒体", "previous": 9, "previous_round": "第1周", "other": "2022-05-20/wujin/progress.xlsx"}
    own = negative(code="cumulative-falls", parameters=words)
    (file,) = told(campaign, "2022-06-20", submissions, [own])["wujin"].to_correct
    assert [each.found for each in file.corrections] == [own.message("zh")]


def test_a_file_that_cannot_be_opened_is_to_be_sent_again(campaign):
    broken = Submission(path="wujin/附件3.xlsx", unit="wujin", status="rejected")
    found = [
        Finding(code=code, path=broken.path, unit="wujin", parameters={"reason": "x", "kind": "x"})
        for code in ("file-password", "file-link", "file-old-document")
    ]
    (file,) = told(campaign, "2022-05-20", [broken], found)["wujin"].to_correct
    assert file.label == "文件 附件3.xlsx"
    assert file.form is None
    assert len(file.corrections) == 1


def test_a_form_that_was_not_accepted_is_still_owed(campaign):
    rejected = sent("progress", status="rejected")
    finding = Finding(code="form-blank", path=rejected.path, unit="wujin", form="progress")
    reminder = told(campaign, "2022-06-30", [sent("liaison"), rejected], [finding])["wujin"]
    assert [each.rejected for each in reminder.missing] == [True]
    assert reminder.to_correct


# Whom it goes to --------------------------------------------------------------------------------------------------


def liaison(address, unit="wujin", **changes):
    return sent("liaison", unit, entries={"email": Entry(address, address, "附件2!G5")}, **changes)


@pytest.mark.parametrize(
    ("submissions", "expected"),
    [
        ([liaison("own@example.com")], ("own@example.com",)),
        ([liaison("a@example.com、b@example.com")], ("a@example.com", "b@example.com")),
        ([liaison("见通讯录")], ("roster@example.com",)),
        ([liaison("own@example.com", status="superseded")], ("roster@example.com",)),
        ([liaison("other@example.com", "tianning")], ("roster@example.com",)),
        ([liaison("own@example.com\r\nBcc: x@example.com")], ("own@example.com", "x@example.com")),
        ([], ("roster@example.com",)),
    ],
)
def test_it_goes_to_the_liaison_else_to_the_address_in_the_roster(campaign, submissions, expected):
    assert told(campaign, "2022-07-10", submissions)["wujin"].recipients == expected


def test_without_an_address_it_goes_to_nobody(campaign):
    reminder = told(campaign, "2022-07-10")["tianning"]
    assert reminder.recipients == ()
    assert parsed(mail_draft(reminder, campaign, "正文\r\n", {}))["To"] is None


def parsed(data):
    return email.message_from_bytes(data, policy=policy.default)


def test_the_draft_parses_back(campaign):
    reminder = told(campaign, "2022-07-10", [liaison("own@example.com")])["wujin"]
    data = mail_draft(
        reminder, campaign, "武进区工信局：\r\n", {"附件3“活动”（退回修改第1次）.xlsx": b"PK\x00=_anquanyue"}
    )
    mail = parsed(data)
    assert mail["To"] == "own@example.com"
    assert mail["Subject"] == "【再次催报】市工信局2022年“安全生产月”活动（武进区工信局）"
    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is mail["Message-ID"] is mail["From"] is None
    assert mail.get_body().get_content() == "武进区工信局：\r\n"
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "附件3“活动”（退回修改第1次）.xlsx"
    assert attachment.get_content() == b"PK\x00=_anquanyue"
    assert data.isascii()
    assert (
        mail_draft(
            reminder, campaign, "武进区工信局：\r\n", {"附件3“活动”（退回修改第1次）.xlsx": b"PK\x00=_anquanyue"}
        )
        == data
    )


@pytest.mark.parametrize(
    "ending", ["\r\nBcc: x@example.com", "\nBcc: x@example.com", "\r\n\r\n正文", "\u2028Bcc: x", "\0"]
)
def test_no_name_can_add_a_header(campaign, ending):
    reminder = told(campaign, "2022-07-10")["wujin"]
    named = replace(reminder, unit=replace(WUJIN, name=f"武进区{ending}"))
    mail = parsed(mail_draft(named, replace(campaign, title=f"活动{ending}"), "正文", {f"表{ending}.xlsx": b"x"}))
    headers = {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
    assert set(mail.keys()) == headers
    assert mail["To"] == "roster@example.com"
    (attachment,) = mail.iter_attachments()
    assert set(attachment.keys()) <= {
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
    }
    assert mail.get_body().get_content().strip() == "正文"


def test_a_line_of_a_header_keeps_its_words():
    assert one_line(" a\r\n b\tc\x7f“活动”") == "a b c “活动”"


def test_forms_of_several_rounds_are_told_apart():
    campaign = weekly()
    paths = {f"week{number}": f"2022-06-0{number}/wujin.xlsx" for number in (1, 2)}
    submissions = [sent("progress", path=path, round=key, entries=WRONG) for key, path in paths.items()]
    found = [negative(path) for path in paths.values()]
    labels = [each.label for each in told(campaign, "2022-06-20", submissions, found)["wujin"].to_correct]
    assert [label.partition("》")[2] for label in labels] == [" 第1周", " 第2周"]
