"""A stretch off the record that comes back, with names in it that are replaced everywhere else."""

from dataclasses import replace

import pytest

from capture.corrections.taking_out import put_off_record
from capture.draft.accepting import accept
from capture.draft.drafts import said_of, say
from capture.models import Transcript
from capture.names.entries import EntrySaid, add_entry
from capture.names.putting_back import put_back, words_back
from capture.names.register import replacements_of
from capture.transcript_view import standing_version
from tests.capture.drafted import decided, drafted, study_of, where
from transcripts.replacing import OFF_THE_RECORD

OFF = "Sarah Smith is leaving him in June, ring 01632 960150, and ALFIE knows"
TALK = f"""P1: We knocked. Now I get a whole hour with Sarah Smith; her number is 01632 960150.

P2: Turn that off. {OFF}. Back on now, please.
"""


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def stored(session, study_id):
    """The talk, its names replaced, a stretch of it off the record before anyone decided there."""
    draft = drafted(session, "talk.txt", TALK, study_id=study_id)
    say(session, draft, replace(said_of(draft), off_record=(where(TALK, OFF),)))
    say(session, draft, decided(said_of(draft)))
    took = accept(session, study_id, draft.id)
    return session.get_one(Transcript, took.transcript_id)


def stretch_of(session, transcript):
    rows = replacements_of(session, transcript.id)
    return next(one for one in rows if one.kind == OFF_THE_RECORD)


def test_names_replaced_elsewhere_stay_replaced_in_a_stretch_that_comes_back(session):
    study_id = study_of(session)
    add_entry(session, study_id, EntrySaid("Alfie", "person", "[child 7]"), made_by=None)
    transcript = stored(session, study_id)
    row = stretch_of(session, transcript)
    assert "Sarah Smith" in row.original
    assert set(words_back(session, study_id, row.id).names) >= {"[child 7]", "[phone number]"}
    put_back(session, study_id, row.id, made_by=None)
    text = standing_version(session, transcript).text
    assert "is leaving him in June, ring [phone number], and [child 7] knows" in text
    assert "Smith" not in text
    assert "Sarah" not in text
    log = replacements_of(session, transcript.id)
    assert all(text[one.start : one.end] == one.instead for one in log)
    assert {"Sarah Smith", "ALFIE", "01632 960150"} <= {one.original for one in log}


def test_a_name_comes_back_by_itself_when_it_is_put_back_by_itself(session):
    study_id = study_of(session)
    transcript = stored(session, study_id)
    name = next(
        one for one in replacements_of(session, transcript.id) if one.original == "Sarah Smith"
    )
    put_back(session, study_id, name.id, made_by=None)
    assert "an hour" not in standing_version(session, transcript).text
    assert "hour with Sarah Smith;" in standing_version(session, transcript).text


def test_brackets_inside_a_stretch_that_comes_back_keep_their_places(session):
    study_id = study_of(session)
    transcript = stored(session, study_id)
    version = standing_version(session, transcript)
    words = "a whole hour with"
    start = version.text.index(words)
    end = version.text.index("; her number")
    put_off_record(session, transcript, (start, end), version=version.number, made_by=None)
    row = next(
        one for one in replacements_of(session, transcript.id) if one.original.startswith(words)
    )
    put_back(session, study_id, row.id, made_by=None)
    assert standing_version(session, transcript).text == version.text
    log = replacements_of(session, transcript.id)
    assert all(version.text[one.start : one.end] == one.instead for one in log)
    assert "Sarah Smith" in {one.original for one in log}
