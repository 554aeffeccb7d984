"""Taking a draft in: what of it is stored, what is cut out, and who becomes one speaker."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from capture.draft.accepting import accept
from capture.draft.clearing import cleared
from capture.draft.drafts import (
    find_draft,
    said_of,
    say,
)
from capture.draft.look import drafts_of, look
from capture.draft.said import DraftSaid, FindSaid
from capture.errors import NotFound, Unfit
from capture.models import (
    Appearance,
    Draft,
    Participant,
    Passage,
    RegisterEntry,
    Replacement,
    Segment,
    Transcript,
    Turn,
)
from tests.capture.drafted import (
    OFF,
    TALK,
    accept_as_is,
    changed,
    decided,
    drafted,
    stored,
    where,
)
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedManifest
from transcripts.manifest_entries import SpeakerEntry
from transcripts.readers import read


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


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


def test_a_label_of_another_group_is_shown_with_its_participant_and_stays_another_person(session):
    first = drafted(session, "first.txt", TALK.replace("spring", "summer"))
    speakers = {"Practitioner 1": SpeakerEntry(participant="Robin", role="Health visitor")}
    accept_as_is(session, first, speakers=speakers)
    second = drafted(session, study_id=first.study_id)
    say(session, second, changed(second, corrects=None))
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


def test_the_same_name_gets_the_same_brackets_in_the_next_file(session):
    first = drafted(session, "first.txt", TALK.replace("spring", "summer"))
    say(session, first, decided(said_of(first)))
    second = drafted(session, study_id=first.study_id)
    accept(session, first.study_id, first.id)
    log = {row.original: row.instead for row in session.scalars(select(Replacement))}
    finds = {TALK[one.start : one.end]: one.instead for one in look(session, second).finds}
    assert finds["Deborah Quill"] == log["Deborah Quill"]


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


def test_accepting_forgets_the_draft(session):
    draft = drafted(session)
    took = accept_as_is(session, draft)
    assert took.added
    assert took.words > 50
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    with pytest.raises(NotFound):
        find_draft(session, draft.study_id, draft.id)


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


def test_the_role_of_everyone_is_not_given_to_whoever_asks(session):
    rows = "talk.txt,,,,,practitioner,,,\ntalk.txt,,Facilitator,,,,quote with role,,\n"
    draft = drafted(session, rows=rows)
    accept_as_is(session, draft)
    _, people = stored(session, draft.study_id)
    assert {label: row.role for label, row in people.items()} == {
        "Facilitator": None,
        "Practitioner 1": "practitioner",
        "P2": "practitioner",
        "PRACTITIONER TWO": "practitioner",
        "P3": "practitioner",
    }


def test_whoever_asks_has_the_role_that_was_said_of_them(session):
    rows = "talk.txt,,,,,practitioner,,,\ntalk.txt,,Facilitator,,,researcher,,,\n"
    draft = drafted(session, rows=rows)
    accept_as_is(session, draft)
    _, people = stored(session, draft.study_id)
    assert people["Facilitator"].role == "researcher"
