import json

from anquanyue.reporting.data import summary_json
from anquanyue.summary import Summary


def test_the_json_is_as_the_design_fixes_it(summary: Summary) -> None:
    text = summary_json(summary)
    data = json.loads(text)
    assert list(data) == ["campaign", "totals", "missing", "units", "not_reported"]
    assert data["campaign"] == "anquan-2022"
    assert data["totals"]["study_sessions"] == 1234
    assert data["missing"]["study_sessions"] == 1
    assert data["units"]["wujin"]["name"] == "武进区工信局"
    assert data["units"]["wujin"]["source"] == "wujin/附件3.xlsx"
    assert data["not_reported"] == ["jintan"]
    assert text.endswith("}\n")
    assert "武进区" in text


def test_every_unit_has_all_42_figures_and_null_where_one_is_missing(summary: Summary) -> None:
    units = json.loads(summary_json(summary))["units"]
    assert {len(unit["values"]) for unit in units.values()} == {42}
    assert units["bad"]["values"]["study_sessions"] is None
    assert units["liyang"]["values"]["film_studied"] is False
    assert units["liyang"]["values"]["drill_sessions"] == 0


def test_the_json_holds_nothing_about_a_person(summary: Summary) -> None:
    text = summary_json(summary)
    assert "张无忌" not in text
    assert "051912345678" not in text
