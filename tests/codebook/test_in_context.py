"""A passage in its surroundings, and what is proposed for it."""

import pytest

from capture.errors import NotFound
from capture.models import Code, Passage, Suggestion, Transcript, TranscriptVersion
from capture.store import Store
from codebook.in_context import ELLIPSIS, first_words, in_context, last_words
from codebook.proposals import code_cards, proposals
from tests.builders import SAID, build_study


def test_a_passage_is_lit_between_the_turn_before_and_the_turn_after(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        found = in_context(session, built.study_id, built.passage_ids[3])
        assert [turn.speaker for turn in found.turns] == ["P2", "P1", "P3"]
        assert [turn.lit for turn in found.turns] == ["", SAID[3][1], ""]
        assert found.turns[1].role == "Family practitioner"
        assert found.turns[0].before == SAID[2][1]
        # P3 withdrew: that they spoke is seen, what they said is not.
        assert (found.turns[2].before, found.turns[2].after) == ("(withdrawn)", "")


def test_in_a_survey_nobody_elses_answer_stands_around_a_passage(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        session.get_one(Transcript, built.transcript_ids[0]).kind = "survey"
        session.flush()
        found = in_context(session, built.study_id, built.passage_ids[2])
        assert [turn.speaker for turn in found.turns] == ["P2"]


def test_a_passage_over_two_turns_is_lit_in_both(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        first = session.get_one(Passage, built.passage_ids[1])
        second = session.get_one(Passage, built.passage_ids[2])
        exchange = Passage(
            version_id=first.version_id, start=first.start + 3, end=second.end, origin="person"
        )
        session.add(exchange)
        session.flush()
        found = in_context(session, built.study_id, exchange.id)
        assert [turn.before for turn in found.turns][1] == SAID[1][1][:3]
        assert [bool(turn.lit) for turn in found.turns] == [False, True, True, False]
        text = session.get_one(TranscriptVersion, first.version_id).text
        assert all(turn.lit in text for turn in found.turns)


def test_a_passage_of_another_study_is_not_found(store: Store) -> None:
    with store.writing() as session:
        here, there = build_study(session, "Here"), build_study(session, "There")
        with pytest.raises(NotFound):
            in_context(session, here.study_id, there.passage_ids[1])


def test_long_neighbours_are_cut_between_words_and_say_so() -> None:
    assert last_words("one two three", 8) == f"{ELLIPSIS} three"
    assert first_words("one two three", 9) == f"one two {ELLIPSIS}"
    assert first_words("one two", 9) == last_words("one two", 9) == "one two"


def test_a_code_suggested_twice_is_proposed_once_with_both_sources(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        passage_id, code_id = built.passage_ids[1], built.codes["time-and-caseloads"]
        session.add(
            Suggestion(
                passage_id=passage_id,
                code_id=code_id,
                score=0.9,
                source="candidate theme",
                model="test",
                codebook_version=1,
                candidate_id=built.candidate_ids[0],
            )
        )
        session.flush()
        (one,) = proposals(session, passage_id)
        assert [s.kind for s in one.sources] == ["candidate theme", "codebook"]
        assert one.sources[0].theme == "time with families"
        assert one.shown() == {"code": code_id, "score": 0.9, "source": "candidate theme"}


def test_a_retired_code_is_proposed_no_more_but_keeps_its_card(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        code_id = built.codes["time-and-caseloads"]
        session.get_one(Code, code_id).retired = True
        session.flush()
        assert proposals(session, built.passage_ids[1]) == []
        card = code_cards(session, built.study_id)[code_id]
        assert (card.open, card.takes_stance, card.facet) == (False, True, "Conditions")
