"""Words a person replaces in a draft: what they overlap gives way, and there is a limit."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.draft.finds import added, places_of
from capture.corrections.taking_out import MOST_PLACES
from capture.draft.said import FindSaid
from capture.errors import Unfit
from transcripts.readers import read

spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda one: (one[0], sum(one))),
    max_size=8,
)


def found(places):
    return [FindSaid(*place, "name", "[x]", accepted=None) for place in places]


@given(spans, spans)
def test_a_find_gives_way_exactly_where_new_words_overlap_it(there, new):
    after = added(found(there), new, "person", "[y]")
    kept = [(one.start, one.end) for one in after if one.instead == "[x]"]
    free = [one for one in there if not any(one[0] < end and start < one[1] for start, end in new)]
    assert kept == sorted(free)
    assert [(one.start, one.end) for one in after if one.instead == "[y]"] == sorted(new)


def test_many_finds_and_many_places_take_no_time():
    begun = time.monotonic()
    there = found((at * 10, at * 10 + 5) for at in range(20_000))
    after = added(there, [(at * 10 + 2, at * 10 + 3) for at in range(0, 20_000, 2)], "name", "[y]")
    assert time.monotonic() - begun < 2
    assert len(after) == 20_000


def test_words_that_stand_everywhere_are_no_name_but_a_label_may():
    talk = read("talk.txt", b"Sarah: We went to the park.\n\nP2: Yes.\n\n" * (MOST_PLACES + 1))
    assert len(places_of(talk, "sarah")) == MOST_PLACES + 1
    with pytest.raises(Unfit, match="more than 400 places"):
        places_of(talk, "the")
