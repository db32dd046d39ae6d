import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.loader import DEFAULT_CAMPAIGN, load_campaign, parse_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.errors import CampaignError
from anquanyue.resources import find_template
from rounds_campaign import weekly

TEXT = find_template(DEFAULT_CAMPAIGN, Path("/nowhere")).read_text(encoding="utf-8")


def line_of(words: str) -> int:
    return TEXT[: TEXT.index(words)].count("\n") + 1


def line_of_error(old: str, new: str, expected: str) -> int:
    """The line that the error with those words names when the first `old` of the shipped campaign is replaced."""
    with pytest.raises(CampaignError) as caught:
        parse_campaign(TEXT.replace(old, new, 1), "campaign.yaml")
    problem = next((each for each in str(caught.value).split("\n") if expected in each), str(caught.value))
    assert expected in problem
    return int(problem.removeprefix("campaign.yaml:").partition(":")[0])


def test_the_shipped_campaign_has_the_42_blanks_of_the_notice(campaign: Campaign) -> None:
    fields = campaign.form("progress").reported_fields
    assert len(fields) == 42
    assert [field.key for field in fields if field.type == "yes_no"] == ["film_studied"]
    assert len(campaign.slogans) == 15


def test_every_label_is_different(campaign: Campaign) -> None:
    for form in campaign.forms:
        assert len({field.label for field in form.fields}) == len(form.fields)


def test_only_the_optional_item_is_not_required(campaign: Campaign) -> None:
    optional = [field.key for field in campaign.form("progress").fields if not field.required]
    assert optional == ["other_sessions", "other_attendance", "other_audience"]


def test_a_unit_without_a_group_owes_everything(campaign: Campaign) -> None:
    assert campaign.owed_duties("") == campaign.duties
    assert [form.key for form in campaign.owed_forms("office")] == ["progress"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("version: 1", "version: one", "a whole number from 1 on, found “one”"),
        ("version: 1", "version: true", "a whole number from 1 on, found true"),
        ("version: 1", "version: -1", "a whole number from 1 on, found -1"),
        ("version: 1", "version: 0", "a whole number from 1 on, found 0"),
        ("deadline: 2022-05-30", "deadline: 30 May", "a date such as 2022-06-28"),
        ("deadline: 2022-05-30", "deadline: 2022-02-30", "a date such as 2022-06-28, found “2022-02-30”"),
        ("start: 2022-06-01", "start: 2022-13-01", "a date such as 2022-06-28, found “2022-13-01”"),
        ("start: 2022-06-01", "start:", "found nothing"),
        ("owes: [report, progress]", "owes: [reports]", "owes “reports”"),
        ("form: liaison", "form: liason", "“liason”, which is not under forms"),
        ("fields: [study_sessions,", "fields: [studies,", "no count of this form"),
        ("fields: [study_sessions,", "fields: [study_sessions, study_sessions,", "exactly 2 texts"),
        ("fields: [study_sessions, study_attendance]", "fields: [study_sessions]", "exactly 2 texts"),
        ("columns: [活动项目,", "columns: [", "exactly 3 texts"),
        (
            "type: mobile",
            "type: phone",
            "expected one of count, yes_no, choice, text, unit, telephone, mobile, digits, ",
        ),
        ("theme: ", "thema: ", "“thema” is not known here"),
        ("title: ", "1: x\ntitle: ", "expected a word, found 1"),
        ("end: 2022-06-30", "end: 2021-06-30", "ends before it starts"),
        ("threshold: 3.5", "threshold: high", "expected a number, found “high”"),
        ("threshold: 3.5", "threshold: .nan", "expected a number above 0"),
        ("least_units: 10", "least_units: 0", "a whole number from 1 on, found 0"),
        ("period: cumulative", "period: weekly", "expected one of period, cumulative, found “weekly”"),
        ("key: name, type: text,", "key: name, type: text, period: period,", "only a count or a yes_no is counted"),
        ("label: 附件2", 'label: ""', "expected a text, found nothing"),
        ("title: “安全生产月”", "title: ' ' #", "expected a text, found nothing"),
        ("name: 其他特色活动", "name: ''", "expected a text, found nothing"),
        ("label: 附件2", "label: ..", "begins with no dot"),
        ("key: anquan-2022", "key: a&unit=x", "“a&unit=x” is no key"),
        ("key: once", "key: a/b", "“a/b” is no key"),
        ("optional: true", "optional: 2022-06-01", "true or false"),
        ("key: address, type: text", "key: address, type: unit", "exactly one field must be of type “unit”"),
        ("type: mobile", "type: yes_no", "has two options"),
    ],
)
def test_an_error_names_file_and_line_and_what_was_expected(old: str, new: str, expected: str) -> None:
    assert line_of_error(old, new, expected) == line_of(old)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{study_sessions}", "{q3}", "Excel takes it for a cell"),
        ("{study_sessions}", "{print_area}", "means something else in Excel"),
        ("{study_sessions}", "{" + "a" * 201 + "}", "it has 201 characters"),
        ("{study_sessions}", "{study_session}", "is one misspelt?"),
        ("key: study_sessions,", "key: study_session,", "is one misspelt?"),
        ("{study_attendance}", "{study_sessions}", "“study_sessions” is there already"),
    ],
)
def test_an_error_of_a_blank_points_to_its_statement(old: str, new: str, expected: str) -> None:
    assert line_of_error(old, new, expected) == line_of("{study_sessions}")


