"""Names of units made comparable: what two spellings of one name share, and what tells two names apart."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anquanyue.reading.folding import narrow

# Behind the name or in its brackets: （盖章）, （公章）, （加盖单位公章处）.
_SEAL: Final = re.compile(
    r"[(\[【〔][^()\[\]【】〔〕]{0,10}章\s*处?\s*[)\]】〕]|(?:加\s*)?盖\s*(?:公\s*)?章[\s\W]*$|公\s*章[\s\W]*$"
)
_LABEL: Final = re.compile(r"^\s*(?:填报|填表|上报|报送)?\s*单\s*位(?:名称)?\s*:")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_NUMERALS: Final = "0123456789〇零一二两三四五六七八九十百千"
_ONE_WAY: Final = str.maketrans("〇零一二两三四五六七八九ⅰⅱⅲⅳⅴⅵⅶⅷⅸ", "001223456789123456789")

_ABBREVIATIONS: Final = (
    ("工业和信息化", "工信"),
    ("经济发展", "经发"),
    ("发展和改革", "发改"),
    ("应急管理", "应急"),
    ("市场监督管理", "市场监管"),
    ("住房和城乡建设", "住建"),
    ("经济开发区", "经开区"),
    ("高新技术产业开发区", "高新区"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("有限责任公司", "有限公司"),
)
"""General knowledge of how offices are called for short; none of it holds a numeral or a place."""

_PROVINCES: Final = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    "内蒙古|广西|西藏|宁夏|新疆"
)
_PROVINCE: Final = re.compile(rf"(?P<name>{_PROVINCES})?(?:省|\S{{0,3}}自治区)?(?=.{{3}})")
_NO_CITY: Final = "(?![场政民容])"  # 市场, 市政, 市民, 市容 are no cities.
_ENDING: Final = re.compile(r"(?<=..)(?:(?:集团)?(?:股份)?有限公司|集团公司|公司|集团|管委会|局|委|区|县|市)$")
_KIND: Final = re.compile(rf"^(.{{2,5}}?)(区|县|市{_NO_CITY})(?=..)")
_PLACE: Final = re.compile(
    rf"(?:^|(?<=[省市区县镇乡]))(.{{1,7}}?)(省|自治区|自治州|开发区|高新区|经开区|园区|社区|街道|区|县|旗|镇|乡|村|市{_NO_CITY})"
)
_WORK: Final = re.compile(
    "工信|经发|发改|应急|教育|体育|住建|交通|卫健|卫生|财政|公安|民政|水利|农业|商务|文旅|文化|旅游|市场监管|城管|环保|环境|"
    "资源|司法|人社|科技|统计|审计|税务|消防|安监|信访|妇联|工会|医院|学校|学院|中学|小学"
)
# A numeral, a letter, a direction or what makes a part of a whole: one more, one less or another one is another unit.
_MARK: Final = re.compile(r"[0-9a-z.]+|[ⅹ-ⅿ①-⑳十百千甲乙丙丁戊己庚辛壬癸东南西北中分支总附子]")
SIZES: Final = "新老旧大小上下左右前后内外"
"""One of these for another is another unit, but each may be a slip of the pen for something else."""


def shown_name(text: str) -> str:
    """The name as it was written, on one line and without 填报单位 in front or 盖章 behind it."""
    # Ten thousand names are looked at, and hardly one holds what a pattern takes long to look for.
    if "章" in text:
        text = _without(_SEAL, text)
    if "位" in text:
        text = _without(_LABEL, text)
    return " ".join(text.split())


def _without(pattern: re.Pattern[str], text: str) -> str:
    # Found in the narrow text, cut out of the original one: the two are of the same length.
    for match in reversed(list(pattern.finditer(narrow(text)))):
        text = text[: match.start()] + text[match.end() :]
    return text


@lru_cache(maxsize=32_768)
def normal_name(text: str) -> str:
    """What all harmless spellings of a name share: width, case, spaces, brackets, punctuation and 盖章 do not matter.

    Between two numerals punctuation counts, so that 1、2分厂 is not 12分厂.
    """
    squeezed = "".join(narrow(shown_name(text)).casefold().split())
    return squeezed if squeezed.isalnum() else _BETWEEN_WORDS.sub(_between, squeezed)


def _between(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "." if before and after and before in _NUMERALS and after in _NUMERALS else ""


def is_numeral(character: str) -> bool:
    """Whether it is a digit, Chinese ones included."""
    return character != "" and character in _NUMERALS


@dataclass(frozen=True, slots=True)
class Reduced:
    """A name without what people leave out: the region in front of it, and 区, 局 or 有限公司.

    Attributes:
        core: What is left, with offices called for short.
        province, city: The region that was in front, without 省 and 市; the home city for a mere 市.
        kind: Whether a 区, 县 or 市 was taken out of the place that the core begins with.
        ending: What was taken from the end.
    """

    core: str
    province: str = ""
    city: str = ""
    kind: str = ""
    ending: str = ""

    def fits(self, other: "Reduced", *, province_matters: bool = True) -> bool:
        """Whether the two may be one name, because nothing that was set aside contradicts.

        Everybody is in the home city, so that it may be left out; a mere province tells more, if it matters.
        """
        levels = ["市" if each.city else "省" if each.province else "" for each in (self, other)]
        return (
            self.core == other.core
            and _agree(self.province, other.province)
            and _agree(self.city, other.city)
            # 省人民医院 is not 市人民医院; where a district follows, its superior may be named or not.
            and (
                bool(self.kind and other.kind)
                or levels in (["市", ""], ["", "市"])
                or levels[0] == levels[1]
                or (not province_matters and _agree(*levels))
            )
            and _agree(self.kind, other.kind)
            and (_shortens(self.ending, other.ending) or _shortens(other.ending, self.ending))
        )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _shortens(short: str, long: str) -> bool:
    if short == "公司":
        return long.endswith(short)
    return short in ("", long) or (short == "集团" and long.startswith(short))


def home_city(organizer: str) -> str:
    """The city of the office that organizes the campaign, without 市; "" where its name does not tell."""
    match = re.match(rf"(?:(?:{_PROVINCES})省?)?(.{{2,4}}?)市", normal_name(organizer))
    return match[1] if match else ""


def reduced(name: str, home: str = "") -> Reduced:
    """The name without what people leave out; `home` is the city in which everybody is."""
    text = shortened(normal_name(name))
    match = _PROVINCE.match(text)
    province = (match["name"] or match[0]) if match else ""
    text = text[match.end() :] if match else text
    known = (
        rf"{home}市{_NO_CITY}|{home}" if home else rf"(?P<other>.{{2,3}})市(?=.{{1,4}}[区县镇]|.{{2,3}}市{_NO_CITY})"
    )
    match = re.match(rf"(?:{known}|市{_NO_CITY})(?=..)", text)
    city = (match.groupdict().get("other") or home or "市") if match else ""
    text = text[match.end() :] if match else text
    match = _ENDING.search(text)
    ending = match[0] if match else ""
    text = text[: match.start()] if match else text
    match = _KIND.match(text)
    kind = match[2] if match else ""
    return Reduced(_KIND.sub(r"\1", text), province, city, kind, ending)


def shortened(normal: str) -> str:
    """A normal name with offices called for short."""
    for long, short in _ABBREVIATIONS:
        normal = normal.replace(long, short)
    return normal


def comparable(name: str, home: str = "") -> str:
    """The normal name with each numeral written one way and without the home city, to compare letter by letter."""
    normal = normal_name(name).translate(_ONE_WAY)
    return re.sub(rf"^{home}市?{_NO_CITY}(?=..)", "", normal) if home else normal


def marks(text: str) -> tuple[str, ...]:
    """What must be the same in two names of one unit: of a comparable name the numerals, letters and directions."""
    return tuple(_MARK.findall(text))


def contradict(one: str, other: str) -> bool:
    """Whether two comparable names cannot mean one unit, however alike they are: a mark, a place or a task differs."""
    works = [set(_WORK.findall(shortened(each))) for each in (one, other)]
    if marks(one) != marks(other) or (all(works) and works[0] != works[1]):
        return True
    places = [places_of(each) for each in (one, other)]
    return any(
        stem not in text or places[1 - index].get(stem, kind) != kind
        for index, text in enumerate((other, one))
        for stem, kind in places[index].items()
    )


def places_of(text: str) -> dict[str, str]:
    """The places named in front, each with its kind: {武进: 区}."""
    found: dict[str, str] = {}
    for match in _PLACE.finditer(text):
        found[match[1]] = match[2]
    return found
