"""Whatever is said of a draft, in whatever order: no word of its file is lost by accepting it."""

from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.draft.accepting import accept
from capture.draft.clearing import cleared
from capture.draft.drafts import add_draft, reading_of, said_now, said_of, say
from capture.draft.look import look
from capture.errors import Unfit
from capture.models import Appearance, Passage, Replacement, Transcript, TranscriptVersion, Turn
from capture.studies import begin_study
from transcripts.accounts import words_accounted
from transcripts.manifest_entries import SpeakerEntry
from transcripts.readers import read

TALK = """Second group, with Deborah Quill

[00:00:05] Facilitator: What has changed since the spring, if anything?
[00:00:20] P2: Deborah Quill 😀 rang me herself. Her number is 07700 900123, if you want it.
[00:02:00] PRACTITIONER TWO: Turn that off for a moment. He is leaving Deborah. Back on now.
[00:03:00] Tobias Fenn: The caseloads crept up, and nobody said so. Tobias is my name.
[00:04:00] DEBORAH QUILL: That is so, Tobias Fenn, and it was in October.
"""
LABELS = ["Facilitator", "P2", "PRACTITIONER TWO", "Tobias Fenn", "DEBORAH QUILL"]

places = st.tuples(st.integers(0, len(TALK) - 1), st.integers(1, 60)).map(
    lambda one: (one[0], min(one[0] + one[1], len(TALK)))
)
labels = st.sampled_from(LABELS)
rows = st.builds(
    SpeakerEntry,
    participant=st.sampled_from([None, "Ash", "Robin"]),
    role=st.sampled_from([None, "worker", "friend of Deborah Quill"]),
    scope=st.sampled_from([None, "quote with role", "withdrawn"]),
    audience=st.sampled_from([None, "public"]),
    facilitator=st.sampled_from([None, True, False]),
    same_as=st.one_of(st.none(), labels),
)
steps = st.one_of(
    st.tuples(st.just("off the record"), st.lists(places, max_size=3)),
    st.tuples(st.just("speaker"), st.tuples(labels, rows)),
    st.tuples(st.just("decide"), st.tuples(st.integers(0, 9), st.booleans(), st.booleans())),
    st.tuples(st.just("everyone"), rows.map(lambda row: replace(row, same_as=None))),
    st.tuples(st.just("name"), st.sampled_from(["The talk", "Deborah Quill's talk"])),
)


def told(said, step):
    """What is said after one more step of a researcher's."""
    what, value = step
    if what == "off the record":
        return replace(said, off_record=tuple(value))
    if what == "speaker":
        return replace(said, speakers={**said.speakers, value[0]: value[1]})
    if what == "everyone":
        return replace(said, everyone=value)
    if what == "name":
        return replace(said, name=value)
    at, accepted, otherwise = value
    finds = list(said.finds)
    if finds:
        one = finds[at % len(finds)]
        instead = "[somebody]" if otherwise else one.instead
        finds[at % len(finds)] = replace(one, accepted=accepted, instead=instead)
    return replace(said, finds=tuple(finds))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, max_size=8))
def test_any_sequence_of_words_about_a_draft_keeps_every_word_accounted_for(store, said_in_order):
    with Session(store.engine) as session:
        draft = drafted(session)
        before = reading_of(draft).text
        for step in said_in_order:
            with suppress(Unfit):  # speakers who are one may have been said to be two
                say(session, draft, told(said_of(draft), step))
        say(session, draft, replace(said_of(draft), leave_rest=True))
        assert look(session, draft).unaccounted == 0
        clean = cleared(reading_of(draft), said_now(session, draft, reading_of(draft)))
        accept(session, draft.study_id, draft.id)
        check_stored(session, before, clean.reading)
        session.rollback()


def drafted(session):
    study_id = begin_study(session, "A study").id
    data = TALK.encode()
    return add_draft(session, study_id, "talk.txt", data, read("talk.txt", data)).draft


def check_stored(session, before, reading):
    """The log put back gives the file's words again; turns and segments are those of the text."""
    (version,) = session.scalars(select(TranscriptVersion))
    assert version.text == reading.text
    in_text, accounted = words_accounted(reading)
    assert in_text == accounted
    log = session.scalars(select(Replacement).order_by(Replacement.start.desc())).all()
    again = version.text
    for one in log:
        assert again[one.start : one.end] == one.instead
        again = again[: one.start] + one.original + again[one.end :]
    assert again == before
    turns = session.scalars(select(Turn).order_by(Turn.position)).all()
    assert [(t.start, t.end) for t in turns] == [(t.start, t.end) for t in reading.turns]
    spoken = "".join("".join(version.text[t.start : t.end].split()) for t in turns)
    cut = session.scalars(select(Passage).order_by(Passage.start))
    assert "".join("".join(version.text[p.start : p.end].split()) for p in cut) == spoken
    named = {row.label for row in session.scalars(select(Appearance))}
    gone = {one.original for one in log if one.kind == "person"}
    assert not named & gone
    assert not gone & {session.scalars(select(Transcript.name)).one()}
