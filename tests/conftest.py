import os
from pathlib import Path

# Before anything of typer is imported: the tests read English messages, whatever the machine speaks.
os.environ["ANQUANYUE_LANG"] = "en"
# And each reads its files anew.
os.environ["ANQUANYUE_CACHE"] = ""

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Form


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return load_campaign(None, Path(__file__).parent)


@pytest.fixture(scope="session")
def progress(campaign: Campaign) -> Form:
    return campaign.form("progress")


@pytest.fixture(scope="session")
def liaison(campaign: Campaign) -> Form:
    return campaign.form("liaison")
