from pathlib import Path

import pytest

from anquanyue.errors import TemplateError
from anquanyue.templating import render, render_text


def template(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "templates" / "own.txt.j2"
    path.parent.mkdir()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ 1/0 }}", "it divides by zero"),
        ("{% for each in range(10**9) %}{% endfor %}", "a range is too long"),
        ("{{ day | day(3) }}", "“day” is given too few or too many values"),
        ("{{ nothing }}", "“nothing” is not known here"),
        ("{{ x | nothing }}", "there is no filter “nothing”"),
        ("{% nothing %}", "“nothing” is not known here"),
        ("{% if x %}", "something that was opened is not closed"),
        ("{{ x.__class__ }}", "“__class__” may not be used"),
        ("{% include 'own.txt.j2' %}", "it includes itself"),
        ("{{ x + 1 }}", "concatenate"),
    ],
)
def test_a_wrong_template_names_file_line_and_what_is_wrong(tmp_path: Path, text: str, expected: str) -> None:
    path = template(tmp_path, f"first line\n{text}\n".encode())
    with pytest.raises(TemplateError) as caught:
        render("own.txt.j2", tmp_path, x="text", day=None)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert expected in str(caught.value)


def test_a_template_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    path = template(tmp_path, "a\nb\n填报说明".encode("gbk"))
    with pytest.raises(TemplateError) as caught:
        render("own.txt.j2", tmp_path)
    assert str(caught.value) == f"{path}:3: is not in UTF-8; save it again with that encoding"


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"the template “none\.j2” is missing"):
        render("none.j2", tmp_path)


def test_a_text_of_a_campaign_file_is_quoted() -> None:
    with pytest.raises(TemplateError, match=r"“a {{ 1/0 }}”:1: it divides by zero"):
        render_text("a {{ 1/0 }}")
