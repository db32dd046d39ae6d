"""The report in sentences, built from the statements of the form and their totals: what a colleague would write."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anquanyue.campaign.model import Field, Form, Item, Roster
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.findings import SEVERITIES
from anquanyue.reading.folding import narrow
from anquanyue.reporting.finding_words import SEVERITY_NAMES, STATUS_NAMES
from anquanyue.summary import Summary

_TEN_THOUSAND: Final = 10_000
_HUNDRED_MILLION: Final = 100_000_000

_LEADING_UNITS: Final = 3
_LEAST_TO_LEAD: Final = 4
"""Of fewer units that did something none stands out."""

_LEADING_FIELDS: Final = 2
"""How many figures of an item the units that stand out are named for."""

_MOST_NAMES: Final = 20
_MOST_FIELDS: Final = 12
"""A longer list is cut, and the workbook has it whole."""

_MOST_EXAMPLES: Final = 3
_LONGEST_EXAMPLE: Final = 12
_LEAST_SHARED: Final = 2
"""Of a single unit no share is said."""

_BRACKETS: Final = re.compile(r"[（()）]")
_BARE_VERB: Final = 2
"""Words in front of a blank that are no longer do not say what took place: 组织102场."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An item in sentences.

    Attributes:
        name: Of the item.
        sentences: How many of the units did it, then what was done; empty where nothing was.
        leading: Which units stand out; "" where none does.
    """

    name: str
    sentences: tuple[str, ...]
    leading: str


def number_words(number: int) -> str:
    """A count as a report says it: 9,999 as 9999, 12,000 as 1.2万, 12,345 as 1.2万余 (never more than there is)."""
    words, rest = _shortened(number)
    return f"{words}余" if rest else words


def _shortened(number: int) -> tuple[str, int]:
    """A count with one decimal at most, and how much is left out."""
    for size, word in ((_HUNDRED_MILLION, "亿"), (_TEN_THOUSAND, "万")):
        if number >= size:
            tenths, rest = divmod(number, size // 10)
            whole, tenth = divmod(tenths, 10)
            return f"{whole}{f'.{tenth}' if tenth else ''}{word}", rest
    return str(number), 0


def share(part: int, whole: int) -> str:
    """A part in per cent, with one decimal at most; 100% only of all, 0% only of none."""
    thousandths = (part * 2000 + whole) // (whole * 2)
    if 0 < part < whole:
        thousandths = min(max(thousandths, 1), 999)
    ones, tenth = divmod(thousandths, 10)
    return f"{ones}{f'.{tenth}' if tenth else ''}%"


def activities(summary: Summary) -> list[Activity]:
    """Each item of which anything was done."""
    written = [_activity(item, summary) for item in summary.form.items]
    return [each for each in written if each.sentences]


def nothing_reported(summary: Summary) -> list[str]:
    """The names of what no unit did, though units reported on it."""
    heads = [field for item in summary.form.items for field in _heads(item, summary.form)]
    reported = len(summary.units)
    return [each.label for each in heads if not summary.totals[each.key] and summary.missing[each.key] < reported]


def _activity(item: Item, summary: Summary) -> Activity:
    sentences = [text for statement in item.statements if (text := _sentence(statement, summary))]
    led = [text for field in _heads(item, summary.form) if (text := _leading(field, summary))][:_LEADING_FIELDS]
    if sentences and (shared := _shared(summary.active_items[item.key], len(summary.units))):
        sentences.insert(0, shared)
    return Activity(item.name, tuple(sentences), f"其中，{'；'.join(led)}。" if led else "")


def _shared(active: int, reported: int) -> str:
    """How many of the units did anything of an item."""
    if reported < _LEAST_SHARED:
        return ""
    if active == reported:
        return f"已报送的{reported}个单位均开展了该项活动。"
    return f"{active}个单位开展了该项活动，占已报送单位的{share(active, reported)}。"


def _groups(statement: Statement) -> list[list[tuple[Blank, str]]]:
    """The blanks by clause, with the words in front of each.

    The first of a clause says what took place, the others who took part.
    """
    groups: list[list[tuple[Blank, str]]] = []
    for blank, before in zip(statement.blanks, statement.literals, strict=False):
        # What is counted in brackets, as 其中线上（…）期, has its words behind the bracket.
        words = blank.words or _BRACKETS.split(before.rstrip("（( "))[-1].strip(" ，；。,;：:")
        if groups and blank.label != blank.words:
            groups[-1].append((blank, words))
        else:
            groups.append([(blank, words)])
    return groups


def _heads(item: Item, form: Form) -> list[Field]:
    """The counts that say what took place, one of each clause."""
    heads = [form.field(group[0][0].key) for statement in item.statements for group in _groups(statement)]
    return [field for field in heads if field.type == "count"]


def _sentence(statement: Statement, summary: Summary) -> str:
    """The statement with its totals; what is 0 or unknown is left out, and "" where nothing is left."""
    clauses = [text for group in _groups(statement) if (text := _clause(group, summary))]
    return f"{'；'.join(clauses)}。" if clauses else ""


def _clause(group: Sequence[tuple[Blank, str]], summary: Summary) -> str:
    head = summary.form.field(group[0][0].key)
    parts = []
    for blank, own in group:
        field = summary.form.field(blank.key)
        if not (field.reported and summary.totals[field.key]):
            continue
        if field.type == "yes_no":
            parts.append(_ticked(own, field, summary))
        else:
            # Alone, 参与30人次 would not say in what.
            words = own if own and (field is head or parts) else field.label
            if field is head and len(words) <= _BARE_VERB and words not in field.label:
                words += field.label
            parts.append(f"{words}{_amount(field, blank.unit, summary)}")
    return "，".join(parts)


def _ticked(words: str, field: Field, summary: Summary) -> str:
    number, reported = summary.totals[field.key], len(summary.units)
    return f"已报送的{number}个单位均{words}" if number == reported > 1 else f"{number}个单位{words}"


def _amount(field: Field, unit: str, summary: Summary) -> str:
    """A total with what is counted."""
    total = summary.totals[field.key]
    words = f"约{_shortened(total)[0]}" if summary.approximate[field.key] else number_words(total)
    return f"{words}{_counted(unit)}"


def _counted(unit: str) -> str:
    """What is counted, without what stands in brackets behind it; of 条/份 the first."""
    return _BRACKETS.split(unit)[0].split("/")[0].strip()


def _leading(field: Field, summary: Summary) -> str:
    if summary.active[field.key] < _LEAST_TO_LEAD:
        return ""
    leading = summary.leading(field, _LEADING_UNITS + 1)
    # Where the next one has as much, those before it do not stand out.
    if len(leading) <= _LEADING_UNITS or leading[-1][1] == leading[-2][1]:
        return ""
    named = (f"{summary.names[code]}（{number_words(value)}{_counted(field.unit)}）" for code, value in leading[:-1])
    return f"{field.label}较多的有{'、'.join(named)}"


def overall(summary: Summary) -> Iterator[str]:
    """总体情况: who took part, the first figures of each item, what is new since the round before."""
    campaign = summary.campaign
    owing, reported = summary.reporting[summary.form.key]
    theme = f"，主题为“{' '.join(campaign.theme.split())}”" if campaign.theme.strip() else ""
    yield f"{campaign.title}于{_days(campaign.start, campaign.end)}开展{theme}。{_reported(summary)}"
    firsts = [heads[0] for item in summary.form.items if (heads := _heads(item, summary.form))]
    done = [f"{field.label}{_amount(field, field.unit, summary)}" for field in firsts if summary.totals[field.key]]
    if done:
        yield f"据各单位报送的数据汇总，{'，'.join(done)}。"
    if earlier := summary.earlier:
        grown = {field: summary.totals[field.key] - earlier.totals[field.key] for field in firsts}
        news = [
            f"{field.label}增加{number_words(more)}{_counted(field.unit)}" for field, more in grown.items() if more > 0
        ]
        if news:
            yield f"与{earlier.round.label}相比，{'，'.join(news)}。"
    if owing and reported < owing:
        yield "以下数据不含尚未报送的单位。"


def _days(first: datetime.date, last: datetime.date) -> str:
    """2022年6月1日至30日; what both dates share is said once."""
    words = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return words
    month = f"{last.month}月" if (first.year, first.month) != (last.year, last.month) else ""
    year = f"{last.year}年" if first.year != last.year else ""
    return f"{words}至{year}{month}{last.day}日"


def _reported(summary: Summary) -> str:
    owing, reported = summary.reporting[summary.form.key]
    if summary.roster is None:
        return f"共有{reported}个单位报送了{summary.form.label}。"
    rate = f"，报送率{share(reported, owing)}" if owing else ""
    return f"应报送{summary.form.label}的单位{owing}个，已报送{reported}个{rate}。{_beside(summary, summary.roster)}"


def _beside(summary: Summary, roster: Roster) -> str:
    """Why other sentences count more or fewer units than reported; "" where they do not."""
    exempt, received = summary.exempt[summary.form.key], summary.received[summary.form.key]
    groups = summary.campaign.groups_owing(summary.form)
    owing = {unit.code for unit in roster.units if unit.group in groups and unit.code not in exempt}
    counted = set(summary.units)
    within, others = len((owing & received.keys()) - counted), len(counted - owing)
    parts = [f"其中{within}个单位的数据合并在其他单位的报表中"] if within else []
    parts += [f"另有{others}个名单以外或不在应报范围的单位"] if others else []
    return f"{'，'.join(parts)}，以下按{len(counted)}个单位统计。" if parts else ""


def reporting(summary: Summary) -> Iterator[str]:
    """报送情况: by form who reported, who was late, who is missing, who need not."""
    for form in summary.campaign.forms:
        owing, reported = summary.reporting[form.key]
        if summary.roster is None:
            yield f"{form.label}《{form.title}》：{reported}个单位已报送（没有单位名单，无法判断哪些单位未报送）。"
            continue
        late = [each.unit for each in summary.findings if each.code == "late" and each.form == form.key and each.unit]
        groups = summary.campaign.groups_owing(form)
        owed = [unit.code for unit in summary.roster.units if unit.group in groups]
        absent = [
            code for code in owed if code not in summary.received[form.key] and code not in summary.exempt[form.key]
        ]
        if not owing:
            sent = len(summary.received[form.key])
            yield f"{form.label}《{form.title}》：没有应报送的单位{f'，有{sent}个单位报送' if sent else ''}。"
            continue
        if not reported:
            listed = f"：{names(summary, absent)}" if len(absent) <= _MOST_NAMES else ""
            yield f"{form.label}《{form.title}》：应报{owing}个单位，均未报送{listed}。"
            continue
        parts = [f"应报{owing}个单位，" + (f"已报{reported}个" if reported < owing else "均已报送")]
        for word, codes in (("逾期", late), ("未报", absent), ("经认定免报", [*summary.exempt[form.key]])):
            if codes:
                parts.append(f"{word}{len(set(codes))}个：{names(summary, codes)}")
        yield f"{form.label}《{form.title}》：{'；'.join(parts)}。"


def names(summary: Summary, codes: Sequence[str]) -> str:
    """The units' names in the order of the roster, of very many the first."""
    places = {code: place for place, code in enumerate(summary.names)}
    ordered = sorted(set(codes), key=lambda code: (places.get(code, len(places)), code))
    shown = "、".join(summary.name(code) for code in ordered[:_MOST_NAMES])
    return f"{shown}等{len(ordered)}个单位" if len(ordered) > _MOST_NAMES else shown


