"""A draft that corrects a transcript whose text goes on before the draft is taken in."""

from dataclasses import replace

import pytest

from capture.corrections.taking_out import places_of, put_off_record, replace_words
from capture.draft.accepting import accept
from capture.draft.drafting import take_in_ready
from capture.draft.drafts import catch_up, find_draft, said_of, say
from capture.draft.look import drafts_of, look
from capture.errors import Conflict
from capture.models import Transcript
from capture.transcript_view import standing_version
from tests.capture.drafted import accept_as_is, drafted, study_of

TALK = """Facilitator: What has changed since the spring, if anything, for you and for the families?

P1: We used to knock, tick the box and go. Now I get a hole hour with Zubeida Quarcoo at home.

P2: Turn that off for a moment. He is leaving her in June. Back on now, please.
"""
BETTER = TALK.replace("hole hour", "whole hour")
OFF = "He is leaving her in June"


@pytest.fixture
def waiting(store):
    """A talk in the study, and its corrected file, which waits; all its names were left."""
    with store.writing() as session:
        study_id = study_of(session)
        took = accept_as_is(session, drafted(session, "talk.txt", TALK, study_id=study_id))
        draft = drafted(session, "talk v2.txt", BETTER, study_id=study_id)
        left = tuple(replace(one, accepted=False) for one in said_of(draft).finds)
        assert left
        say(session, draft, replace(said_of(draft), finds=left, corrects=took.transcript_id))
        yield session, draft, session.get_one(Transcript, took.transcript_id)


def off_the_record(session, transcript):
    version = standing_version(session, transcript)
    start = version.text.index(OFF)
    span = start, start + len(OFF)
    put_off_record(session, transcript, span, version=version.number, made_by=None)


def name_replaced(session, transcript):
    version = standing_version(session, transcript)
    name = "Zubeida Quarcoo"
    replace_words(
        session,
        transcript,
        name,
        "[mother 9]",
        "person",
        spans=[one.span for one in places_of(session, transcript, name)],
        version=version.number,
        made_by=None,
    )


@pytest.mark.parametrize(
    ("goes", "words"), [(off_the_record, "leaving her"), (name_replaced, "Zubeida")]
)
def test_what_was_taken_out_meanwhile_does_not_come_back(waiting, goes, words):
    session, draft, transcript = waiting
    assert look(session, draft).notes == ()
    goes(session, transcript)
    told = look(session, draft)
    assert "“Talk” was changed since this file was said to correct it" in told.notes[0]
    with pytest.raises(Conflict, match="version 2 of its text stands now"):
        accept(session, draft.study_id, draft.id)
    assert words not in standing_version(session, transcript).text
    catch_up(session, draft)
    assert look(session, draft).notes == ()
    accept(session, draft.study_id, draft.id)
    version = standing_version(session, transcript)
    assert version.number == 3
    assert words not in version.text
    assert "a whole hour" in version.text


def test_what_a_researcher_then_lets_stand_is_not_taken_out_again(waiting):
    session, draft, transcript = waiting
    off_the_record(session, transcript)
    catch_up(session, draft)
    say(session, draft, replace(said_of(draft), off_record=()))
    name_replaced(session, transcript)
    catch_up(session, draft)
    assert said_of(draft).off_record == ()
    accept(session, draft.study_id, draft.id)
    text = standing_version(session, transcript).text
    assert OFF in text
    assert "Zubeida" not in text


def test_saying_more_of_a_draft_is_not_having_seen_what_changed(waiting):
    session, draft, transcript = waiting
    off_the_record(session, transcript)
    say(session, draft, replace(said_of(draft), wave=2))
    assert [BETTER[slice(*span)] for span in said_of(draft).off_record] == [OFF]
    with pytest.raises(Conflict):
        accept(session, draft.study_id, draft.id)


def test_a_correction_of_a_text_that_went_on_is_not_taken_in_with_all_that_is_ready(store):
    with store.writing() as session:
        study_id = study_of(session)
        took = accept_as_is(session, drafted(session, "talk.txt", TALK, study_id=study_id))
        draft = drafted(session, "talk v2.txt", BETTER, study_id=study_id)
        said = replace(said_of(draft), leave_rest=True, corrects=took.transcript_id)
        say(session, draft, said)
        off_the_record(session, session.get_one(Transcript, took.transcript_id))
        assert [row.went_on for row in drafts_of(session, study_id)] == [True]
    assert take_in_ready(store, study_id, lambda said: said).waiting == 1
    with store.reading() as session:
        assert find_draft(session, study_id, draft.id)
