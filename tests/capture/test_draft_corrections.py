"""A draft that corrects a transcript: proposed, said, and taken in as a new version."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from capture.draft.accepting import accept
from capture.draft.drafts import add_draft, known_already, said_of, say
from capture.draft.look import drafts_of, look
from capture.models import (
    Appearance,
    AttributeValue,
    Participant,
    Replacement,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
)
from capture.people import participant_named
from capture.studies import begin_study
from capture.transcript_view import standing_version
from transcripts.manifest import read_manifest
from transcripts.manifest_entries import SpeakerEntry
from transcripts.readers import read

TALK = """Facilitator: What has changed since the spring, if anything, for you and for the families?

P1: We used to knock, tick the box and go. Now I get a hole hour with mum at the table.

P2: Turn that off for a moment. He is leaving her in June. Back on now, please.

P2: Deborah Quill rang me herself, and that had never happened before in all these years.
"""
BETTER = TALK.replace("a hole hour", "a whole hour").replace("P1:", "Practitioner 1:")
OFF = "Turn that off for a moment. He is leaving her in June. Back on now, please."
SAID = "file,kind,speaker,scope\ntalk.txt,,P2,withdrawn\ntalk.txt,,,quote with role\n"


def drafted(session, study_id, name, words, manifest=SAID):
    data = words.encode()
    entry = read_manifest("people.csv", manifest.encode()).rows_for(name)
    return add_draft(session, study_id, name, data, read(name, data), entry=entry).draft


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


@pytest.fixture
def study_id(session):
    """A study that holds the talk, with a stretch off the record and a name replaced."""
    study_id = begin_study(session, "A study").id
    draft = drafted(session, study_id, "talk.txt", TALK)
    start = TALK.index(OFF)
    finds = tuple(replace(one, accepted=True) for one in said_of(draft).finds)
    assert finds
    say(
        session,
        draft,
        replace(said_of(draft), off_record=((start, start + len(OFF)),), finds=finds),
    )
    accept(session, study_id, draft.id)
    return study_id


def corrected(session, study_id, words=BETTER, **more):
    draft = drafted(session, study_id, "talk (corrected).txt", words)
    (transcript,) = session.scalars(select(Transcript))
    say(session, draft, replace(said_of(draft), corrects=None))  # it was presumed
    said = replace(said_of(draft), corrects=transcript.id, leave_rest=True, **more)
    say(session, draft, said)
    return draft


def test_a_corrected_file_is_proposed_as_a_correction_until_someone_decides(session, study_id):
    draft = drafted(session, study_id, "talk_v2.txt", BETTER)
    assert look(session, draft).likely_corrects.name == "Talk"
    assert drafts_of(session, study_id)[0].likely_corrects.name == "Talk"
    other = drafted(session, study_id, "else.txt", "P1: Quite another talk about other things.\n")
    assert look(session, other).likely_corrects is None


def test_taking_a_correction_in_makes_a_new_version_and_no_new_transcript(session, study_id):
    draft = corrected(session, study_id)
    assert look(session, draft).likely_corrects is None
    assert look(session, draft).corrects.name == "Talk"
    took = accept(session, study_id, draft.id)
    (transcript,) = session.scalars(select(Transcript))
    assert (took.transcript_id, transcript.version) == (transcript.id, 2)
    version = standing_version(session, transcript)
    assert "a whole hour" in version.text
    assert version.why == "file replaced"
    data = BETTER.encode()
    assert known_already(session, study_id, "b.txt", data).there.transcript_id == transcript.id


def test_what_was_taken_out_before_is_taken_out_of_the_corrected_file_too(session, study_id):
    draft = corrected(session, study_id)
    seen = look(session, draft)
    assert [BETTER[slice(*one)] for one in seen.said.off_record] == [OFF]
    assert {BETTER[one.start : one.end] for one in seen.finds if one.accepted} == {"Deborah Quill"}
    accept(session, study_id, draft.id)
    (transcript,) = session.scalars(select(Transcript))
    version = standing_version(session, transcript)
    assert "leaving her" not in version.text
    assert "Deborah" not in version.text
    log = session.scalars(select(Replacement).where(Replacement.version_id == version.id))
    assert {row.original for row in log} == {OFF, "Deborah Quill"}


def test_a_stretch_that_is_worded_otherwise_now_is_told(session, study_id):
    draft = corrected(session, study_id, BETTER.replace("in June", "in July"))
    ((start, end),) = said_of(draft).off_record
    assert "He is leaving her in July." in BETTER.replace("in June", "in July")[start:end]
    (note,) = look(session, draft).notes
    assert "A stretch that is off the record in the transcript is not in this file" in note


def test_speakers_stay_who_they_are_and_what_was_agreed_is_only_made_stricter(session, study_id):
    speakers = {
        "Practitioner 1": SpeakerEntry(same_as="P1", scope="quote unattributed"),
        "P2": SpeakerEntry(scope="quote with role"),
    }
    draft = corrected(session, study_id, speakers=speakers)
    foreseen = look(session, draft).anew
    assert foreseen.changes == (
        "P1, may be shared: “quote with role” becomes “quote unattributed”.",
    )
    assert "P2 stays “withdrawn”, though “quote with role” was said" in foreseen.stays[0]
    took = accept(session, study_id, draft.id)
    rows = {row.label: row for row in session.scalars(select(Appearance))}
    assert list(rows) == ["Facilitator", "Practitioner 1", "P2"]
    assert rows["Practitioner 1"].also_called == ["P1"]
    assert rows["Practitioner 1"].scope == "quote unattributed"
    assert rows["P2"].scope == "withdrawn"
    assert [note for note in took.notes if "may be shared" in note]
    assert [note for note in took.notes if "P2 stays" in note]


def test_who_withdraws_in_a_corrected_file_has_withdrawn_their_words_too(session, study_id):
    speakers = {"Practitioner 1": SpeakerEntry(same_as="P1", scope="withdrawn")}
    accept(session, study_id, corrected(session, study_id, speakers=speakers).id)
    (transcript,) = session.scalars(select(Transcript))
    version = standing_version(session, transcript)
    kept_out = session.scalars(
        select(Segment.kept_out)
        .join(Turn, Turn.id == Segment.turn_id)
        .join(Appearance, Appearance.id == Turn.appearance_id)
        .where(Turn.version_id == version.id, Appearance.label == "Practitioner 1")
    ).all()
    assert set(kept_out) == {"withdrawn"}


def test_all_that_was_said_of_a_corrected_file_is_said_of_the_transcript(session, study_id):
    draft = corrected(
        session,
        study_id,
        BETTER.replace("Practitioner 1:", "P1:"),
        name="Spring talk",
        place="Harrow Lane",
        kind="focus group",
        wave=2,
        attributes={"Innovation": "Walking in"},
        everyone=SpeakerEntry(scope="withdrawn"),
        speakers={"P2": SpeakerEntry(role="mother", participant="Robin", facilitator=True)},
    )
    seen = look(session, draft)
    assert seen.title == "Spring talk"
    assert "Name: “Talk” becomes “Spring talk”." in seen.anew.changes
    assert "Innovation: nothing becomes “Walking in”." in seen.anew.changes
    assert "P2: “answers” becomes “asks”." in seen.anew.changes
    accept(session, study_id, draft.id)
    (transcript,) = session.scalars(select(Transcript))
    said = transcript.name, transcript.place, transcript.kind, transcript.wave
    assert said == ("Spring talk", "Harrow Lane", "focus group", 2)
    assert session.scalars(select(AttributeValue.value)).all() == ["Walking in"]
    rows = {row.label: row for row in session.scalars(select(Appearance))}
    assert {row.scope for row in rows.values()} == {"withdrawn"}
    assert (rows["P2"].role, rows["P2"].facilitator) == ("mother", True)
    assert session.get_one(Participant, rows["P2"].participant_id).pseudonym == "Robin"


def test_a_correction_of_which_nothing_is_said_leaves_all_that_is_known(session, study_id):
    draft = corrected(session, study_id, BETTER.replace("Practitioner 1:", "P1:"))
    seen = look(session, draft)
    assert (seen.title, seen.kind) == ("Talk", "interview")
    assert (seen.anew.changes, seen.anew.stays) == ((), ())
    accept(session, study_id, draft.id)
    scopes = session.scalars(select(Appearance.scope).order_by(Appearance.id)).all()
    assert scopes == ["quote with role", "quote with role", "withdrawn"]


def test_who_asks_in_the_transcript_is_shown_to_ask_in_its_correction(session, study_id):
    p2 = session.scalars(select(Appearance).where(Appearance.label == "P2")).one()
    p2.facilitator = True
    draft = corrected(session, study_id)
    asks = {one.label: one.asks for one in look(session, draft).speakers}
    assert asks == {"Facilitator": True, "Practitioner 1": False, "P2": True}
    speakers = {**said_of(draft).speakers, "P2": SpeakerEntry(facilitator=False)}
    say(session, draft, replace(said_of(draft), speakers=speakers))
    assert not look(session, draft).speakers[2].asks
    accept(session, study_id, draft.id)
    assert not p2.facilitator


def test_a_new_label_of_a_participant_is_that_speaker(session, study_id):
    p1 = session.scalars(select(Appearance).where(Appearance.label == "P1")).one()
    draft = corrected(session, study_id)
    p1.participant_id = participant_named(session, study_id, "Robin").id
    speakers = {"Practitioner 1": SpeakerEntry(participant="Robin")}
    say(session, draft, replace(said_of(draft), speakers=speakers))
    accept(session, study_id, draft.id)
    assert session.scalar(select(func.count()).select_from(Appearance)) == 3
    assert session.get_one(Appearance, p1.id).label == "Practitioner 1"


def test_the_same_text_again_changes_nothing(session, study_id):
    again = TALK.replace("\n\n", "\r\n\r\n")
    took = accept(session, study_id, corrected(session, study_id, again).id)
    assert not took.added
    assert "nothing changed" in took.notes[0]
    assert session.scalar(select(func.count()).select_from(TranscriptVersion)) == 1


def test_words_that_went_in_many_places_are_marked_in_each_and_missed_where_they_are_not(session):
    study_id = begin_study(session, "Another").id
    again = "P2: Turn it off. She moved out. Back on.\n\nP1: Deborah Quill, Deborah Quill said.\n\n"
    words = TALK + again * 3
    draft = drafted(session, study_id, "long.txt", words)
    spans = tuple(match.span() for match in re.finditer("She moved out", words))
    finds = tuple(replace(one, accepted=True) for one in said_of(draft).finds)
    say(session, draft, replace(said_of(draft), off_record=spans, finds=finds, leave_rest=True))
    took = accept(session, study_id, draft.id)
    better = words.replace("hole hour", "whole hour").replace("She moved out.", "Gone.", 3)
    draft = drafted(session, study_id, "long v2.txt", better)
    say(session, draft, replace(said_of(draft), corrects=took.transcript_id))
    named = [one for one in said_of(draft).finds if one.accepted]
    assert [better[one.start : one.end] for one in named] == ["Deborah Quill"] * 7
    assert "3 stretches that are off the record" in look(session, draft).notes[0]
