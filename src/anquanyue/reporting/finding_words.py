"""What documents call severities, statuses and codes."""

from typing import Final

from anquanyue.findings import CATALOGUE, Severity
from anquanyue.findings.pages import SEVERITY_WORDS
from anquanyue.language import translate

SEVERITY_NAMES: Final[dict[Severity, str]] = {each: translate(word, "zh") for each, word in SEVERITY_WORDS.items()}
STATUS_NAMES: Final = {"accepted": "采用", "superseded": "被替代", "rejected": "未采用", "ignored": "忽略"}
UNIT_UNKNOWN: Final = "（单位不明）"


def code_title(code: str) -> str:
    """What findings of that code are, in a few words."""
    return translate(CATALOGUE[code].title, "zh")
