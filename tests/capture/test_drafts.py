"""Looking before storing: what a draft shows, what can be said of it, and what accepting stores."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from capture.accepting import accept
from capture.clearing import cleared
from capture.draft_look import drafts_of, look
from capture.draft_said import DraftSaid, FindSaid
from capture.drafts import (
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
from capture.errors import NotFound, Unfit
from capture.ingest import content_key, ingest
from capture.models import (
    Appearance,
    Draft,
    Participant,
    Passage,
    RegisterEntry,
    Replacement,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
)
from capture.models.base import now
from capture.studies import begin_study
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedManifest
from transcripts.manifest import read_manifest
from transcripts.manifest_entries import SpeakerEntry
from transcripts.readers import read
from transcripts.survey import SurveyColumns

TALK = """Second group at Harrow Lane

[00:00:05] Facilitator: What has changed since the spring, if anything?

[00:00:20] Practitioner 1: We used to knock, tick the box and go. Now I get a whole hour with mum.

[00:01:10] P2: Deborah Quill rang me herself. Her number is 07700 900123, if you want it.

[00:02:00] PRACTITIONER TWO: Turn that off for a moment. He is leaving her in June. Back on now.

[00:03:00] P3: The caseloads crept up, and nobody said so until the autumn.
"""
HEAD = "file,kind,speaker,same_as,participant,role,scope,audience,off_record\n"


def study_of(session):
    return begin_study(session, "A study").id


def drafted(session, name="talk.txt", words=TALK, *, rows="", study_id=None):
    """A draft of a text file, prefilled from manifest rows."""
    study_id = study_id or study_of(session)
    manifest = read_manifest("people.csv", (HEAD + rows).encode())
    data = words.encode()
    entry = manifest.rows_for(name)
    return add_draft(session, study_id, name, data, read(name, data), entry=entry).draft


def changed(draft, **more):
    return replace(said_of(draft), **more)


def decided(said, *refused):
    """Every find accepted as it was proposed, but for those kinds."""
    finds = tuple(replace(one, accepted=one.kind not in refused) for one in said.finds)
    return replace(said, finds=finds)


def where(words, sought):
    start = words.index(sought)
    return start, start + len(sought)


def stored(session, study_id):
    """The text of the study's one transcript, and who spoke by label."""
    version = session.scalars(
        select(TranscriptVersion).join(Transcript).where(Transcript.study_id == study_id)
    ).one()
    rows = session.scalars(select(Appearance).order_by(Appearance.id))
    return version.text, {row.label: row for row in rows}


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


def accept_as_is(session, draft, **more):
    say(session, draft, changed(draft, leave_rest=True, **more))
    return accept(session, draft.study_id, draft.id)


def test_what_was_said_to_be_one_is_no_longer_proposed_and_becomes_one_appearance(session):
    draft = drafted(session)
    speakers = {"P2": SpeakerEntry(same_as="PRACTITIONER TWO", role="Social worker")}
    say(session, draft, changed(draft, speakers=speakers, leave_rest=True))
    assert look(session, draft).merges == ()
    assert look(session, draft).kind_because.startswith("Three people")
    accept(session, draft.study_id, draft.id)
    _, people = stored(session, draft.study_id)
    assert people["P2"].also_called == ["PRACTITIONER TWO"]
    assert people["P2"].role == "Social worker"
    assert "PRACTITIONER TWO" not in people
    spoke = session.scalars(select(Turn.appearance_id).order_by(Turn.position)).all()
    assert spoke[2] == spoke[3] == people["P2"].id


def test_labels_of_one_participant_become_one_appearance(session):
    draft = drafted(session)
    speakers = {
        "P2": SpeakerEntry(participant="Ash", scope="quote with role"),
        "PRACTITIONER TWO": SpeakerEntry(participant="Ash", role="Social worker"),
    }
    accept_as_is(session, draft, speakers=speakers)
    _, people = stored(session, draft.study_id)
    assert (people["P2"].role, people["P2"].scope) == ("Social worker", "quote with role")
    assert session.scalars(select(Participant.pseudonym)).all() == ["Ash"]


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


