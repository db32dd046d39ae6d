from pathlib import Path

import pytest

from anquanyue.campaign.loader import DEFAULT_CAMPAIGN, load_campaign, parse_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.errors import CampaignError
from anquanyue.resources import find_template

TEXT = find_template(DEFAULT_CAMPAIGN, Path("/nowhere")).read_text(encoding="utf-8")


def line_of(words: str) -> int:
    return TEXT[: TEXT.index(words)].count("\n") + 1


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
        ("version: 1", "version: one", "a whole number, found 'one'"),
        ("deadline: 2022-05-30", "deadline: 30 May", "a date such as 2022-06-28"),
        ("{study_sessions}", "{q3}", "Excel takes it for a cell"),
        ("owes: [report, progress]", "owes: [reports]", "owes “reports”"),
        ("form: liaison", "form: liason", "“liason”, which is not under forms"),
        ("key: study_sessions,", "key: study_session,", "is in no statement"),
        ("fields: [study_sessions,", "fields: [studies,", "no count of this form"),
        ("type: mobile", "type: phone", "expected one of"),
        ("theme: ", "thema: ", "“thema” is not known here"),
        ("start: 2022-06-01", "start: 2023-06-01", "ends before it starts"),
    ],
)
def test_an_error_names_file_and_line_and_what_was_expected(old: str, new: str, expected: str) -> None:
    with pytest.raises(CampaignError) as caught:
        parse_campaign(TEXT.replace(old, new, 1), "campaign.yaml")
    assert expected in str(caught.value)
    line = 1 if old.startswith("start") else line_of(old)
    assert f"campaign.yaml:{line}: " in str(caught.value)


def test_broken_yaml_names_the_line() -> None:
    with pytest.raises(CampaignError, match=r"campaign.yaml:3: is no YAML"):
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
