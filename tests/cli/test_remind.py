import email
import io
from email import policy

import openpyxl
import pytest

from anquanyue.cli.remind import remind
from anquanyue.errors import TemplateError, UserError
from anquanyue.writing.package import workbook_bytes

from filling import filled_workbook, progress_values

ROSTER = (
    "code,name,email\nwj,武进区工信局,wj@example.com\ntn,天宁区工信局,tn@example.com\nxb,新北区经发局,xb@example.com\n"
)


LEVELS = ("municipal", "provincial", "national")


@pytest.fixture(scope="module")
def forms(campaign, progress, liaison):
    """武进 sent 附件2 and a faulty 附件3, 天宁 sent both and both are fine, 新北 sent nothing."""
    sent = {}
    contact = {"name": "甲样例", "mobile": "13800000000", "email": "liaison@example.com"}
    for unit, start, faults in (("武进区工信局", 100, {"drill_sessions": "若干"}), ("天宁区工信局", 1, {})):
        figures = progress_values(progress, unit, start) | faults
        figures |= {f"{level}_news_evidence": f"https://{start}.example.com/{level}" for level in LEVELS}
        for form, values in ((liaison, contact | {"organization": unit}), (progress, figures)):
            path = f"submissions/2022-05-20/{unit}/{form.label}.xlsx"
            sent[path] = workbook_bytes(filled_workbook(campaign, form, values))
    return sent


@pytest.fixture
def working_folder(tmp_path, monkeypatch, forms):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text(ROSTER, encoding="utf-8")
    for name, data in forms.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def make(folder, **options):
    given = {
        "as_of": "2022-07-10", "ahead": "7", "second_after": "7", "materials": None,
        "campaign": None, "units": None, "force": False, "quiet": True,
    }  # fmt: skip
    return remind(folder / "submissions", folder / "out", **given | options)


def files(folder):
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def text(folder, name):
    data = files(folder)[name]
    assert data.startswith("\ufeff".encode())
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode("utf-8-sig")


def test_every_unit_with_something_to_say_gets_a_text_and_a_draft(working_folder):
    assert make(working_folder) == 0
    assert set(files(working_folder)) == {
        "wj-武进区工信局.txt", "wj-武进区工信局.eml", "xb-新北区经发局.txt", "xb-新北区经发局.eml", "群通知.txt",
    }  # fmt: skip
    corrected = text(working_folder, "wj-武进区工信局.txt")
    for words in ("再次提请更正", "武进区工信局：", "“应急演练”", "若干", "附件3!", "5月20日收到", "2022年7月10日"):
        assert words in corrected
    owed = text(working_folder, "xb-新北区经发局.txt")
    for words in ("再次催报", "附件3《“安全生产月”活动进展情况统计表》：应于6月28日前报送，已逾期12天"):
        assert words in owed


def test_no_message_holds_another_unit(working_folder):
    make(working_folder)
    for name, data in files(working_folder).items():
        if name.endswith(".txt") and name != "群通知.txt":
            others = {"武进", "天宁", "新北"} - {name[3:5]}
            assert not any(other in data.decode() for other in others)
    group = text(working_folder, "群通知.txt")
    assert "新北区经发局" in group
    assert "武进" not in group  # has nothing overdue, only something to correct
    assert "example.com" not in group


def test_the_draft_goes_to_the_liaison_with_the_returned_form(working_folder, progress):
    make(working_folder)
    mail = email.message_from_bytes(files(working_folder)["wj-武进区工信局.eml"], policy=policy.default)
    assert mail["To"] == "liaison@example.com"
    assert mail.get_body().get_content() == text(working_folder, "wj-武进区工信局.txt")
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == f"附件3{progress.title}（武进区工信局）（退回修改第1次）.xlsx"
    workbook = openpyxl.load_workbook(io.BytesIO(attachment.get_content()))
    sheet, cell = next(iter(workbook.defined_names["drill_sessions"].destinations))
    assert "若干" in str(workbook[sheet][cell.replace("$", "")].value)
    owing = email.message_from_bytes(files(working_folder)["xb-新北区经发局.eml"], policy=policy.default)
    assert owing["To"] == "xb@example.com"
    assert list(owing.iter_attachments()) == []


