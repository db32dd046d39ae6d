import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Campaign, Form
from anquanyue.writing.guide_sheet import SHEET_NAME, Line, pages
from anquanyue.writing.workbook import form_workbook

HEADING, HEAD, ROW, TEXT = (Line(kind, (kind,), 10) for kind in ("heading", "head", "row", "text"))


def test_a_table_that_is_cut_has_its_head_again() -> None:
    assert pages([HEADING, HEAD, ROW, ROW, ROW], 40) == [[HEADING, HEAD, ROW, ROW], [HEAD, ROW]]


def test_a_heading_is_not_left_behind_by_its_table() -> None:
    assert pages([TEXT, TEXT, HEADING, HEAD, ROW], 40) == [[TEXT, TEXT], [HEADING, HEAD, ROW]]


def test_a_heading_keeps_its_text_together() -> None:
    assert pages([TEXT, HEADING, TEXT, TEXT, HEADING, TEXT], 35) == [[TEXT], [HEADING, TEXT, TEXT], [HEADING, TEXT]]


LINES = st.lists(st.sampled_from([HEADING, TEXT, HEAD, ROW]), max_size=60)


@given(LINES, st.integers(2, 9))
def test_no_line_is_lost_and_no_page_is_too_full(lines: list[Line], number: int) -> None:
    made = pages(lines, 10.0 * number)
    assert [line for page in made for line in page if line is not HEAD] == [line for line in lines if line is not HEAD]
    assert all(len(page) <= number for page in made)


def test_the_definitions_of_what_to_count_have_their_head_on_every_page(campaign: Campaign, progress: Form) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, progress)))[SHEET_NAME]
    heads = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == "指标"]
    start = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == "填报口径")
    end = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == "宣传口号")
    breaks = [each.id for each in sheet.row_breaks.brk if start < each.id < end - 1]
    assert heads == [start + 1, *(row + 1 for row in breaks)]
