"""The sample submissions, written by LibreOffice: one unit late, one with three mistakes, one that sent nothing."""

from collections import Counter
from pathlib import Path

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.roster import load_roster
from anquanyue.checking import check
from anquanyue.reading.folder import read_folder

SAMPLES = Path(__file__).parents[1] / "samples"


def test_the_samples_show_what_they_are_made_for() -> None:
    campaign = load_campaign(None, SAMPLES)
    roster = load_roster(None, SAMPLES, campaign)
    checked = check(read_folder(SAMPLES / "submissions", campaign), campaign, roster)
    assert Counter(submission.status for submission in checked.submissions) == {"accepted": 12}
    assert Counter((finding.unit, finding.code) for finding in checked.findings) == {
        ("zhonglou", "value-not-a-number"): 1,
        ("zhonglou", "value-negative"): 1,
        ("zhonglou", "pair-half-zero"): 1,
        ("jintan", "late"): 1,
        ("liyang", "not-reported"): 2,
    }
