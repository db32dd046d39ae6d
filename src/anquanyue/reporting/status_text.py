"""Who has sent what, as JSON and CSV; and the Chinese words for it."""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from anquanyue.campaign.model import Campaign, Duty, Round
from anquanyue.checking.arrival import Source
from anquanyue.checking.hierarchy import Means
from anquanyue.csv_text import csv_bytes
from anquanyue.language import translate
from anquanyue.materials import CATEGORIES, Category, Material
from anquanyue.status import Matrix, Standing, State, Tally

STATE_NAMES: Final[Mapping[State, str]] = {
    "in-time": "按时",
    "late": "逾期",
    "undated": "已收（日期不明）",
    "missing": "缺报",
    "not-due": "未到期",
    "exempt": "豁免",
    "optional": "选报（未报）",
    "not-owed": "不报",
    "not-looked-for": "未查",
}
SOURCE_NAMES: Final[Mapping[Source, str]] = {"received": "收到", "written": "填报", "file-time": "文件时间"}
MEANS_NAMES: Final[Mapping[Means, str]] = {"own": "本单位", "joint": "合报", "parent": "上级含下级"}
CATEGORY_NAMES: Final[Mapping[Category, str]] = {
    "video": "视频",
    "picture": "图片",
    "document": "文稿",
    "other": "其他",
}
HEADINGS: Final = (
    "单位编码", "单位", "类别", "任务", "期", "时限", "状态", "逾期天数", "到达日期", "依据", "报送方式", "文件",
    *CATEGORY_NAMES.values(), "未受理的表", "说明",
)  # fmt: skip
"""The columns of a line a unit and round."""


def status_json(matrix: Matrix) -> str:
    """The matrix for other programs; docs/status.md says what stands where."""
    labels = form_labels(matrix.campaign)
    data = {
        "campaign": matrix.campaign.key,
        "as_of": matrix.as_of.isoformat(),
        "columns": [_column_data(tally, labels) for tally in matrix.tallies],
        "units": [
            {
                "unit": unit.code,
                "name": unit.name,
                "group": unit.group or None,
                "cells": [_cell_data(each) for each in standings],
            }
            for unit, standings in matrix.rows()
        ],
        "unplaced": [{"path": each.path, "form": each.form, "unit": each.unit} for each in matrix.unplaced],
        "materials": _materials_data(matrix),
        "counts": dict(matrix.counts),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _column_data(tally: Tally, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "duty": tally.duty.key,
        "round": tally.round.key,
        "label": column_label(tally.duty, tally.round, labels),
        "form": tally.duty.form,
        "deadline": tally.round.deadline.isoformat(),
        "optional": tally.round.optional,
        "owing": tally.owing,
        "reported": tally.reported,
        "in_time": tally.in_time,
        "completeness": _share(tally.completeness),
        "timeliness": _share(tally.timeliness),
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _cell_data(each: Standing) -> dict[str, Any]:
    first = each.first
    return {
        "duty": each.duty.key,
        "round": each.round.key,
        "state": each.state,
        "owed": each.owed,
        "days_late": each.days_late,
        "arrived": first.day.isoformat() if first and first.day else None,
        "relies_on": first.source if first else None,
        "path": first.path if first else None,
        "means": first.means if first else None,
        "files": None if each.duty.form else dict(each.files),
        "rejected": list(each.rejected),
    }


def _materials_data(matrix: Matrix) -> dict[str, Any] | None:
    if matrix.materials is None:
        return None
    unattributed = [_material_data(each) for each in matrix.unattributed]
    attributed = len(matrix.materials) - len(unattributed)
    return {
        "found": len(matrix.materials) + matrix.left_aside,
        "attributed": attributed,
        "left_aside": matrix.left_aside,
        "unattributed": unattributed,
    }


def _material_data(each: Material) -> dict[str, Any]:
    return {
        "path": each.file.path,
        "kind": each.category,
        "unit": each.unit or None,
        "duty": each.duty or None,
        "reason": translate(each.problem, "en"),
    }


def status_csv(matrix: Matrix) -> bytes:
    """A line a unit and round, then one a file that belongs to none; in UTF-8 with the mark that Excel needs."""
    return csv_bytes([HEADINGS, *lines(matrix)])


def lines(matrix: Matrix) -> Iterator[tuple[str | int | None, ...]]:
    """What stands under `HEADINGS`, in Chinese: every unit and round, then every file that belongs to none."""
    for each in matrix.standings:
        yield _line(each, matrix.campaign)
    for path, unit, problem in leftovers(matrix):
        yield (*_without_round(unit), "未归属", None, None, None, None, path, *[None] * len(CATEGORIES), None, problem)


def leftovers(matrix: Matrix) -> Iterator[tuple[str, str, str]]:
    """The path of everything that belongs to no unit or no round, the unit if it is known, and why, in Chinese."""
    names = {unit.code: unit.name for unit, _standings in matrix.rows()}
    for submission in matrix.unplaced:
        yield submission.path, names.get(submission.unit or "", submission.unit or ""), "看不出是哪一期的表"
    for material in matrix.unattributed:
        yield material.file.path, names.get(material.unit, ""), translate(material.problem, "zh")


def _without_round(unit: str) -> tuple[str | None, ...]:
    return (None, unit or None, None, None, None, None)


def _line(each: Standing, campaign: Campaign) -> tuple[str | int | None, ...]:
    groups = {group.key: group.label for group in campaign.groups}
    first = each.first
    return (
        each.unit.code,
        each.unit.name,
        groups.get(each.unit.group),
        duty_label(each.duty, form_labels(campaign)),
        each.round.label,
        each.round.deadline.isoformat(),
        STATE_NAMES[each.state],
        each.days_late or None,
        first.day.isoformat() if first and first.day else None,
        SOURCE_NAMES[first.source] if first and first.source else None,
        MEANS_NAMES[first.means] if first and each.duty.form else None,
        first.path if first else None,
        *(each.files[category] or None for category in CATEGORIES),
        "；".join(each.rejected) or None,
        None,
    )


def form_labels(campaign: Campaign) -> Mapping[str, str]:
    """What people call each form, by its key."""
    return {form.key: form.label for form in campaign.forms}


def duty_label(duty: Duty, labels: Mapping[str, str]) -> str:
    """What people call what is owed: the form, or the duty where it asks for none."""
    return labels.get(duty.form or "", duty.label)


def column_label(duty: Duty, each: Round, labels: Mapping[str, str]) -> str:
    """What people call a round of a duty, for short."""
    label = duty_label(duty, labels)
    if len(duty.rounds) == 1:
        return label
    # 第1周（6月8日） of 每周活动资料: nobody needs more; where another form is sent in rounds, too, it is named.
    return each.label if duty.form is None else f"{label} {each.label}"


def short_label(duty: Duty, each: Round, labels: Mapping[str, str]) -> str:
    """The same for a heading that names the deadline anyway: 第1周（6月8日） is 第1周 there."""
    return column_label(duty, each, labels).removesuffix(f"（{day_words(each.deadline)}）")


def state_words(each: Standing) -> str:
    """The state in Chinese, with the days of what is late."""
    return f"逾期{each.days_late}天" if each.state == "late" else STATE_NAMES[each.state]


def day_words(day: datetime.date) -> str:
    """A day of the campaign in Chinese."""
    return f"{day.month}月{day.day}日"


def files_words(files: Mapping[Category, int]) -> str:
    """How many files there are of each kind, in Chinese."""
    return " ".join(f"{CATEGORY_NAMES[category]}{number}" for category, number in files.items() if number)
