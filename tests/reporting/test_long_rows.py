import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from anquanyue.reporting.layout import MISSING, new_sheet, new_workbook, put_row
from anquanyue.reporting.long_rows import LongRows, Value, long_workbook_bytes


def written(*lines: tuple[Value, ...], **options: object) -> openpyxl.Workbook:
    workbook = new_workbook()
    sheet = new_sheet(workbook, "表", (20, 12, 12))
    put_row(sheet, 1, ("甲", "乙", "丙"), "header")
    rows = LongRows(sheet, 2)
    for line in lines:
        rows.add(line, ("label", "count", "body"), **options)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(long_workbook_bytes(workbook, [rows])))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.none() | st.integers(0, 10**9), st.text(max_size=9)), max_size=4))
def test_what_is_written_is_read_again(lines: list[tuple[str, int | None, str]]) -> None:
    sheet = written(*lines)["表"]
    for row, (text, number, other) in enumerate(lines, start=2):
        shown = [sheet.cell(row, column).value for column in (2, 3, 4)]
        texts = [_as_xml_keeps_it(each) or None for each in (text, other)]
        assert shown == [texts[0], MISSING if number is None else number, texts[1]]


def _as_xml_keeps_it(text: str) -> str:
    kept = ILLEGAL_CHARACTERS_RE.sub("", text).translate({0xFFFE: None, 0xFFFF: None})
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def test_what_looks_like_a_formula_is_a_text() -> None:
    cell = written(("=1+1", 2, "@x"))["表"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_rows_have_their_styles_formats_and_heights() -> None:
    sheet = written(("长" * 60, 1234, "x"), formats={1: '"约"#,##0'}, above=True)["表"]
    assert sheet["B2"].style == "label"
    assert sheet["C2"].number_format == '"约"#,##0'
    assert sheet["B2"].border.top.style == "medium"
    assert sheet.row_dimensions[2].height > 60


def test_a_program_that_trusts_the_declared_size_finds_all_rows() -> None:
    workbook = new_workbook()
    sheet = new_sheet(workbook, "表", (20,))
    put_row(sheet, 1, ("甲",), "header")
    rows = LongRows(sheet, 2)
    for number in range(500):
        rows.add((f"单位{number}",), ("label",))
    data = long_workbook_bytes(workbook, [rows])
    read = openpyxl.load_workbook(io.BytesIO(data), read_only=True)["表"]
    assert read.max_row == 501
