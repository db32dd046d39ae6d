"""What the forms say themselves about what is typed into them, computed by LibreOffice."""

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from anquanyue.campaign.model import BLANKS_ARE_ZERO, LARGEST_COUNT, Campaign, Form
from anquanyue.writing.styles import DOUBTFUL, WRONG
from anquanyue.writing.workbook import form_workbook

from filling import filled_workbook

RED, ORANGE = (style.fill.bgColor.rgb for style in (WRONG, DOUBTFUL))
CHECK_COLUMN, RULE_COLUMN = 11, 40


def test_the_forms_accept_what_reading_believes(campaign: Campaign, progress: Form) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, progress)))["附件3"]
    whole = {(each.formula1, each.formula2) for each in sheet.data_validations.dataValidation if each.type == "whole"}
    assert whole == {("0", str(LARGEST_COUNT))}


def address(workbook: Workbook, key: str) -> str:
    _sheet, cell = next(iter(workbook.defined_names[key].destinations))
    return cell.replace("$", "")


def computed(folder: Path, campaign: Campaign, form: Form, values: Mapping[str, object]) -> "Computed":
    """The form with the values typed in, as LibreOffice shows it."""
    assert shutil.which("soffice"), "LibreOffice is needed"
    workbook = filled_workbook(campaign, form, values)
    sheet = workbook[form.label]
    rules: dict[str, list[tuple[str, str]]] = {}
    for ranged in sheet.conditional_formatting:
        for rule in sorted(ranged.rules, key=lambda each: each.priority):
            place = str(ranged.sqref)
            row = sheet[place].row
            column = RULE_COLUMN + sheet[place].column * 10 + len(rules.setdefault(place, []))
            cell = sheet.cell(row, column, f"={rule.formula[0]}")
            rules[place].append((cell.coordinate, rule.dxf.fill.bgColor.rgb))
    workbook.save(folder / "form.xlsx")
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", folder / "out", folder / "form.xlsx"], check=True, timeout=180)
    return Computed(openpyxl.load_workbook(folder / "out" / "form.xlsx", data_only=True), workbook, form, rules)


class Computed:
    def __init__(
        self, shown: Workbook, typed: Workbook, form: Form, rules: Mapping[str, list[tuple[str, str]]]
    ) -> None:
        self.shown, self.typed, self.form, self.rules = shown, typed, form, rules

    @property
    def sheet(self):
        return self.shown[self.form.label]

    def check(self, key: str) -> str:
        """What 核对 says about the field."""
        return self.sheet.cell(self.sheet[address(self.typed, key)].row, CHECK_COLUMN).value

    def colour(self, key: str) -> str:
        """The colour of the first rule that holds."""
        found = [colour for cell, colour in self.rules[address(self.typed, key)] if self.sheet[cell].value is True]
        return {RED: "red", ORANGE: "orange"}.get(found[0], "fine") if found else "blank"

    @property
    def printed(self) -> str:
        """All texts of the official sheet."""
        cells = (cell.value for row in self.shown["打印（正式表）"] for cell in row)
        return "\n".join(value for value in cells if isinstance(value, str))

    @property
    def progress(self) -> str:
        return next(cell.value for row in self.sheet for cell in row if str(cell.value).startswith("已填"))


@pytest.mark.slow
def test_what_is_no_figure_is_coloured_and_named_and_spoils_itself_only(
    tmp_path: Path, campaign: Campaign, progress: Form
) -> None:
    typed: dict[str, tuple[object, str, str]] = {
        "study_sessions": (-3, "red", "请填0或正整数"),
        "study_attendance": (20, "fine", "✓"),
        "lecture_leaders": (2.5, "red", "请填0或正整数"),
        "lecture_sessions": ("约3", "red", "请只填数字"),
        "lecture_attendance": (100, "fine", "✓"),
        "lecture_firms": (LARGEST_COUNT + 1, "red", "数字太大"),
        "film_studied": ("也许", "red", "请在列表中选"),
        "open_class_sessions": ("12", "orange", "请转换为数字"),
        "open_class_attendance": ("=1/0", "red", "公式出错"),
        "warning_film_sessions": ("-4", "red", "请只填数字"),
        "expert_sessions": (0, "red", "有人次无场次"),
        "expert_attendance": (5, "red", "有人次无场次"),
        "topic_participants": (5, "orange", "有人次无条数"),
        "volunteer_sessions": ("=1/0", "red", "公式出错"),
        "volunteer_attendance": (9, "fine", "✓"),
        "drill_sessions": (3, "red", "有场次无人次"),
        "media_audience": (LARGEST_COUNT, "orange", "有人次无条/份数"),
    }
    result = computed(tmp_path, campaign, progress, {key: value for key, (value, _c, _w) in typed.items()})
    assert {key: (result.colour(key), result.check(key)) for key in typed} == {
        key: (colour, words) for key, (_value, colour, words) in typed.items()
    }
    assert (result.colour("drill_attendance"), result.check("drill_attendance")) == ("red", "有场次无人次")
    assert (result.colour("pledge_signers"), result.check("pledge_signers")) == ("blank", "请填写")
    assert "学习活动（12）场，参与（#错误）人次" in result.printed
    assert "“安全志愿者在行动”（#错误）场，参与（9）人次" in result.printed
    assert "#DIV/0!" not in result.printed
    assert "填报单位（盖章）：______________　联系人：________　电话：________　填报日期：________" in result.printed
    assert (result.printed.count("盖章）"), result.printed.count("（盖章处）")) == (1, 1)
    assert result.progress == f"已填 {len(typed)}/42"


@pytest.mark.slow
def test_with_the_box_a_blank_yes_no_is_a_no_everywhere(tmp_path: Path, campaign: Campaign, progress: Form) -> None:
    typed = {BLANKS_ARE_ZERO: "是", "study_sessions": 4, "study_attendance": 40}
    result = computed(tmp_path, campaign, progress, typed)
    assert (result.check("film_studied"), result.colour("film_studied")) == ("按“否”计", "fine")
    assert (result.check("pledge_signers"), result.colour("pledge_signers")) == ("按0计", "fine")
    assert "电视专题片 □是☑否；组织集中学习观看（0）场" in result.printed
    assert result.progress == "已填 2/42，其余按0计"


@pytest.mark.slow
def test_a_choice_that_is_none_is_coloured(tmp_path: Path, campaign: Campaign, liaison: Form) -> None:
    result = computed(tmp_path, campaign, liaison, {"gender": "先生", "name": "甲样例", "fax": "=1/0"})
    assert [result.colour(key) for key in ("gender", "name", "fax", "qq")] == ["red", "fine", "red", "blank"]
