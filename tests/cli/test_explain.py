import pytest
from rich.cells import cell_len

from anquanyue import language
from anquanyue.cli import explain as command
from anquanyue.errors import UserError
from anquanyue.findings import CATALOGUE
from anquanyue.findings.pages import DIMENSION_WORDS
from anquanyue.language import translate


@pytest.fixture(autouse=True)
def _on_a_narrow_console(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    language.use("en")
    yield
    language.use("en")


def shown(capsys, code=None):
    assert command.explain(code) == 0
    return capsys.readouterr().out


def joined(text):
    """The text without its line breaks."""
    return " ".join(text.split())


def test_the_page_of_a_code_says_all_there_is(capsys):
    page = joined(shown(capsys, "value-maybe-date"))
    kind = CATALOGUE["value-maybe-date"]
    assert page.startswith(f"value-maybe-date {kind.title} warning · Correctness {kind.explanation}")
    assert "“[field]” is [what was written], which is how Excel keeps the date [what was typed]" in page
    assert page.count("What to do") == 1
    assert "{" not in page


def test_a_page_without_a_hint_does_not_speak_of_one(capsys):
    assert "What to do" not in shown(capsys, "file-ignored")


def test_a_page_speaks_the_language_of_the_console(capsys):
    language.use("zh")
    page = shown(capsys, "value-not-a-number")
    assert "请只填阿拉伯数字" in page
    assert "错误" in page


def test_without_a_code_all_are_listed_by_their_dimension(capsys):
    text = shown(capsys)
    for code, kind in CATALOGUE.items():
        assert f"  {code} " in text
        assert joined(kind.title).split()[0] in text
    headings = [line for line in text.splitlines() if line.strip() in DIMENSION_WORDS.values()]
    assert [line.strip() for line in headings] == list(DIMENSION_WORDS.values())


@pytest.mark.parametrize("name", ["en", "zh"])
def test_lines_are_no_longer_than_the_console_is_wide(capsys, name):
    language.use(name)
    for text in (shown(capsys), shown(capsys, "value-date"), shown(capsys, "submission-undecided")):
        assert max(cell_len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("text", ["value-maybe", "VALUE-MAYBE-DATE", " value-maybe-date "])
def test_a_code_may_be_cut_off_where_no_other_begins_so(capsys, text):
    assert shown(capsys, text).startswith("value-maybe-date")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("value-not", "value-not-a-number"),
        ("maybe-date", "value-maybe-date"),
        ("valeu-date", "value-date"),
        ("formula without", "value-formula-without-result"),
    ],
)
def test_an_unknown_code_suggests_near_ones(text, near):
    with pytest.raises(UserError) as raised:
        command.explain(text)
    assert f"“{text}”" in str(raised.value)
    assert near in str(raised.value)


@pytest.mark.parametrize("text", ["", "zzzzzz"])
def test_what_is_like_no_code_leads_to_the_list(text):
    with pytest.raises(UserError, match="lists them all"):
        command.explain(text)


def test_titles_are_searched_in_the_language_of_the_console():
    language.use("zh")
    title = translate(CATALOGUE["value-date"].title, "zh")
    with pytest.raises(UserError, match="value-date"):
        command.explain(title)


def test_every_code_has_a_page(capsys):
    for code in CATALOGUE:
        assert shown(capsys, code).startswith(code)
