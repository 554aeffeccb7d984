"""Looking before storing: what a draft shows, and what can be said of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from capture.draft.accepting import accept
from capture.draft.drafts import (
    LONG_AFTER,
    add_draft,
    find_draft,
    put_aside,
    read_again,
    reading_of,
    said_of,
    say,
    waiting,
)
from capture.draft.look import drafts_of, look
from capture.errors import NotFound, Unfit
from capture.ingest import content_key, ingest
from capture.models import (
    Appearance,
    Draft,
    TranscriptVersion,
)
from capture.models.base import now
from capture.studies import begin_study
from tests.capture.drafted import (
    TALK,
    accept_as_is,
    changed,
    drafted,
    study_of,
    where,
)
from transcripts.manifest_entries import SpeakerEntry
from transcripts.readers import read
from transcripts.survey import SurveyColumns


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def test_a_look_tells_what_was_read_and_why_it_is_taken_for_that_kind(session):
    seen = look(session, drafted(session))
    assert (seen.kind, seen.kind_because) == (
        "focus group",
        "Four people besides the facilitator speak, so it looks like a focus group.",
    )
    assert seen.title == "Talk"
    assert (seen.minutes, seen.timed_turns, len(seen.reading.turns)) == (3, 5, 5)
    assert [one.what for one in seen.left_out] == ["Second group at Harrow Lane"]
    assert seen.unaccounted == 0
    assert seen.words_in == seen.words_stored + seen.words_left_out
    assert seen.words_left_out == 5


def test_a_look_tells_who_speaks_and_how_much(session):
    speakers = {one.label: one for one in look(session, drafted(session)).speakers}
    assert list(speakers) == ["Facilitator", "Practitioner 1", "P2", "PRACTITIONER TWO", "P3"]
    one = speakers["Practitioner 1"]
    assert (one.turns, one.words, one.first_at) == (1, 17, 20.0)
    assert one.first_words == "We used to knock, tick the box and go. Now I get a whole …"
    assert speakers["Facilitator"].asks
    assert not one.asks


def test_labels_that_are_likely_one_are_proposed_and_nothing_is_merged(session):
    draft = drafted(session)
    proposed = look(session, draft).merges
    assert [group.labels for group in proposed] == [("P2", "PRACTITIONER TWO")]
    accept_as_is(session, draft)
    assert session.scalar(select(func.count()).select_from(Appearance)) == 5


def test_whoever_is_named_and_does_not_speak_is_told(session):
    rows = "talk.txt,,P9,,Ash,,,,\ntalk.txt,,P2,Practicioner 2,,,,,\n"
    assert look(session, drafted(session, rows=rows)).notes == (
        'The manifest names "P9", who does not speak in talk.txt.',
        '"P2" is said to be the same as "Practicioner 2", who does not speak in talk.txt.',
    )


def test_one_speaker_cannot_have_agreed_to_two_different_things(session):
    draft = drafted(session)
    speakers = {
        "P2": SpeakerEntry(participant="Ash", scope="quote with role"),
        "PRACTITIONER TWO": SpeakerEntry(participant="Ash", scope="withdrawn"),
    }
    with pytest.raises(Unfit, match="are one speaker, but the scope of the one is") as refused:
        say(session, draft, changed(draft, speakers=speakers))
    assert refused.value.way_out
    assert said_of(draft).speakers["P2"].scope is None


def test_a_find_that_stays_needs_no_replacement_and_one_that_goes_does(session):
    draft = drafted(session)
    one = said_of(draft).finds[0]
    say(session, draft, changed(draft, finds=(replace(one, instead="", accepted=False),)))
    with pytest.raises(Unfit, match="Nothing is said to stand in a name's place"):
        say(session, draft, changed(draft, finds=(replace(one, instead=" [] ", accepted=True),)))


def test_nobody_is_asked_about_a_name_that_goes_off_the_record_anyway(session):
    draft = drafted(session)
    said = said_of(draft)
    assert "phone number" in {one.kind for one in said.finds}
    stretch = where(TALK, "Her number is 07700 900123")
    say(session, draft, replace(said, off_record=(stretch,)))
    assert "phone number" not in {one.kind for one in look(session, draft).finds}
    say(session, draft, replace(said_of(draft), off_record=()))
    assert "phone number" in {one.kind for one in look(session, draft).finds}


def test_the_same_content_is_told_and_added_once(session):
    draft = drafted(session)
    data = TALK.encode()
    again = add_draft(session, draft.study_id, "copy.txt", data, read("copy.txt", data))
    assert again.draft is draft
    assert again.told == "copy.txt waits for a look already, as talk.txt."
    took = accept_as_is(session, draft)
    later = add_draft(session, draft.study_id, "copy.txt", data, read("copy.txt", data))
    assert later.draft is None
    assert later.there.transcript_id == took.transcript_id
    assert "in the study already, as “Talk”" in later.told
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_the_file_of_a_later_version_is_there_already_too(session):
    study_id = study_of(session)
    took = ingest(session, study_id, read("a.txt", TALK.encode()), key=content_key(TALK.encode()))
    later = TALK.replace("hour", "morning").encode()
    session.add(
        TranscriptVersion(
            transcript_id=took.transcript_id,
            number=2,
            text="x",
            text_sha256="x",
            file_sha256=content_key(later),
        )
    )
    session.flush()
    added = add_draft(session, study_id, "b.txt", later, read("b.txt", later))
    assert added.draft is None
    assert added.there.transcript_id == took.transcript_id


def test_a_draft_of_another_study_is_not_there(session):
    draft = drafted(session)
    other = begin_study(session, "Another").id
    with pytest.raises(NotFound):
        find_draft(session, other, draft.id)
    with pytest.raises(NotFound):
        accept(session, other, draft.id)
    theirs = ingest(session, other, read("a.txt", b"P1: Other words."), key="k").transcript_id
    with pytest.raises(NotFound):
        say(session, draft, changed(draft, corrects=theirs))


def test_a_place_outside_the_text_is_refused(session):
    draft = drafted(session)
    with pytest.raises(Unfit, match="not in the text"):
        say(session, draft, changed(draft, off_record=((0, len(TALK) + 1),)))


def test_a_survey_read_anew_forgets_the_places_of_its_old_text(session):
    data = b"Ref,Helped,Hindered\nR1,The hour at home helped,Nothing at all really\n"
    draft = add_draft(session, study_of(session), "s.csv", data, read("s.csv", data)).draft
    say(session, draft, changed(draft, off_record=((0, 4),)))
    columns = SurveyColumns("Ref", (), ("Helped",))
    read_again(session, draft, read("s.csv", data, survey=columns))
    seen = look(session, draft)
    assert seen.said.off_record == ()
    assert (seen.columns, seen.survey) == (("Ref", "Helped", "Hindered"), columns)
    assert "Nothing at all" not in reading_of(draft).text


def test_a_draft_put_aside_leaves_no_word_in_the_store(store, settings):
    with store.writing() as session:
        draft = drafted(session, words=TALK.replace("caseloads", "zygomorphic"))
        study_id, draft_id = draft.study_id, draft.id
        say(session, draft, changed(draft, name="Xylophonic"))
    with store.writing() as session:
        put_aside(session, find_draft(session, study_id, draft_id))
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    left = b"".join(file.read_bytes() for file in settings.data.glob("greenshoots.sqlite*"))
    assert b"zygomorphic" not in left
    assert b"Xylophonic" not in left


def test_drafts_that_wait_long_are_counted(session):
    draft = drafted(session)
    drafted(session, "other.txt", TALK + "More.", study_id=draft.study_id)
    draft.created_at = now() - LONG_AFTER - timedelta(hours=1)
    session.flush()
    told = waiting(session, draft.study_id)
    assert (told.drafts, told.since_long) == (2, 1)


def test_a_row_of_the_list_tells_enough_to_choose(session):
    draft = drafted(session)
    (row,) = drafts_of(session, draft.study_id)
    assert (row.file_name, row.title, row.kind, row.speakers, row.minutes) == (
        "talk.txt", "Talk", "focus group", 5, 3,
    )  # fmt: skip
    assert (row.words, row.left_out_words) == (65, 5)
