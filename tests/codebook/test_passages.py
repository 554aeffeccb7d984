import pytest
from sqlalchemy import func, select

from capture.errors import Conflict, NotFound, Unfit
from capture.models import Appearance, Decision, Passage, Quote, Transcript, TranscriptVersion
from capture.store import Store
from codebook.codings import codings
from codebook.passages import (
    Selection,
    choose_quote,
    code_passage,
    mark_passage,
    take_back_quote,
    undo_here,
)
from tests.builders import SAID, Built, build_study


def text_of(session, transcript_id):
    asked = select(TranscriptVersion.text).where(TranscriptVersion.transcript_id == transcript_id)
    return session.scalars(asked).one()


def select_words(session, built: Built, words: str) -> Selection:
    transcript_id = built.transcript_ids[0]
    start = text_of(session, transcript_id).index(words)
    return Selection(transcript_id, 1, start, start + len(words))


def mark(session, built: Built, words: str) -> Passage:
    selection = select_words(session, built, words)
    return mark_passage(session, built.study_id, selection, user_id=built.users["coder"])


def quote(session, built: Built, passage_id: int) -> Quote:
    coder = built.users["coder"]
    return choose_quote(session, study_id=built.study_id, user_id=coder, passage_id=passage_id)


def code(session, built: Built, passage_id: int, key: str, stance: str | None = None):
    return code_passage(
        session,
        study_id=built.study_id,
        user_id=built.users["coder"],
        passage_id=passage_id,
        code_id=built.codes[key],
        stance=stance,
    )


@pytest.mark.parametrize(
    "words", ["😀 she rang", "True — but", "whole hour with mum", "nobody said so."]
)
def test_a_marked_passage_is_exactly_the_words(store: Store, words):
    with store.writing() as session:
        built = build_study(session)
        passage = mark(session, built, words)
        stored = text_of(session, built.transcript_ids[0])[passage.start : passage.end]
    assert stored == words
    assert passage.origin == "person"
    assert passage.created_by == built.users["coder"]


def test_white_space_around_a_selection_is_no_part_of_the_passage(store: Store):
    with store.writing() as session:
        built = build_study(session)
        loose = mark(session, built, " a whole hour ")
        tight = mark(session, built, "a whole hour")
    assert loose.id == tight.id


def test_a_selection_of_a_whole_segment_is_that_segment(store: Store):
    with store.writing() as session:
        built = build_study(session)
        assert mark(session, built, SAID[1][1]).id == built.passage_ids[1]


def test_an_exchange_may_cross_turns_and_passages_may_overlap(store: Store):
    with store.writing() as session:
        built = build_study(session)
        exchange = mark(session, built, "with mum at the table.\n\nP2: Well, for us")
        over = mark(session, built, "mum at the table.")
        assert exchange.start < over.start < over.end < exchange.end
        code(session, built, exchange.id, "relational")
        code(session, built, over.id, "relational")
        found = codings(session, built.study_id)
    assert {one.passage_id for one in found} == {exchange.id, over.id}


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (5, 5, "No words were selected"),
        (-1, 5, "outside the text"),
        (5, 1_000_000, "outside the text"),
        (9, 5, "outside the text"),
        (0, 11, "Nobody says anything"),
    ],
)
def test_an_empty_or_impossible_selection_is_refused_in_a_sentence(store: Store, start, end, said):
    with store.writing() as session:
        built = build_study(session)
        before = session.scalar(select(func.count()).select_from(Passage))
        selection = Selection(built.transcript_ids[0], 1, start, end)
        with pytest.raises(Unfit, match=said):
            mark_passage(session, built.study_id, selection, user_id=built.users["coder"])
        assert session.scalar(select(func.count()).select_from(Passage)) == before


def test_a_selection_in_a_text_since_corrected_is_refused(store: Store):
    with store.writing() as session:
        built = build_study(session)
        selection = Selection(built.transcript_ids[0], 2, 20, 30)
        with pytest.raises(Conflict, match="version 1 now"):
            mark_passage(session, built.study_id, selection, user_id=built.users["coder"])