def test_a_label_of_another_group_is_shown_with_its_participant_and_stays_another_person(session):
    first = drafted(session, "first.txt", TALK.replace("spring", "summer"))
    speakers = {"Practitioner 1": SpeakerEntry(participant="Robin", role="Health visitor")}
    accept_as_is(session, first, speakers=speakers)
    second = drafted(session, study_id=first.study_id)
    speaker = next(s for s in look(session, second).speakers if s.label == "Practitioner 1")
    there = [(one.transcript, one.participant, one.role) for one in speaker.elsewhere]
    assert there == [("First", "Robin", "Health visitor")]
    accept_as_is(session, second)
    mapped = session.scalars(
        select(Appearance.participant_id).where(Appearance.label == "Practitioner 1")
    ).all()
    assert mapped.count(None) == 1


def test_what_a_session_agreed_holds_for_all_but_its_exceptions(session):
    rows = (
        "talk.txt,,,,,practitioner,quote with role,public,\n"
        "talk.txt,,P3,,,,analysis only,inside the programme,\n"
    )
    draft = drafted(session, rows=rows)
    accept_as_is(session, draft)
    _, people = stored(session, draft.study_id)
    agreed = {label: (row.scope, row.audience, row.role) for label, row in people.items()}
    assert agreed["P2"] == ("quote with role", "public", "practitioner")
    assert agreed["P3"] == ("analysis only", "inside the programme", "practitioner")


def test_without_a_word_nothing_may_be_quoted_or_leave_the_programme(session):
    draft = drafted(session)
    accept_as_is(session, draft)
    _, people = stored(session, draft.study_id)
    assert {row.scope for row in people.values()} == {"analysis only"}
    assert {row.audience for row in people.values()} == {"inside the programme"}


def test_names_and_numbers_wait_for_a_decision_before_a_file_is_taken_in(session):
    draft = drafted(session)
    kinds = {one.kind for one in look(session, draft).finds}
    assert {"person", "phone number"} <= kinds
    with pytest.raises(Unfit, match=r"talk.txt: \d+ possible names and numbers are not decided"):
        accept(session, draft.study_id, draft.id)
    assert session.scalar(select(func.count()).select_from(Transcript)) == 0
    assert drafts_of(session, draft.study_id)[0].undecided == len(look(session, draft).finds)


def test_accepted_finds_leave_the_text_for_the_log_and_refused_ones_stay(session):
    draft = drafted(session)
    say(session, draft, decided(said_of(draft), "place", "organisation", "name"))
    accept(session, draft.study_id, draft.id)
    words, _ = stored(session, draft.study_id)
    assert "07700" not in words
    assert "Deborah" not in words
    assert "[phone number]" in words
    log = {row.original: row.instead for row in session.scalars(select(Replacement))}
    assert log["07700 900123"] == "[phone number]"
    assert log["Deborah Quill"] in words
    assert session.scalars(select(RegisterEntry.name)).all() == ["Deborah Quill"]


def test_a_changed_replacement_stands_in_brackets(session):
    draft = drafted(session)
    said = decided(said_of(draft))
    finds = tuple(
        replace(one, instead="the grandmother") if one.kind == "person" else one
        for one in said.finds
    )
    say(session, draft, replace(said, finds=finds))
    accept(session, draft.study_id, draft.id)
    assert "[the grandmother] rang me herself" in stored(session, draft.study_id)[0]


def test_a_find_that_stays_needs_no_replacement_and_one_that_goes_does(session):
    draft = drafted(session)
    one = said_of(draft).finds[0]
    say(session, draft, changed(draft, finds=(replace(one, instead="", accepted=False),)))
    with pytest.raises(Unfit, match="Nothing is said to stand in a name's place"):
        say(session, draft, changed(draft, finds=(replace(one, instead=" [] ", accepted=True),)))


def test_the_same_name_gets_the_same_brackets_in_the_next_file(session):
    first = drafted(session, "first.txt", TALK.replace("spring", "summer"))
    say(session, first, decided(said_of(first)))
    second = drafted(session, study_id=first.study_id)
    accept(session, first.study_id, first.id)
    log = {row.original: row.instead for row in session.scalars(select(Replacement))}
    finds = {TALK[one.start : one.end]: one.instead for one in look(session, second).finds}
    assert finds["Deborah Quill"] == log["Deborah Quill"]


