"""Every way in which people have been seen to write a number, as functions from the number to the cell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from anquanyue.reading.grid import Cell

_DIGITS: Final = "零一二三四五六七八九"
_FULL_WIDTH: Final = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_FINANCIAL: Final = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a number.

    Attributes:
        write: The number and the blank's unit → the cell.
        codes: The codes of the problems that reading it comes with.
        least: The smallest number that anybody writes so.
    """

    write: Callable[[int, str], Cell]
    codes: tuple[str, ...] = ()
    least: int = 0

    @property
    def approximate(self) -> bool:
        return "value-approximate" in self.codes


def spell(number: int) -> str:
    """A number up to 9999 9999 9999 in Chinese, by its sections of four digits."""
    if number == 0:
        return "零"
    spelled, pending_zero = "", False
    for section, name in ((number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")):
        if section == 0:
            pending_zero = bool(spelled)
            continue
        if spelled and (pending_zero or section < 1000):
            spelled += "零"
        spelled += _spell_section(section) + name
        pending_zero = False
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _spell_section(section: int) -> str:
    spelled, pending_zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = section // power % 10
        if digit:
            spelled += ("零" if pending_zero and spelled else "") + _DIGITS[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return spelled


def in_units_of(number: int, power: int) -> str:
    """A number as an exact decimal of a power of ten: 10200 of 10000 as 1.02."""
    whole, rest = divmod(number, power)
    return f"{whole}.{rest:0{len(str(power)) - 1}d}".rstrip("0").rstrip(".") if rest else str(whole)


_ABOUT: Final = ("value-approximate",)
_REMARK: Final = ("value-with-remark",)

STYLES: Final[dict[str, Style]] = {
    "number": Style(lambda n, _: n),
    "decimal number": Style(lambda n, _: float(n)),
    "text": Style(lambda n, _: str(n)),
    "spaced": Style(lambda n, _: f" {n}\u3000"),
    "plus": Style(lambda n, _: f"+{n}"),
    "point zero": Style(lambda n, _: f"{n}.0"),
    "full width": Style(lambda n, _: str(n).translate(_FULL_WIDTH)),
    "thousands": Style(lambda n, _: f"{n:,}"),
    "thousands and spaces": Style(lambda n, _: f"{n:,}".replace(",", ", ")),
    "full width thousands": Style(lambda n, _: f"{n:,}".translate(_FULL_WIDTH)),
    "unit": Style(lambda n, unit: f"{n}{unit}"),
    "space and unit": Style(lambda n, unit: f"{n} {unit}"),
    "full width and unit": Style(lambda n, unit: f"{n}".translate(_FULL_WIDTH) + unit),
    "sentence": Style(lambda n, unit: f"{n}{unit}。"),
    "brackets": Style(lambda n, _: f"（{n}）"),
    "brackets and unit": Style(lambda n, unit: f"（ {n} ）{unit}"),
    "square brackets": Style(lambda n, _: f"[{n}]"),
    "quoted": Style(lambda n, _: f"“{n}”"),
    "apostrophe": Style(lambda n, _: f"'{n}"),
    "underlined": Style(lambda n, unit: f"__{n}__{unit}"),
    "total": Style(lambda n, unit: f"共{n}{unit}"),
    "zero width": Style(lambda n, _: f"\u200b{n}\ufeff"),
    "Chinese": Style(lambda n, _: spell(n)),
    "Chinese and unit": Style(lambda n, unit: spell(n) + unit),
    "Chinese with 两": Style(
        lambda n, _: spell(n).replace("二百", "两百").replace("二千", "两千").replace("二万", "两万")
    ),
    "Chinese with 〇": Style(lambda n, _: spell(n).replace("零", "〇")),
    "financial": Style(lambda n, _: spell(n).translate(_FINANCIAL)),
    "万": Style(lambda n, _: f"{in_units_of(n, 10**4)}万"),
    "万 and unit": Style(lambda n, unit: f"{in_units_of(n, 10**4)}万{unit}"),
    "full width 万": Style(lambda n, _: in_units_of(n, 10**4).translate(_FULL_WIDTH) + "万"),
    "亿": Style(lambda n, _: f"{in_units_of(n, 10**8)}亿"),
    "千": Style(lambda n, _: f"{in_units_of(n, 1000)}千"),
    "百": Style(lambda n, unit: f"{in_units_of(n, 100)}百{unit}"),
    "约": Style(lambda n, _: f"约{n}", _ABOUT),
    "约 and unit": Style(lambda n, unit: f"约{n}{unit}", _ABOUT),
    "大约": Style(lambda n, unit: f"大约 {n} {unit}", _ABOUT),
    "近": Style(lambda n, unit: f"近{n}{unit}", _ABOUT),
    "将近": Style(lambda n, _: f"将近{n}", _ABOUT),
    "超过": Style(lambda n, unit: f"超过{n:,}{unit}", _ABOUT),
    "余": Style(lambda n, unit: f"{n}余{unit}", _ABOUT),
    "多": Style(lambda n, unit: f"{n}多{unit}", _ABOUT),
    "左右": Style(lambda n, unit: f"{n}{unit}左右", _ABOUT),
    "左右 without unit": Style(lambda n, _: f"{n}左右", _ABOUT),
    "上下": Style(lambda n, unit: f"{n}{unit}上下", _ABOUT),
    "以上": Style(lambda n, unit: f"{n}{unit}以上", _ABOUT),
    "约万": Style(lambda n, unit: f"约{in_units_of(n, 10**4)}万{unit}", _ABOUT),
    "万余": Style(lambda n, unit: f"{in_units_of(n, 10**4)}万余{unit}", _ABOUT),
    "Chinese 余": Style(lambda n, unit: f"{spell(n)}余{unit}", _ABOUT),
    "Chinese 约": Style(lambda n, unit: f"约{spell(n)}{unit}", _ABOUT),
    "含": Style(lambda n, unit: f"{n}{unit}（含线上{n // 2}{unit}）", _REMARK),
    "其中": Style(lambda n, _: f"{n}（其中线上{n // 2}次）", _REMARK),
    "含 behind a comma": Style(lambda n, unit: f"{n}{unit}，含线上{n // 2}{unit}", _REMARK),
    "parts": Style(lambda n, unit: f"{n}{unit}（线上{n // 2}，线下{n - n // 2}）", _REMARK),
}
"""By a name for the reports of tests. Numbers up to 10 ** 8."""

NILS: Final = (
    "无",
    "/",
    "／",
    "—",
    "－",
    "–",
    "-",
    "——",
    "\\",
    "没有",
    "未开展",
    "暂无",
    "无。",
    "（无）",
    "未开展此项工作",
)
"""What is written for nothing at all; counted as 0, and noted."""

# fmt: off
NO_NUMBERS: Final = (
    "300-400", "300~400", "300—400", "300至400", "3/5", "全员", "同上", "10²", "5+3", "１０％", "2场3次", "五?", "5?",
    "第3场", "3月5日", "5个亿", "1e3", "0x10", "三五", "十几", "数十", "若干", "一二百", "几十人", "近百", "百",
    "万余", "二百五", "一百二", "三五十", "两三百", "一一", "1万2", "2千3", "十百", "零五", "二〇二二", "1,20",
    "1,2000", "12 345", "1 200", "1 2", "0,123", "1,200, 300", "1、200", "5;6", "1.2.3", "1.000", "1.200", "1_000",
    "3:0", "9万9", "5（6）", "5（应为6）", "5（不含线上2场）", "5（线上2场）", "5（含线上20场）", "5（万）",
    "（1）2场", "（1）,200", "5(000)", "5场线上", "½", "③", "Ⅲ", "٣", "㈢", "5*", "很多人", "多场", "O", "○", "=3+5",
    "#", "300以下", "±5", "5±1", "TRUE", "是", "见附件", "无数据", "（5", "5）", "5（6）次", "？", "待定",
    "9" * 5000, "一" * 90, "(" * 90,
)
# fmt: on
"""What no careful reader takes for one number."""
