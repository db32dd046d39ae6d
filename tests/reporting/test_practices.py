import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.practices import Practice, practices
from anquanyue.summary import Summary, summarize


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def sent(unit: str, notes: Mapping[str, str], texts: Mapping[str, str] | None = None) -> Submission:
    entries = {key: Entry(text, text, "附件3!H6") for key, text in (texts or {}).items()}
    return Submission(path=f"{unit}.xlsx", form="progress", unit=unit, notes=notes, entries=entries)


def shown(campaign: Campaign, *forms: Submission) -> list[Practice]:
    return practices(summarize(campaign, None, forms, []))[0]


def test_what_is_about_a_person_in_any_form_is_left_out(campaign: Campaign) -> None:
    text = (
        "食堂演练，联系13800000000、138 0000 0000、１３８００００００００、13800 000 000、0519-88880000、(0519)88880000"
        "或a.b@example.com，证件32040019900101000X，培训2022人次。"
    )
    (practice,) = shown(campaign, sent("甲", {"study": text}))
    assert practice.text == (
        f"食堂演练，联系{'（手机号略）、' * 4}（电话略）、（电话略）或（邮箱略），证件（证件号略），培训2022人次。"
    )


def test_whom_a_unit_named_in_its_forms_is_left_out(campaign: Campaign) -> None:
    liaison = Submission(
        path="甲2.xlsx", form="liaison", unit="甲", entries={"name": Entry("李样例", "李样例", "附件2!C3")}
    )
    form = sent("甲", {"study": "张样例、李样例带队宣讲。"}, {"contact": "张样例", "phone": "88880000"})
    assert [each.text for each in shown(campaign, form, liaison)] == ["（略）、（略）带队宣讲。"]


@pytest.mark.parametrize(
    "text", ["无", "/", " —", "同上", "（见附件）", "暂无。", "汇总3个单位；缺报：应急演练（1个单位）。"]
)
def test_what_says_nothing_is_no_practice(text: str, campaign: Campaign) -> None:
    assert shown(campaign, sent("甲", {"study": text})) == []


def test_a_long_note_is_cut_and_a_very_long_one_takes_no_time(campaign: Campaign) -> None:
    (practice,) = shown(campaign, sent("甲", {"study": "a" * 32_000}))
    assert (len(practice.text), practice.text[-1]) == (200, "…")


def test_a_units_own_name_is_not_said_twice(campaign: Campaign) -> None:
    assert [each.text for each in shown(campaign, sent("甲局", {"study": "甲局：把演练搬进食堂。"}))] == [
        "把演练搬进食堂。"
    ]


def test_of_many_each_unit_is_heard_before_any_is_heard_again(campaign: Campaign) -> None:
    items = [item.key for item in campaign.form("progress").items]
    roster = Roster(tuple(Unit(code=f"u{number:02}", name=f"单位{number:02}") for number in range(8)))
    forms = [sent(unit.code, dict.fromkeys(items, f"{unit.code}的做法")) for unit in reversed(roster.units)]
    found, more = practices(summarize(campaign, roster, forms, []))
    assert (len(found), more) == (12, 8 * len(items) - 12)
    assert list(dict.fromkeys(each.unit for each in found)) == [unit.name for unit in roster.units]


def test_a_joint_report_names_all_its_units(campaign: Campaign) -> None:
    roster = Roster((Unit(code="a", name="甲局"), Unit(code="b", name="乙局")))
    form = dataclasses.replace(sent("a", {"study": "联合演练。"}), covers=("a", "b"))
    summary: Summary = summarize(campaign, roster, [form], [])
    assert practices(summary)[0][0].unit == "甲局、乙局"
