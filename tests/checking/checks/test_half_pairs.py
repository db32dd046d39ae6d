from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Campaign
from anquanyue.checking.checks import half_pairs, missing_fields
from anquanyue.reading.submission import Entry
from sending import context, sent

ENTRIES = st.sampled_from(
    [
        Entry("", None, "D6"),
        Entry("0", 0, "D6"),
        Entry("5", 5, "D6"),
        Entry("若干", None, "D6"),
        Entry("", 7, "D6", decided=True),
    ]
)


@given(st.data(), st.booleans())
def test_no_submission_with_something_to_say_is_passed_over(
    campaign: Campaign, data: st.DataObject, zeros: bool
) -> None:
    """Most are whole, and not looked at one by one; those that are not must be."""
    form = campaign.form("progress")
    whole = sent(form, "whole")
    texts = {field.key: Entry("x", "x", "D6") for field in form.fields if not field.reported}
    keys = st.sampled_from([field.key for field in form.fields])
    changed = data.draw(st.dictionaries(keys, st.none() | ENTRIES, max_size=3))
    entries = {**whole.entries, **texts, **{key: entry for key, entry in changed.items() if entry}}
    entries = {key: entry for key, entry in entries.items() if key not in changed or changed[key]}
    submission = sent(form, "other", entries=entries, blanks_are_zero=zeros)
    seen = context(campaign, whole, submission)
    assert list(half_pairs.check(seen)) == half_pairs.half_pairs(submission, form)
    assert [each for each in missing_fields.check(seen) if each.path == "other.xlsx"] == missing_fields.missing_fields(
        submission, form
    )