def test_before_the_deadline_it_is_a_nudge_and_the_group_is_told_nothing(working_folder):
    make(working_folder, as_of="2022-05-29")
    assert "温馨提醒" in text(working_folder, "xb-新北区经发局.txt")
    assert "群通知.txt" not in files(working_folder)


def test_where_there_is_nothing_to_say_nothing_is_written(working_folder, capsys):
    (working_folder / "units.csv").write_text("code,name\ntn,天宁区工信局\n", encoding="utf-8")
    assert make(working_folder, quiet=False) == 0
    assert not (working_folder / "out").exists()
    assert "nothing to remind" in capsys.readouterr().err


def test_the_same_again_is_the_same_to_the_byte(working_folder):
    make(working_folder)
    first = files(working_folder)
    make(working_folder, force=True)
    assert files(working_folder) == first


def test_nothing_is_written_over_what_is_there(working_folder):
    (working_folder / "out").mkdir()
    (working_folder / "out" / "xb-新北区经发局.eml").write_bytes(b"mine")
    with pytest.raises(UserError, match="--force"):
        make(working_folder)
    assert files(working_folder) == {"xb-新北区经发局.eml": b"mine"}
    make(working_folder, force=True)
    assert files(working_folder)["xb-新北区经发局.eml"] != b"mine"


def test_what_an_earlier_run_left_is_pointed_at(working_folder, capsys):
    (working_folder / "out").mkdir()
    (working_folder / "out" / "tn-天宁区工信局.eml").write_bytes(b"old")
    make(working_folder, quiet=False)
    assert "tn-天宁区工信局.eml" in capsys.readouterr().err


def test_the_users_own_template_comes_first(working_folder):
    folder = working_folder / "templates"
    folder.mkdir()
    own = "{{ unit.name }}|{{ title }}|{{ missing | length }}|{{ campaign.contact.phone }}"
    (folder / "reminder.txt.j2").write_text(own, encoding="utf-8")
    (folder / "reminder_group.txt.j2").write_text("{{ names | join('+') }}", encoding="utf-8")
    make(working_folder)
    assert text(working_folder, "xb-新北区经发局.txt") == "新北区经发局|再次催报|2|〔电话〕\r\n"
    assert text(working_folder, "群通知.txt") == "新北区经发局\r\n"


@pytest.mark.parametrize("wrong", ["{{ nothing }}", "{{ unit.__class__ }}"])
def test_a_template_that_is_wrong_stops_it_before_anything_is_written(working_folder, wrong):
    folder = working_folder / "templates"
    folder.mkdir()
    (folder / "reminder.txt.j2").write_text(wrong, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"reminder\.txt\.j2"):
        make(working_folder)
    assert not (working_folder / "out").exists()


def test_without_a_list_of_units_nobody_can_be_reminded(working_folder):
    (working_folder / "units.csv").unlink()
    with pytest.raises(UserError, match=r"units\.csv"):
        make(working_folder)


@pytest.mark.parametrize(
    "options", [{"as_of": "7月10日"}, {"ahead": "x"}, {"ahead": "-1"}, {"second_after": "1" * 9}, {"second_after": "²"}]
)
def test_a_day_or_number_that_is_none_is_refused(working_folder, options):
    with pytest.raises(UserError):
        make(working_folder, **options)


def test_messages_do_not_go_among_the_submissions(working_folder):
    with pytest.raises(UserError):
        remind(
            working_folder / "submissions", working_folder / "submissions" / "out",
            as_of=None, ahead="7", second_after="7", materials=None, campaign=None, units=None, force=True, quiet=True,
        )  # fmt: skip


def test_missing_material_is_told_where_there_is_a_folder_of_it(working_folder):
    (working_folder / "materials").mkdir()
    make(working_folder, as_of="2022-06-16")
    assert "每周活动资料 第2周（6月15日）：应于6月15日前报送，已逾期1天" in text(working_folder, "tn-天宁区工信局.txt")


def test_an_exempt_unit_is_left_alone(working_folder):
    heads = "类型,单位,表,理由,认定人,日期\n"
    lines = "".join(f"豁免,xb,{duty},已撤并,李样例,2022-6-1\n" for duty in ("附件2", "附件3"))
    (working_folder / "decisions.csv").write_text(heads + lines, encoding="utf-8")
    make(working_folder)
    assert "xb-新北区经发局.txt" not in files(working_folder)
    assert "群通知.txt" not in files(working_folder)
