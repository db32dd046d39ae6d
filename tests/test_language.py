import importlib.util
import re
from pathlib import Path

import pytest

from anquanyue import language

_PATH = Path(__file__).parents[1] / "tools" / "translations.py"
_spec = importlib.util.spec_from_file_location("translations", _PATH)
assert _spec
assert _spec.loader
translations = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(translations)


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_catalogue_is_complete_and_up_to_date(name):
    assert list(translations.problems(translations.load(name), translations.extract())) == []


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_placeholders_survive_translation(name):
    for message in translations.load(name):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id:
            wanted = {placeholder for each in ids for placeholder in _placeholders(each)}
            # A singular may leave the number out; no language may name what the source does not.
            assert all(set(_placeholders(text)) <= wanted for text in texts), message.id
            assert {each for text in texts for each in _placeholders(text)} == wanted, message.id


def _placeholders(text):
    return re.findall(r"\{[^{}]*\}", text)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"ANQUANYUE_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"ANQUANYUE_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_language_is_chosen_by_the_environment(monkeypatch, environment, expected):
    for name in ("ANQUANYUE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.preferred() == expected
