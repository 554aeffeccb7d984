import pytest

from capture.errors import NotFound
from capture.models import Turn
from capture.store import Store
from capture.transcript_view import load_speakers, load_text, role_shapes, words_by_speaker
from tests.builders import SAID, build_study


def test_every_turn_gives_back_the_words_that_were_said(store: Store):
    with store.writing() as session:
        built = build_study(session)
        read = load_text(session, built.study_id, built.transcript_ids[0])
    text = read.version.text
    assert [(t.speaker.label, text[t.start : t.end]) for t in read.turns if t.speaker] == list(SAID)
    assert [s.passage_id for t in read.turns for s in t.segments] == built.passage_ids[:5]
    assert not read.timed


def test_a_span_loads_only_the_turns_it_touches(store: Store):
    with store.writing() as session:
        built = build_study(session)
        whole = load_text(session, built.study_id, built.transcript_ids[0])
        span = (whole.turns[1].end - 1, whole.turns[2].start + 1)
        part = load_text(session, built.study_id, built.transcript_ids[0], between=span)
    assert part.turns == whole.turns[1:3]


def test_one_speaker_can_be_read_alone(store: Store):
    with store.writing() as session:
        built = build_study(session)
        whole = load_text(session, built.study_id, built.transcript_ids[0])
        p1 = next(s for s in whole.speakers if s.label == "P1")
        alone = load_text(session, built.study_id, built.transcript_ids[0], speaker_id=p1.id)
    assert alone.turns == (whole.turns[1], whole.turns[3])


def test_a_turn_without_a_speaker_is_read_too(store: Store):
    with store.writing() as session:
        built = build_study(session)
        for turn in session.query(Turn).filter_by(position=1):
            turn.appearance_id = None
        session.flush()
        read = load_text(session, built.study_id, built.transcript_ids[0])
    assert read.turns[1].speaker is None


def test_the_same_role_has_the_same_shape_and_facilitators_their_own(store: Store):
    assert role_shapes(["Police", "Teacher", "Police"]) == {"Police": "■", "Teacher": "▲"}
    with store.writing() as session:
        built = build_study(session)
        shapes = {s.label: s.shape for s in load_speakers(session, built.transcript_ids[0])}
    assert shapes["Facilitator"] == "●"
    assert len(set(shapes.values())) == 4


def test_words_are_counted_for_each_speaker(store: Store):
    with store.writing() as session:
        built = build_study(session)
        read = load_text(session, built.study_id, built.transcript_ids[0])
        words = words_by_speaker(session, read.version.id)
    by_label = {s.label: words[s.id] for s in read.speakers}
    assert by_label["P3"] == len(SAID[4][1].split())


def test_a_transcript_of_another_study_is_not_found(store: Store):
    with store.writing() as session:
        one = build_study(session)
        other = build_study(session, "Another study")
        with pytest.raises(NotFound):
            load_text(session, one.study_id, other.transcript_ids[0])
