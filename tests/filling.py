"""Fill a form's workbook in by defined name, as people do by hand; and figures to fill in."""

import io
from collections.abc import Mapping

import openpyxl

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.writing.workbook import form_workbook


def figures(form: Form, start: int = 1) -> dict[str, object]:
    """A different positive figure for every count, 是 for every yes/no."""
    return {
        field.key: "是" if field.type == "yes_no" else start + index for index, field in enumerate(form.reported_fields)
    }


def progress_values(form: Form, unit: str = "武进区工信局", start: int = 1) -> dict[str, object]:
    """Everything that 附件3 asks for."""
    head = {"unit": unit, "contact": "甲样例", "phone": "0519-00000001", "date": "2022-06-27"}
    return head | figures(form, start)


def filled_workbook(
    campaign: Campaign, form: Form, values: Mapping[str, object], unit: Unit | None = None
) -> openpyxl.Workbook:
    """The blank form with the values typed into its named cells."""
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, form, unit)))
    for key, value in values.items():
        sheet, cell = next(iter(workbook.defined_names[key].destinations))
        workbook[sheet][cell.replace("$", "")] = value
    return workbook
