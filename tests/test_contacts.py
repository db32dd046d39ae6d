from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.contacts import contact_forms, contacts, masked
from anquanyue.reading.submission import Entry, Submission
from anquanyue.summary import Summary, summarize


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


@pytest.fixture
def summary(campaign: Campaign) -> Summary:
    texts = {"name": "张样例", "position": "科长", "mobile": "13800000000", "email": "liaison@example.com"}
    entries = {key: Entry(text, text, "附件2!C3") for key, text in texts.items()}
    sent = Submission(path="a.xlsx", form="liaison", unit="样例局", entries=entries)
    return summarize(campaign, None, [sent], [])


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("name", "张样例", "张**"),
        ("mobile", "138 0000 0000", "138****0000"),
        ("office_phone", "0519-88880000", "051****0000"),
        ("qq", "12345", "1****"),
        ("email", "liaison@example.com", "l***@example.com"),
        ("email", "无", "无**"),
        ("wechat", "yangli_01", "y**"),
        ("address", "样例路1号", "样**"),
        ("gender", "男", "男"),
        ("position", "科长", "科长"),
        ("name", "", ""),
    ],
)
def test_what_is_masked_shows_no_person(campaign: Campaign, key: str, text: str, shown: str) -> None:
    assert masked(campaign.form("liaison").field(key), text) == shown


def test_the_liaisons_of_the_accepted_forms(summary: Summary) -> None:
    (form,) = contact_forms(summary)
    (full,) = contacts(summary, form, "full")
    assert (full.unit, full.texts["name"], full.texts["mobile"]) == ("样例局", "张样例", "13800000000")
    assert full.texts["fax"] == ""
    assert "organization" not in full.texts
    (hidden,) = contacts(summary, form, "masked")
    assert (hidden.texts["name"], hidden.texts["mobile"]) == ("张**", "138****0000")