def about_data(summary: Summary) -> Iterator[str]:
    """数据说明: what the totals lack and hold, what was decided, how many findings are open."""
    files = summary.files
    counted = "、".join(f"{STATUS_NAMES[status]}{number}份" for status, number in files.items() if number)
    if counted:
        yield f"共收到文件{sum(files.values())}份，其中{counted}。"
    if lacking := _numbered(summary, summary.missing):
        yield f"缺报或无法识别的数据不计入合计，也不按0计：{lacking}。"
    if about := _numbered(summary, summary.approximate):
        yield f"以“约”标明的合计中含单位填报的约数：{about}。"
    if converted := _converted(summary):
        short = [text for text in dict.fromkeys(converted) if len(text) <= _LONGEST_EXAMPLE][:_MOST_EXAMPLES]
        examples = f"（如{'、'.join(f'“{text}”' for text in short)}）" if short else ""
        yield f"单位填报的数据中有{len(converted)}个不是直接填写的数字{examples}，已换算后计入。"
    if decided := _numbered(summary, summary.decided):
        yield f"经人工认定的数据：{decided}。"
    found = [
        f"{SEVERITY_NAMES[severity]}{number}处"
        for severity in SEVERITIES[:2]
        if (number := sum(each.severity == severity for each in summary.findings))
    ]
    if found:
        yield f"核对发现{'、'.join(found)}，列入汇总工作簿的“问题清单”；有疑问的数值未用于点名。"
    if none := nothing_reported(summary):
        yield f"各单位均未报告开展的有：{_cut(none)}。"


def _converted(summary: Summary) -> list[str]:
    """The counts that units typed in other digits than those of the number that they mean: 1.02万, 十二."""
    counts = [field.key for field in summary.form.reported_fields if field.type == "count"]
    found = []
    for submission in summary.submissions:
        if submission.form != summary.form.key or submission.status != "accepted":
            continue
        for key in counts:
            entry = submission.entries.get(key)
            # Of 无, which is 0, nothing was converted, and a tick is no number.
            if entry is None or not entry.value or type(entry.value) is not int or entry.decided:
                continue
            value = str(entry.value)
            if entry.text != value and "".join(filter(str.isdecimal, narrow(entry.text))) != value:
                found.append(" ".join(entry.text.split()))
    return found


def _numbered(summary: Summary, numbers: Mapping[str, int]) -> str:
    fields = [field for field in summary.form.reported_fields if numbers[field.key]]
    fields.sort(key=lambda field: -numbers[field.key])
    return _cut([f"{field.label}（{numbers[field.key]}个单位）" for field in fields])


def _cut(words: Sequence[str]) -> str:
    shown = "、".join(words[:_MOST_FIELDS])
    return f"{shown}等{len(words)}项" if len(words) > _MOST_FIELDS else shown
