"""The shipped campaign with 附件3 due in three rounds."""

from pathlib import Path

from anquanyue.campaign.loader import parse_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.resources import find_template

_ONCE = "      - { key: once, label: 活动总结, opens: 2022-06-01, deadline: 2022-06-28, counted_until: 2022-06-28 }"
_CUMULATIVE = "    period: cumulative\n"


def weekly(period: str = "cumulative", *, by_round: tuple[str, ...] = ()) -> Campaign:
    """Weeks 1 to 3; every figure counts `period` ("" for none), those of `by_round` their round alone."""
    text = find_template("campaigns/2022.yaml", Path("nowhere")).read_text(encoding="utf-8")
    rounds = "\n".join(
        f"      - {{ key: week{number}, label: 第{number}周, opens: 2022-06-{opens:02}, deadline: 2022-06-{due:02} }}"
        for number, opens, due in ((1, 2, 8), (2, 9, 15), (3, 16, 22))
    )
    changes = [(_ONCE, rounds), (_CUMULATIVE, f"    period: {period}\n" if period else "")]
    changes += [(f"{{ key: {key},", f"{{ key: {key}, period: period,") for key in by_round]
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse_campaign(text, "campaign.yaml")
