import datetime
import math

from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import LARGEST_COUNT, Form
from anquanyue.checking.figures import figures
from anquanyue.reading.submission import Entry, Submission

ENTRIES = st.builds(
    Entry,
    text=st.sampled_from(["", "3", "若干"]),
    value=st.one_of(
        st.none(), st.integers(0, LARGEST_COUNT), st.booleans(), st.just("甲"), st.just(datetime.date(2022, 6, 1))
    ),
    place=st.just("附件3!D6"),
    decided=st.booleans(),
)


@given(st.data())
def test_figures_are_what_each_submission_says_of_itself(progress: Form, data: st.DataObject) -> None:
    fields = progress.reported_fields
    keys = st.sampled_from([field.key for field in fields])
    sent = [
        Submission(path="a.xlsx", entries=entries, blanks_are_zero=zeros)
        for entries, zeros in data.draw(
            st.lists(st.tuples(st.dictionaries(keys, ENTRIES, max_size=4), st.booleans()), max_size=3)
        )
    ]
    found = figures(sent, fields)
    assert found.shape == (len(sent), len(fields))
    for row, submission in zip(found.tolist(), sent, strict=True):
        assert [None if math.isnan(each) else each for each in row] == [submission.usable(field) for field in fields]