OFF = "Turn that off for a moment. He is leaving her in June. Back on now."


def test_a_stretch_off_the_record_leaves_the_text_and_its_mark_is_never_looked_at(session):
    draft = drafted(session)
    accept_as_is(session, draft, off_record=(where(TALK, OFF),))
    words, _ = stored(session, draft.study_id)
    assert "leaving her" not in words
    assert "PRACTITIONER TWO: [off the record]" in words
    kept_out = dict(
        session.execute(
            select(Passage.start, Segment.kept_out).join(Segment, Segment.passage_id == Passage.id)
        ).all()
    )
    assert kept_out[words.index("[off the record]")] == "off the record"
    assert [row.original for row in session.scalars(select(Replacement))] == [OFF]


def test_nobody_is_asked_about_a_name_that_goes_off_the_record_anyway(session):
    draft = drafted(session)
    said = said_of(draft)
    assert "phone number" in {one.kind for one in said.finds}
    stretch = where(TALK, "Her number is 07700 900123")
    say(session, draft, replace(said, off_record=(stretch,)))
    assert "phone number" not in {one.kind for one in look(session, draft).finds}
    say(session, draft, replace(said_of(draft), off_record=()))
    assert "phone number" in {one.kind for one in look(session, draft).finds}


def test_a_stretch_over_several_turns_keeps_every_turn_and_no_segment_crosses_it(session):
    draft = drafted(session)
    start = TALK.index("Now I get")
    accept_as_is(session, draft, off_record=((start, TALK.index("The caseloads")),))
    words, _ = stored(session, draft.study_id)
    said = [words[turn.start : turn.end] for turn in session.scalars(select(Turn))]
    assert said[1:4] == [
        "We used to knock, tick the box and go. [off the record]",
        "[off the record]",
        "[off the record]",
    ]
    cut = [words[one.start : one.end] for one in session.scalars(select(Passage))]
    assert "We used to knock, tick the box and go." in cut


def test_a_manifest_puts_a_stretch_off_the_record_and_is_refused_where_it_is_not_found(session):
    rows = 'talk.txt,,,,,,,,"turn that off … back on now | 00:03:00-00:04:00"\n'
    draft = drafted(session, rows=rows)
    accept_as_is(session, draft)
    words, _ = stored(session, draft.study_id)
    assert words.count("[off the record]") == 2
    assert "caseloads" not in words
    with pytest.raises(RefusedManifest) as refused:
        drafted(session, "other.txt", TALK + "More.", rows="other.txt,,,,,,,,not there … at all\n")
    assert refused.value.place == "line 2, column off_record"


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


def test_accepting_forgets_the_draft(session):
    draft = drafted(session)
    took = accept_as_is(session, draft)
    assert took.added
    assert took.words > 50
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    with pytest.raises(NotFound):
        find_draft(session, draft.study_id, draft.id)


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


def test_a_name_that_is_replaced_leaves_labels_title_and_what_was_said_too():
    words = "Mary Okafor: I work at Hill School.\n\nTom: So does MARY.\n\nMARY OKAFOR: Yes, I do.\n"
    reading = read("mary-okafor.txt", words.encode())
    said = DraftSaid(
        name="Mary Okafor on her school",
        speakers={"mary okafor": SpeakerEntry(role="teacher at Hill School")},
        finds=(
            FindSaid(*where(words, "Mary Okafor"), "person", "[teacher 1]", accepted=True),
            FindSaid(*where(words, "Hill School"), "organisation", "[School A]", accepted=True),
        ),
    )
    clean = cleared(reading, said)
    assert "okafor" not in str((clean.reading, clean.entry)).lower()
    assert clean.reading.text.count("[teacher 1]: ") == 2
    assert {turn.speaker for turn in clean.reading.turns} == {"[teacher 1]", "Tom"}
    assert clean.entry.title == "[teacher 1] on her school"
    assert clean.entry.speakers["[teacher 1]"].role == "teacher at [School A]"
    assert clean.reading.name == "teacher 1.txt"
    assert len(set(words_accounted(clean.reading))) == 1
