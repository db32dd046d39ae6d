"""Writes docs/findings.md and docs/findings.zh-CN.md out of the catalogue of findings: `python tools/findings_page.py`.

Run it after `tools/translations.py`: the Chinese texts come from the .po file.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.findings import CATALOGUE
from anquanyue.findings.pages import DIMENSION_WORDS, SEVERITY_WORDS, by_dimension, page_of
from anquanyue.language import LOCALE_FOLDER

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
FILES: Final = {"en": "findings.md", "zh": "findings.zh-CN.md"}

Say = Callable[[str], str]

_WORDS: Final = {
    "en": {
        "title": "# Findings",
        "other": "*[中文](findings.zh-CN.md)*",
        "intro": (
            "Everything that `validate` may find, by the four dimensions of data quality and by code. "
            "`anquanyue explain CODE` shows the same on the console. What stands in brackets is filled in when "
            "something is found. An error needs somebody to act, a warning somebody to look; a note only says what was "
            "done. "
            "A campaign's own rules have messages of their own, in its campaign file. "
            "This page is made by `python tools/findings_page.py`; do not edit it."
        ),
        "table": "| code | severity | what it is | 中文 |",
        "message": "Message",
        "hint": "What to do",
        "colon": ": ",
    },
    "zh": {
        "title": "# 问题一览",
        "other": "*[English](findings.md)*",
        "intro": (
            "`validate` 可能发现的全部问题，按数据质量的四个方面和代码排列。"
            "`anquanyue explain 代码` 在命令行显示同样的内容。"
            "方括号里的内容在发现问题时填入。“错误”须处理，“警告”须核对，“提示”只说明程序做了什么。"
            "活动自定的校验规则另有自己的提示语，写在活动文件里。"
            "本页由 `python tools/findings_page.py` 生成，请勿手工修改。"
        ),
        "table": "| 代码 | 程度 | 问题 | English |",
        "message": "提示语",
        "hint": "处理办法",
        "colon": "：",
    },
}


def chinese() -> Say:
    """What puts a text of the source into Chinese, as the .po file has it; a text that it lacks stays English."""
    with (LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "anquanyue.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")

    def say(text: str) -> str:
        message = catalogue.get(text)
        return str(message.string) if message and message.string else text

    return say


def render(language: str, zh: Say) -> str:
    """The page in that language."""
    say, other = (str, zh) if language == "en" else (zh, str)
    words = _WORDS[language]
    lines = [words["title"], "", words["other"], "", words["intro"], ""]
    groups = by_dimension(CATALOGUE.values())
    for dimension, kinds in groups.items():
        lines += [f"**{say(DIMENSION_WORDS[dimension])}**", "", words["table"], "|---|---|---|---|"]
        for kind in kinds:
            cells = (say(SEVERITY_WORDS[kind.severity]), _escaped(say(kind.title)), _escaped(other(kind.title)))
            lines.append(f"| [`{kind.code}`](#{kind.code}) | {' | '.join(cells)} |")
        lines.append("")
    for dimension, kinds in groups.items():
        lines += [f"## {say(DIMENSION_WORDS[dimension])}", ""]
        for kind in kinds:
            page = page_of(kind, say)
            lines += [f"### {page.code}", "", f"**{_escaped(page.title)}** · {page.severity}", ""]
            lines += [_escaped(page.explanation), ""]
            lines += [f"- {words['message']}{words['colon']}{_escaped(page.message)}"]
            lines += [f"- {words['hint']}{words['colon']}{_escaped(page.hint)}"] if page.hint else []
            lines.append("")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_<|`])", r"\\\1", text)


def main() -> int:
    """Write both pages."""
    zh = chinese()
    for language, name in FILES.items():
        (DOCS / name).write_text(render(language, zh), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
