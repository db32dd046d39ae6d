from anquanyue.reading.form_words import words_of
from anquanyue.reading.grid import Cell
from anquanyue.reading.table_rows import TableRows
from reading.grids import PROGRESS

WORDS = words_of(PROGRESS)
FIRST, SECOND = WORDS.item_fields[:2]
NOTES = PROGRESS.items[0].notes_key
TABLE = TableRows(WORDS, {FIRST.key: [7, 5], SECOND.key: [6], NOTES: [9]})


def question(_cells: tuple[Cell, ...], about: object) -> object:
    return about


def test_every_row_of_a_field_is_asked_about_and_no_row_of_notes() -> None:
    asked = [(field.key, row, each.about) for field, row, each in TABLE.asked(question, "more")]
    assert asked == [
        (key, row, (WORDS, key, row, "more")) for key, row in ((FIRST.key, 7), (FIRST.key, 5), (SECOND.key, 6))
    ]


def test_the_same_is_asked_with_the_same_question() -> None:
    again = TableRows(WORDS, {FIRST.key: [7]})
    assert again.asked(question, "more")[0].asked is TABLE.asked(question, "more")[0].asked
    assert again.asked(question, "other")[0].asked is not TABLE.asked(question, "more")[0].asked


def test_an_item_has_the_rows_of_its_fields_and_notes_in_order() -> None:
    assert TABLE.anchors(2) == {PROGRESS.items[0].key: ((5, 2), (6, 2), (7, 2), (9, 2))}
    assert (TABLE.first, TABLE.taken) == (5, {5, 6, 7, 9})
    assert TableRows(WORDS, {}).first == 0


def test_forms_with_ever_other_columns_take_no_more_memory() -> None:
    table = TableRows(WORDS, {FIRST.key: [7]})
    for number in range(100):
        table.asked(question, number)
    assert len(table._asked) < 20
