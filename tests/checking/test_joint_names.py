import pytest

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking.joint_names import is_joint, joint
from anquanyue.checking.roster_names import RosterNames

NAMES = RosterNames(
    Roster(
        (
            Unit(code="wujin", name="武进区工信局", aliases=("武进区",)),
            Unit(code="xinbei", name="新北区经发局", aliases=("新北区",)),
            Unit(code="tianning", name="天宁区工信局", aliases=("天宁区",)),
            Unit(code="soil", name="样例水和土、气研究所"),
            Unit(code="times", name="新时代样品公司"),
        )
    )
)


def codes(written: str) -> tuple[list[str], str | None] | None:
    found = joint(written, NAMES.certain)
    return found and ([unit.code for _name, unit in found.named], found.by[1].code if found.by else None)


@pytest.mark.parametrize(
    "written",
    [
        "武进区、新北区合报",
        "武进区和新北区（合报）",
        "武进区工信局，新北区经发局 联合填报",
        "武进区、新北区",
        "武进区与新北区、武进区工信局合报",
    ],
)
def test_joint_reports_name_their_units_in_order(written: str) -> None:
    assert codes(written) == (["wujin", "xinbei"], None)


@pytest.mark.parametrize(
    "written",
    [
        "武进区（代新北区报）",
        "武进区（代报新北区）",
        "新北区（武进区代报）",
        "新北区（由武进区代为填报）",
        "武进区代报新北区",
        "武进区代新北区上报",
    ],
)
def test_on_behalf_the_unit_is_the_one_that_is_reported_for(written: str) -> None:
    assert codes(written) == (["xinbei"], "wujin")


def test_a_name_that_holds_such_a_word_is_not_taken_apart() -> None:
    assert codes("样例水和土、气研究所和武进区合报") == (["soil", "wujin"], None)
    assert codes("新时代样品公司代报武进区") == (["wujin"], "times")
    assert codes("样例水和土、气研究所") is None


def test_one_on_behalf_of_several() -> None:
    assert codes("武进区代新北区、天宁区报") == (["xinbei", "tianning"], "wujin")


@pytest.mark.parametrize("written", ["武进区、金坛区合报", "金坛区代报武进区", "武进区（代金坛区报）"])
def test_one_unknown_name_makes_all_unknown(written: str) -> None:
    assert codes(written) is None
    assert is_joint(written)


def test_a_hostile_list_is_not_searched_for_long() -> None:
    assert codes("武进区、" * 100_000) is None
    assert codes("武进区、" * 120) is None
