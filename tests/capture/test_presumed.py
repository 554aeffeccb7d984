"""A file that says most of what a transcript says is taken for its correction, until someone says
otherwise; and what accepting it would do to the codings is known before."""

from dataclasses import replace

import pytest

from capture.draft.accepting import accept
from capture.draft.drafting import ready
from capture.draft.drafts import said_of, say
from capture.draft.effect import foresee_accepting
from capture.draft.look import drafts_of, look
from capture.models import NeedsLook
from tests import coded_talk
from tests.capture.drafted import OFF, TALK, accept_as_is, changed, drafted, study_of, where
from tests.coded_talk import Talk

BETTER = TALK.replace("crept up", "went up")


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


@pytest.fixture
def study_id(session):
    """A study that holds the talk, a stretch of it off the record."""
    study_id = study_of(session)
    draft = drafted(session, study_id=study_id)
    accept_as_is(session, draft, off_record=(where(TALK, OFF),))
    return study_id


@pytest.fixture
def presumed(session, study_id):
    """A corrected file of it that waits, of which nobody said anything."""
    return drafted(session, "new recording.txt", BETTER, study_id=study_id)


def test_a_file_that_says_the_same_is_preset_as_a_correction(session, presumed):
    seen = look(session, presumed)
    assert seen.corrects.name == seen.likely_corrects.name == "Talk"
    assert [BETTER[slice(*one)] for one in seen.said.off_record] == [OFF]


def test_nobody_takes_in_what_was_only_presumed_with_all_the_others(session, study_id, presumed):
    say(session, presumed, changed(presumed, corrects=None, leave_rest=True))
    presumed.said = {**presumed.said, "presumed": True}
    presumed.corrects_id = presumed.said["likely_corrects"]
    (row,) = drafts_of(session, study_id)
    assert row.undecided == 0
    assert not ready(row)
    say(session, presumed, changed(presumed))
    (row,) = drafts_of(session, study_id)
    assert row.likely_corrects is None
    assert ready(row)


def test_a_file_that_is_only_called_the_same_is_no_correction_yet(session, study_id):
    other = "P1: Quite another talk, about other things and other people than that one.\n"
    seen = look(session, drafted(session, "talk (2).txt", other, study_id=study_id))
    assert seen.likely_corrects.name == "Talk"
    assert seen.corrects is None


def test_speakers_whom_the_transcript_tells_apart_are_not_proposed_as_one(session, presumed):
    assert not look(session, presumed).merges
    say(session, presumed, changed(presumed, corrects=None))
    assert [one.labels for one in look(session, presumed).merges] == [("P2", "PRACTITIONER TWO")]


def test_what_is_foreseen_of_the_codings_is_what_accepting_does(session):
    talk = Talk(session)
    hour, crept = talk.mark("a whole hour with mum"), talk.mark("The caseloads crept up")
    words = coded_talk.TALK.replace("crept up", "went up")
    draft = drafted(session, "again.txt", words, study_id=talk.built.study_id)
    seen = look(session, draft)
    assert seen.corrects is talk.transcript
    plan = foresee_accepting(session, talk.transcript, seen.reading, seen.said)
    assert (plan.new_looks, len(plan.moves)) == (1, 1)
    assert session.get(NeedsLook, crept.id) is None
    say(session, draft, replace(said_of(draft), leave_rest=True))
    accept(session, talk.built.study_id, draft.id)
    assert talk.stands(hour)
    assert talk.waits(crept)[0]