def test_coding_a_selection_records_one_decision_and_no_review(store: Store):
    with store.writing() as session:
        built = build_study(session)
        passage = mark(session, built, "caseloads crept up")
        code(session, built, passage.id, "time-and-caseloads", "barrier")
    with store.reading() as session:
        decision = session.scalars(select(Decision)).one()
        assert (decision.passage_id, decision.verdict) == (passage.id, "confirm")
        assert decision.stance == "barrier"
        (coding,) = codings(session, built.study_id)
    assert coding.state == "stands"


def test_words_of_those_who_agreed_can_be_chosen_and_taken_back(store: Store):
    with store.writing() as session:
        built = build_study(session)
        passage = mark(session, built, "a whole hour with mum")
        first = quote(session, built, passage.id)
        assert quote(session, built, passage.id).id == first.id
        take_back_quote(session, study_id=built.study_id, passage_id=passage.id)
        assert session.scalars(select(Quote)).all() == []
        with pytest.raises(NotFound):
            take_back_quote(session, study_id=built.study_id, passage_id=passage.id)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("What has changed for you", "Facilitator asks here"),
        ("stayed in the room", "P3 has withdrawn"),
        ("before.\n\nP3: I would rather", "P3 has withdrawn"),
        ("if anything?\n\nP1: We used", "Facilitator asks here"),
    ],
)
def test_words_that_may_not_be_quoted_are_refused_with_the_reason(store: Store, words, reason):
    with store.writing() as session:
        built = build_study(session)
        passage = mark(session, built, words)
        code(session, built, passage.id, "relational")
        with pytest.raises(Unfit, match=reason) as refused:
            quote(session, built, passage.id)
        assert refused.value.way_out
        assert session.scalars(select(Quote)).all() == []


def test_words_for_analysis_only_can_be_coded_but_not_quoted(store: Store):
    with store.writing() as session:
        built = build_study(session)
        for row in session.scalars(select(Appearance).where(Appearance.label == "P1")):
            row.scope = "analysis only"
        session.flush()
        with pytest.raises(Unfit, match="P1's words are for analysis only"):
            quote(session, built, built.passage_ids[1])


def test_an_exchange_that_would_name_its_speakers_is_refused_like_in_the_bank(store: Store):
    with store.writing() as session:
        built = build_study(session)
        exchange = mark(session, built, "nobody said so.\n\nP1: True")
        with pytest.raises(Unfit, match="Select one person's words"):
            quote(session, built, exchange.id)


def test_notes_are_never_quotes(store: Store):
    with store.writing() as session:
        built = build_study(session)
        session.get_one(Transcript, built.transcript_ids[0]).record = "notes"
        session.flush()
        with pytest.raises(Unfit, match="is notes"):
            quote(session, built, built.passage_ids[1])


def test_undo_takes_back_what_was_done_here_and_nothing_done_elsewhere(store: Store):
    with store.writing() as session:
        built = build_study(session)
        here, elsewhere = built.transcript_ids
        coder = built.users["coder"]

        def undo(transcript_id):
            return undo_here(
                session, study_id=built.study_id, user_id=coder, transcript_id=transcript_id
            )

        with pytest.raises(Conflict, match="nothing of yours"):
            undo(here)
        code(session, built, built.passage_ids[1], "relational")
        with pytest.raises(Conflict, match="was made in “Focus group 1”, not here"):
            undo(elsewhere)
        assert undo(here).passage_id == built.passage_ids[1]
        assert codings(session, built.study_id) == []


def test_a_passage_of_another_study_is_not_found(store: Store):
    with store.writing() as session:
        one = build_study(session)
        other = build_study(session, "Another study")
        with pytest.raises(NotFound):
            quote(session, one, other.passage_ids[1])
        with pytest.raises(NotFound):
            code(session, one, other.passage_ids[1], "relational")
