"""What a file holds beside what was said: it follows the words that leave the text."""

import pytest
from sqlalchemy import select

from capture.corrections.taking_out import put_off_record
from capture.corrections.versions import reading_of_version
from capture.draft.accepting import accept
from capture.draft.drafts import said_of, say
from capture.models import Transcript
from capture.transcript_view import standing_version
from tests.capture.drafted import changed, decided, drafted, where
from transcripts.off_record import NOT_TOLD
from transcripts.replacing import OFF_THE_RECORD_MARK
from transcripts.turns import count_words

TALK = """---
interviewee: met on a Tuesday
---
# INTERVIEW WITH DEBORAH QUILL

P1: We used to knock and tick the box. <!-- deborah quill again, and DEBORAH QUILL -->

## The matter of the affair in June

P2: Turn it off. Deborah Quill is leaving in June. <!-- of the affair --> Back on now.
"""


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def taken_in(session, *, off=""):
    """The transcript of the talk with its names replaced, and the version that stands."""
    draft = drafted(session, "talk.md", TALK)
    say(session, draft, decided(said_of(draft)))
    if off:
        words = draft.reading["text"]
        start = words.index(off.split(" … ")[0])
        end = where(words, off.split(" … ")[1])[1]
        say(session, draft, changed(draft, off_record=((start, end),)))
    accept(session, draft.study_id, draft.id, made_by=None)
    transcript = session.scalars(select(Transcript)).one()
    return transcript, standing_version(session, transcript)


def told(version):
    return " ".join(item["what"] for item in version.left_out)


def test_a_replaced_name_goes_from_headings_and_comments_whatever_their_capitals(session):
    _, version = taken_in(session)
    assert "quill" not in (version.text + told(version)).lower()
    assert version.text.lstrip().startswith("INTERVIEW WITH [")
    assert count_words(told(version)) == sum(item["words"] for item in version.left_out)


def test_a_comment_is_not_told_any_more_once_something_is_off_the_record(session):
    _, version = taken_in(session, off="Turn it off … Back on")
    hidden = [item for item in version.left_out if not item["stored"]]
    assert [item["what"] for item in hidden] == [NOT_TOLD] * 3
    assert [item["words"] for item in hidden] == [5, 6, 3]
    assert "affair" in version.text  # the heading stands before the stretch


def test_a_heading_inside_a_stretch_goes_with_it_after_storing_too(session):
    transcript, version = taken_in(session)
    start = version.text.index("tick the box")
    end = where(version.text, "Turn it off")[1]
    put_off_record(session, transcript, (start, end), version=1, made_by=None)
    version = standing_version(session, transcript)
    assert "affair" not in version.text + told(version)
    headings = [item for item in version.left_out if item["stored"]]
    assert [item["what"] for item in headings][1] == OFF_THE_RECORD_MARK
    assert headings[1]["words"] == 3
    assert "INTERVIEW WITH" in told(version)


def test_rows_that_do_not_say_what_stands_in_the_text_are_looked_up_there(session):
    transcript, version = taken_in(session)
    version.left_out = [
        {key: value for key, value in item.items() if key != "stored"} for item in version.left_out
    ]
    stored = {item.what: item.stored for item in reading_of_version(session, version).left_out}
    assert stored["The matter of the affair in June"]
    assert not stored["of the affair"]
    start = version.text.index("tick the box")
    put_off_record(session, transcript, (start, len(version.text)), version=1, made_by=None)
    version = standing_version(session, transcript)
    assert "affair" not in version.text + told(version)
