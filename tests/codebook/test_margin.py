import pytest

from capture.models import Suggestion
from capture.store import Store
from capture.transcript_view import load_text
from codebook.decisions import Verdict, record_act
from codebook.margin import coded_passages, margin
from codebook.passages import choose_quote
from codebook.undo import undo_last
from tests.builders import Built, build_study


def decide(session, built: Built, role: str, passage_id: int, key: str, verdict, stance=None):
    record_act(
        session,
        study_id=built.study_id,
        user_id=built.users[role],
        passage_id=passage_id,
        verdicts=[Verdict(built.codes[key], verdict, stance=stance)],
        outcome=None,
    )


def notes(session, built: Built, reader="coder", between=None):
    version = load_text(session, built.study_id, built.transcript_ids[0]).version
    return margin(session, built.study_id, version.id, built.users[reader], between)


@pytest.mark.parametrize(
    ("source", "score", "shown"),
    [("decisions", 0.9, 0.9), ("decisions", 0.4, 0.81), ("candidate theme", 0.99, 0.81)],
)
def test_a_suggestion_stands_with_the_highest_likelihood_a_source_gives_it(
    store: Store, source: str, score: float, shown: float
):
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, built.passage_ids[1], source, score)
        (note,) = notes(session, built)
    assert (note.mark, note.code, note.score) == ("suggestion", "Time and caseloads", shown)
    assert (note.passage_id, note.facet_key) == (built.passage_ids[1], "conditions")


def test_what_a_theme_suggests_has_no_score_of_its_own_and_comes_first(store: Store):
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, built.passage_ids[1], "candidate theme", 0.2, "leadership")
        suggest(session, built, built.passage_ids[1], "candidate theme", 0.2, "relational")
        suggest(session, built, built.passage_ids[1], "codebook", 0.3, "relational")
        found = [(note.code, note.from_theme, note.score) for note in notes(session, built)]
    assert found == [
        ("Relational", True, 0.3),
        ("Leadership", True, None),
        ("Time and caseloads", False, 0.81),
    ]


def suggest(
    session, built: Built, passage_id: int, source: str, score: float, key="time-and-caseloads"
) -> None:
    session.add(
        Suggestion(
            passage_id=passage_id,
            code_id=built.codes[key],
            score=score,
            source=source,
            model="test",
            codebook_version=1,
        )
    )
    session.flush()


def test_a_coding_takes_the_place_of_its_suggestion_and_says_who_confirmed(store: Store):
    with store.writing() as session:
        built = build_study(session)
        passage_id = built.passage_ids[1]
        decide(session, built, "coder", passage_id, "time-and-caseloads", "confirm", "barrier")
        (mine,) = notes(session, built)
        (theirs,) = notes(session, built, reader="researcher")
        decide(session, built, "admin", passage_id, "time-and-caseloads", "confirm", "barrier")
        (both,) = notes(session, built)
    assert (mine.mark, mine.who, mine.stances) == ("coding", "you", ("barrier",))
    assert theirs.who == "Coder"
    assert (both.who, both.people) == ("2 coders", ("you", "Admin"))


def test_a_rejection_by_someone_else_makes_it_disputed(store: Store):
    with store.writing() as session:
        built = build_study(session)
        decide(session, built, "coder", built.passage_ids[2], "leadership", "confirm")
        decide(session, built, "admin", built.passage_ids[2], "leadership", "reject")
        marks = [(note.mark, note.code) for note in notes(session, built)]
    assert marks == [("suggestion", "Time and caseloads"), ("disputed", "Leadership")]


def test_what_the_reader_rejected_is_not_suggested_to_them_until_they_undo(store: Store):
    with store.writing() as session:
        built = build_study(session)
        decide(session, built, "coder", built.passage_ids[1], "time-and-caseloads", "reject")
        assert notes(session, built) == []
        assert [n.mark for n in notes(session, built, reader="admin")] == ["suggestion"]
        undo_last(session, study_id=built.study_id, user_id=built.users["coder"])
        assert [n.mark for n in notes(session, built)] == ["suggestion"]


def test_a_chosen_quote_stands_in_the_margin_first(store: Store):
    with store.writing() as session:
        built = build_study(session)
        choose_quote(
            session,
            study_id=built.study_id,
            user_id=built.users["researcher"],
            passage_id=built.passage_ids[1],
        )
        first, second = notes(session, built)
    assert (first.mark, first.who) == ("quote", "Researcher")
    assert second.mark == "suggestion"


def test_a_span_has_the_notes_that_touch_it_and_no_others(store: Store):
    with store.writing() as session:
        built = build_study(session)
        whole = load_text(session, built.study_id, built.transcript_ids[0])
        decide(session, built, "coder", built.passage_ids[3], "relational", "confirm")
        turn = whole.turns[3]
        found = notes(session, built, between=(turn.start, turn.end))
    assert [note.passage_id for note in found] == [built.passage_ids[3]]


def test_coded_passages_are_counted_for_each_transcript_where_they_stand(store: Store):
    with store.writing() as session:
        built = build_study(session)
        decide(session, built, "coder", built.passage_ids[1], "relational", "confirm")
        decide(session, built, "coder", built.passage_ids[1], "leadership", "confirm")
        decide(session, built, "coder", built.passage_ids[6], "relational", "confirm")
        decide(session, built, "admin", built.passage_ids[6], "relational", "reject")
        found = coded_passages(session, built.study_id)
    assert found == {built.transcript_ids[0]: 1, built.transcript_ids[1]: 0}
