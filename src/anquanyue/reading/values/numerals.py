"""Chinese numerals, and digits mixed with them, strictly: `三五` is no number."""

import re
from typing import Final

NUMERALS: Final = "零〇一二两三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億"
"""Every character that a Chinese numeral is made of."""

_USUAL: Final = str.maketrans("〇两壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "零二一二二三三四五六六七八九十百千万亿")
_TEN_WITHOUT_ONE: Final = re.compile(r"(?<![一二三四五六七八九])十")
_DIGITS: Final = re.compile(r"[0-9]+")
_FEW_DIGITS: Final = re.compile(r"[1-9][0-9]{0,3}")


def numeral(text: str) -> int | None:
    """The number that a well-formed numeral means (`一百二十`, `两百零五`, `十二`, `1万2千`); None for all else.

    What cn2an makes of it must be written back as it stands: that refuses what it reads leniently (`三五`, `一百二`).
    """
    import cn2an  # slow to import

    runs = _DIGITS.findall(text)
    if not all(_FEW_DIGITS.fullmatch(run) for run in runs):
        return None
    usual = _DIGITS.sub(lambda run: str(cn2an.an2cn(run[0])), text).translate(_USUAL)
    usual = _TEN_WITHOUT_ONE.sub("一十", usual)
    try:
        number = cn2an.cn2an(usual, "strict")
        again = cn2an.an2cn(number)
    except ValueError:
        return None
    return int(number) if _TEN_WITHOUT_ONE.sub("一十", again) == usual else None
