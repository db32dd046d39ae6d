import errno

import pytest

from anquanyue.errors import in_words, reason
from anquanyue.language import Phrase

KNOWN = ((r"no (?P<what>\w+) here", "{what} is missing"),)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ENOSPC])
def test_the_common_reasons_of_the_system_are_words_of_ours(number: int) -> None:
    words = reason(OSError(number, "English"))
    assert isinstance(words, Phrase)
    assert "English" not in words


def test_a_rare_reason_is_left_in_the_systems_words() -> None:
    assert reason(OSError(errno.EXDEV, "Cross-device link")) == "Cross-device link"
    assert reason(OSError("something")) == "something"


def test_what_a_library_says_is_put_into_our_words_where_they_are_known() -> None:
    assert in_words("no pen here, says the library", KNOWN) == "pen is missing"
    assert in_words("anything else", KNOWN) == "anything else"
