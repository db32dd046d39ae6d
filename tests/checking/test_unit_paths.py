import pytest

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking.unit_paths import unit_of_path

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", aliases=("武进区",)),
        Unit(code="xinbei", name="新北区经发局", aliases=("新北区",)),
        Unit(code="hutang", name="湖塘镇", parent="wujin"),
        Unit(code="plant1", name="样例一分厂"),
        Unit(code="office", name="工信局"),
        Unit(code="7", name="样品公司"),
        Unit(code="long", name="样" * 90 + "公司"),
    )
)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("wujin-武进区工信局/a.xlsx", "wujin"),
        ("wujin/a.xlsx", "wujin"),
        ("WUJIN.xlsx", "wujin"),
        ("附件3“安全生产月”活动进展情况统计表（武进区工信局）.xlsx", "wujin"),
        ("武进区/新建文件夹/副本(3)最终版.xls", "wujin"),
        ("武进区/新北区.xlsx", "xinbei"),
        ("武进区/武进区湖塘镇附件3.xlsx", "hutang"),
        ("20220628武进区安全生产月.xlsx", "wujin"),
        ("江苏省常州市武进区2022年报表.xlsx", "wujin"),
        ("收到.zip/武进区/附件3.xlsx", "wujin"),
        ("附件3.xlsx#新北区", "xinbei"),
        ("附件3样例一分厂.xlsx", "plant1"),
        ("0628 样例一分厂.xlsx", "plant1"),
        ("附件3（样例一分厂）.xlsx", "plant1"),
        ("样例十一分厂.xlsx", None),
        ("武进区、新北区合报.xlsx", None),
        ("新北区/武进区、新北区合报.xlsx", None),
        ("武进区教育局/a.xlsx", None),
        ("武进区工信局.新北区经发局/a.xlsx", None),
        ("武进区工信局.武进区教育局/a.xlsx", None),
        ("武进区工信局.et", "wujin"),
        ("新北区/武进区教育局.xlsx", None),
        ("武进区样品厂.xlsx", None),
        ("溧阳市工信局.xlsx", None),
        ("7/a.xlsx", None),
        ("7-样品公司/a.xlsx", "7"),
        ("long-" + "样" * 75 + "/a.xlsx", "long"),
        ("附件3.xlsx", None),
        ("武.xlsx", None),
        ("", None),
    ],
)
def test_the_nearest_part_that_names_one_unit_tells(path: str, code: str | None) -> None:
    found = unit_of_path(path, ROSTER)
    assert (found and found.code) == code
