import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.errors import Conflict, NotFound, Unfit
from capture.models import Decision, Quote, Theme, ThemeCandidate, ThemeCode, ThemePassage
from capture.store import Store
from codebook.theme_grounds import (
    candidates_to_rest_on,
    rest_on_candidate,
    rest_on_code,
    stand_passage,
    take_off_candidate,
    take_off_code,
    take_off_passage,
)
from codebook.themes import ThemeSaid, create_theme, delete_theme, edit_theme, move_theme, themes_of
from tests.builders import Built, build_study
from tests.codebook.bank_study import HOUR, ROOM, choose, confirm


def begun(session: Session, built: Built, name: str = "Time with families") -> Theme:
    said = ThemeSaid(name, "Time changes the talk.")
    return create_theme(session, built.study_id, said, user_id=built.users["researcher"])


def test_a_theme_is_kept_with_what_was_said_of_it(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        theme = begun(session, built, "  Time   with families ")
        said = ThemeSaid("Time", "A claim\nin one line.", "Two teams\r\nsaid otherwise. ")
        edit_theme(session, built.study_id, theme.id, said)
    with store.reading() as session:
        kept = session.get_one(Theme, theme.id)
        assert (kept.name, kept.claim) == ("Time", "A claim in one line.")
        assert kept.counter_evidence == "Two teams\nsaid otherwise."
        assert kept.created_by == built.users["researcher"]


def test_two_themes_of_one_name_are_refused_in_a_sentence(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        begun(session, built)
        other = begun(session, built, "Who holds the risk")
        with pytest.raises(Conflict, match="“Time with families” already"):
            begun(session, built, "time with FAMILIES")
        with pytest.raises(Conflict):
            edit_theme(session, built.study_id, other.id, ThemeSaid("Time with families"))
        edit_theme(session, built.study_id, other.id, ThemeSaid("who holds the risk"))


def test_two_studies_may_have_a_theme_of_one_name(store: Store) -> None:
    with store.writing() as session:
        begun(session, build_study(session))
        begun(session, build_study(session, "Elsewhere"))


@pytest.mark.parametrize("said", [ThemeSaid(" "), ThemeSaid("n" * 121), ThemeSaid("n", "c" * 401)])
def test_a_theme_without_a_name_or_with_a_speech_for_a_claim_is_refused(
    store: Store, said: ThemeSaid
) -> None:
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Unfit):
            create_theme(session, built.study_id, said, user_id=built.users["researcher"])


def test_themes_move_one_place_at_a_time_and_stop_at_the_ends(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        first, _second, third = (begun(session, built, name) for name in ("A", "B", "C"))
        move_theme(session, built.study_id, third.id, up=True)
        move_theme(session, built.study_id, first.id, up=True)
        assert [theme.name for theme in themes_of(session, built.study_id)] == ["A", "C", "B"]
        move_theme(session, built.study_id, first.id, up=False)
        assert [theme.name for theme in themes_of(session, built.study_id)] == ["C", "A", "B"]


def test_deleting_a_theme_loses_no_quote_and_no_coding(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, HOUR, "relational")
        choose(session, built, HOUR)
        theme = begun(session, built)
        rest_on_code(session, built.study_id, theme.id, built.codes["relational"])
        rest_on_candidate(session, built.study_id, theme.id, built.candidate_ids[0])
        stand_passage(session, built.study_id, theme.id, built.passage_ids[HOUR])
        assert delete_theme(session, built.study_id, theme.id) == "Time with families"
    with store.reading() as session:
        for gone in (Theme, ThemeCode, ThemeCandidate, ThemePassage):
            assert session.scalar(select(func.count()).select_from(gone)) == 0
        for stays in (Quote, Decision):
            assert session.scalar(select(func.count()).select_from(stays)) == 1


def test_what_a_theme_rests_on_is_laid_once_and_can_be_taken_off(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        study_id, theme_id = built.study_id, begun(session, built).id
        code_id, candidate_id = built.codes["relational"], built.candidate_ids[0]
        for _ in range(2):
            assert rest_on_code(session, study_id, theme_id, code_id) == "Relational"
            rest_on_candidate(session, study_id, theme_id, candidate_id)
            stand_passage(session, study_id, theme_id, built.passage_ids[HOUR], against=True)
        assert session.scalars(select(ThemePassage.against)).all() == [True]
        for _ in range(2):
            take_off_code(session, study_id, theme_id, code_id)
            take_off_candidate(session, study_id, theme_id, candidate_id)
            take_off_passage(session, study_id, theme_id, built.passage_ids[HOUR])
        for gone in (ThemeCode, ThemeCandidate, ThemePassage):
            assert session.scalar(select(func.count()).select_from(gone)) == 0


def test_a_theme_rests_on_nothing_of_another_study(store: Store) -> None:
    with store.writing() as session:
        built, other = build_study(session), build_study(session, "Elsewhere")
        theme_id = begun(session, built).id
        with pytest.raises(NotFound):
            rest_on_code(session, built.study_id, theme_id, other.codes["relational"])
        with pytest.raises(NotFound):
            rest_on_candidate(session, built.study_id, theme_id, other.candidate_ids[0])
        with pytest.raises(NotFound):
            stand_passage(session, built.study_id, theme_id, other.passage_ids[HOUR])
        with pytest.raises(NotFound):
            rest_on_code(session, other.study_id, theme_id, other.codes["relational"])


def test_words_that_may_not_be_quoted_are_refused_without_saying_why(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        theme_id = begun(session, built).id
        with pytest.raises(NotFound) as refused:
            stand_passage(session, built.study_id, theme_id, built.passage_ids[ROOM])
        assert "withdrawn" not in str(refused.value)


def test_dismissed_candidates_are_not_offered(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        first, second = candidates_to_rest_on(session, built.study_id)
        first.state = "dismissed"
        session.flush()
        assert candidates_to_rest_on(session, built.study_id) == [second]
