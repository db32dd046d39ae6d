"""A cell → how to reach somebody. What does not look right is kept as it was typed, with a warning."""

import re
from collections.abc import Callable
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.language import Phrase, mark
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.values.parsed import Parsed, Problem
from anquanyue.reading.values.texts import is_nil, tidy

_CHINA: Final = 86
_SHORTEST_IN_CHINA: Final = 10
_MOBILE: Final = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LOCAL_NUMBER: Final = re.compile(r"[2-9][0-9]{7}")
_DIGITS: Final = re.compile(r"[0-9]{5,12}")
_TELEPHONE_SIGNS: Final = re.compile(r"\+?[0-9()\s./-]*[0-9]")
_EXTENSION: Final = re.compile(r"(.*[0-9])\s*(?:-|转|转分机|分机|ext\.?|x)\s*:?\s*[0-9]{1,6}", re.IGNORECASE)
_SAME_AS_MOBILE: Final = re.compile(r"\(?同(?:本人|上述)?(?:手机|电话|办公电话|联系电话)(?:号码|号)?\)?")
_SEVERAL: Final = re.compile(r"\s*[、,;/|或]\s*")
_SPACES: Final = re.compile(r"\s+")

Reader = Callable[[str], str | None]
"""One number or address as it is kept; None where it does not look right."""


def _parser(read: Reader, expected: str) -> Callable[[Field, Cell, int], Parsed]:
    def parse(field: Field, cell: Cell, _year: int) -> Parsed:
        text = tidy(cell_text(cell))
        malformed = (Problem("value-malformed", {"expected": Phrase(expected)}),)
        if is_nil(text):
            # Who must be reached and has nothing to be reached by: not a telephone number, and not nothing either.
            return Parsed(None, malformed if field.required else ())
        kept = _several(text, read)
        return Parsed(text, malformed) if kept is None else Parsed(kept)

    return parse


def _several(text: str, read: Reader) -> str | None:
    """One or several, between punctuation or, where nothing else fits, between spaces."""
    if (kept := read(text)) is not None:
        return kept
    for separator in (_SEVERAL, _SPACES):
        pieces = [piece for piece in separator.split(text) if piece]
        kept_pieces = [read(piece) for piece in pieces]
        if len(pieces) > 1 and all(kept_pieces):
            return "、".join(filter(None, kept_pieces))
    return None


def _mobile(text: str) -> str | None:
    match = _MOBILE.fullmatch(re.sub(r"[\s()-]", "", text))
    return match[1] if match else None


def _digits(text: str) -> str | None:
    digits = _SPACES.sub("", text)
    return digits if _DIGITS.fullmatch(digits) else None


def _telephone(text: str) -> str | None:
    if _SAME_AS_MOBILE.fullmatch(text) or _is_telephone(text):
        return text
    extension = _EXTENSION.fullmatch(text)
    return text if extension and _is_telephone(extension[1]) else None


def _is_telephone(text: str) -> bool:
    if not _TELEPHONE_SIGNS.fullmatch(text) or "/" in text:
        return False
    if _LOCAL_NUMBER.fullmatch(re.sub(r"[\s-]", "", text)):
        return True
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return False
    # 0519-1234 is a hotline to the library, and a lost half to everybody else.
    whole = number.country_code != _CHINA or len(str(number.national_number)) >= _SHORTEST_IN_CHINA
    return whole and phonenumbers.is_valid_number(number)


def _email(text: str) -> str | None:
    import email_validator  # slow to import

    try:
        return email_validator.validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except email_validator.EmailNotValidError:
        return None


parse_telephone: Final = _parser(_telephone, mark("a telephone number"))
parse_mobile: Final = _parser(_mobile, mark("a mobile number"))
parse_digits: Final = _parser(_digits, mark("a number of 5 to 12 digits"))
parse_email: Final = _parser(_email, mark("a mail address"))