def test_a_blank_doubled_in_two_statements_points_to_the_second() -> None:
    assert line_of_error("{film_screenings}", "{study_sessions}", "“study_sessions” is there already") == line_of(
        "{film_screenings}"
    )


def test_a_field_that_resembles_no_blank_is_named_at_its_own_line() -> None:
    assert line_of_error("key: study_sessions,", "key: something,", "“something” is in no statement") == line_of(
        "key: study_sessions,"
    )


@pytest.mark.parametrize("key", ["other_notes", "blanks_are_zero", "municipal_news_evidence"])
def test_a_blank_that_takes_the_name_of_another_cell_points_to_its_statement(key: str) -> None:
    assert line_of_error(
        "- 组织（{other_sessions}）",
        f"- 又 {{{key}}}\n          - 组织（{{other_sessions}}）",
        f"“{key}” is the name of another cell",
    ) == line_of("- 组织（{other_sessions}）")


def test_two_forms_cannot_share_a_label() -> None:
    assert line_of_error("label: 附件2", "label: 附件3", "“附件3” is that of another form") == line_of("label: 附件3")
    with pytest.raises(CampaignError, match="“Annex:A” is that of another form"):
        parse_campaign(TEXT.replace("label: 附件2", "label: annex/a").replace("label: 附件3", "label: Annex:A"), "c")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("{{ deadline | dya }}", "there is no filter “dya”"),
        ("{{ dedline }}", "“dedline” is not known here"),
        ("{{ deadline | day(3) }}", "“day” is given too few or too many values"),
        ("{{ 1/0 }}", "it divides by zero"),
    ],
)
def test_a_note_that_cannot_be_filled_in_is_found_when_the_campaign_is_loaded(note: str, expected: str) -> None:
    assert line_of_error("note: 注：", f"note: 注：{note}", expected) == line_of("note: 注：")


def test_an_empty_file_is_called_empty() -> None:
    for text in ("", "# nothing\n"):
        with pytest.raises(CampaignError, match=r"campaign\.yaml:1: .*the file is empty"):
            parse_campaign(text, "campaign.yaml")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("theme: ", "theme: a: ", "a colon too many"),
        ("theme: ", "theme:\t", "a tab"),
        ("theme: ", "theme: @", "a text that begins with @ must stand in quotes"),
        ("theme: ", 'theme: "', "a quotation mark is not closed"),
        ("theme: ", "theme: [", "a bracket is not closed"),
        ("theme: ", "theme: *", "must stand in quotes"),
        ("theme: ", "theme: \x01", "a character that cannot be printed"),
        ("start:", "theme: x\nstart:", "“theme” is there twice"),
    ],
)
def test_broken_yaml_is_explained(old: str, new: str, expected: str) -> None:
    assert line_of_error(old, new, expected) == line_of(old)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_is_deleted_or_inserted_the_error_is_the_users(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(TEXT)))
    inserted = data.draw(st.text("{}[]:-#&*!|>'\"%@` \n\t0aé一", max_size=4))
    deleted = data.draw(st.integers(0, 12))
    with contextlib.suppress(CampaignError):
        parse_campaign(TEXT[:at] + inserted + TEXT[at + deleted :], "campaign.yaml")


def test_broken_yaml_names_the_line() -> None:
    with pytest.raises(CampaignError, match=r"campaign.yaml:2: is no YAML"):
        parse_campaign("key: a\ntitle: {b\nc: d\n", "campaign.yaml")


def test_a_campaign_in_the_working_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text(TEXT.replace("key: anquan-2022", "key: ours", 1), encoding="utf-8")
    assert load_campaign(None, tmp_path).key == "ours"


def test_a_users_own_copy_of_the_shipped_file_overrides_it(tmp_path: Path) -> None:
    own = tmp_path / "templates" / DEFAULT_CAMPAIGN
    own.parent.mkdir(parents=True)
    own.write_text(TEXT.replace("key: anquan-2022", "key: ours", 1), encoding="utf-8")
    assert load_campaign(None, tmp_path).key == "ours"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"nowhere\.yaml"):
        load_campaign(tmp_path / "nowhere.yaml", tmp_path)


def test_a_folder_called_campaign_yaml_is_no_reason_to_take_another_campaign(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").mkdir()
    with pytest.raises(CampaignError, match="it is a folder"):
        load_campaign(None, tmp_path)


def test_a_figure_of_which_nobody_knows_how_its_rounds_add_up_is_refused_where_there_are_several() -> None:
    with pytest.raises(CampaignError, match=r"yaml:(\d+): forms\.1: .*what “study_sessions” counts") as caught:
        weekly("")
    line = int(str(caught.value).split(":")[1])
    assert "key: progress" in TEXT.splitlines()[line - 3]  # two more lines of rounds stand above
    parse_campaign(TEXT.replace("    period: cumulative\n", ""), "campaign.yaml")


def test_a_field_says_itself_what_it_counts_or_its_form_does() -> None:
    form = weekly(by_round=("study_sessions",)).form("progress")
    assert {field.key for field in form.reported_fields if field.period == "period"} == {"study_sessions"}
    assert {field.period for field in form.fields if not field.reported} == {None}
