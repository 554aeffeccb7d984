"""Recording decisions and taking them back: append-only, and as a simple model says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.errors import NotFound, Unfit
from capture.models import Act, Code, CodebookVersion, Decision, Review
from capture.settings import Settings
from capture.store import Store, open_store
from codebook.decisions import Outcome, Verdict, own_decisions, own_review, record_act
from codebook.undo import last_act_id, undo_last, undoable
from tests.builders import Built, build_study


def act(
    session: Session,
    built: Built,
    *verdicts: Verdict,
    outcome: Outcome | None = "reviewed",
    passage: int = 1,
    role: str = "coder",
    **more: Any,
) -> Act:
    return record_act(
        session,
        study_id=built.study_id,
        user_id=built.users[role],
        passage_id=built.passage_ids[passage],
        verdicts=verdicts,
        outcome=outcome,
        **more,
    )


def undo(session: Session, built: Built) -> Act | None:
    return undo_last(session, study_id=built.study_id, user_id=built.users["coder"])


def own(session: Session, built: Built, passage: int = 1) -> dict[int, str]:
    found = own_decisions(session, built.users["coder"], built.passage_ids[passage])
    return {code: decision.verdict for code, decision in found.items()}


def test_an_act_keeps_what_was_decided_and_what_was_shown(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        code = built.codes["time-and-caseloads"]
        shown = [{"code": code, "score": 0.81, "source": "codebook"}]
        act(session, built, Verdict(code, "confirm", "barrier", "Her words."), shown=shown)
        session.add(CodebookVersion(study_id=built.study_id, number=2, change="More.", snapshot={}))
    with store.reading() as session:
        decision = session.scalars(select(Decision)).one()
        said = (decision.verdict, decision.stance, decision.memo, decision.codebook_version)
        assert said == ("confirm", "barrier", "Her words.", 1)
        assert decision.shown == shown
        assert session.scalars(select(Review.outcome)).one() == "reviewed"


def test_a_rejection_alone_does_not_make_the_passage_reviewed(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        act(session, built, Verdict(built.codes["relational"], "reject"), outcome=None)
        user, passage = built.users["coder"], built.passage_ids[1]
        assert own(session, built) == {built.codes["relational"]: "reject"}
        assert own_review(session, user, passage) is None


def test_a_stance_is_refused_where_the_facet_takes_none(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Unfit, match="“Relational” takes no stance"):
            act(session, built, Verdict(built.codes["relational"], "confirm", "barrier"))
        with pytest.raises(Unfit, match="enabler, barrier, tension or none"):
            act(session, built, Verdict(built.codes["leadership"], "confirm", "obstacle"))
        with pytest.raises(Unfit, match="Only a confirmed code"):
            act(session, built, Verdict(built.codes["leadership"], "reject", "barrier"))
        assert session.scalar(select(func.count()).select_from(Act)) == 0


def test_a_retired_code_is_refused_but_can_still_be_withdrawn(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        code = built.codes["relational"]
        act(session, built, Verdict(code, "confirm"))
        session.get_one(Code, code).retired = True
        session.flush()
        with pytest.raises(Unfit, match="retired"):
            act(session, built, Verdict(code, "confirm"), passage=2)
        act(session, built, Verdict(code, "withdrawn"))
        assert own(session, built) == {}


def test_a_code_or_passage_of_another_study_is_not_found(store: Store) -> None:
    with store.writing() as session:
        here, there = build_study(session, "Here"), build_study(session, "There")
        with pytest.raises(NotFound):
            act(session, here, Verdict(there.codes["relational"], "confirm"))
        there.study_id = here.study_id
        with pytest.raises(NotFound):
            act(session, there)


def test_none_applies_is_refused_beside_a_confirm(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Unfit, match="ticked"):
            act(
                session,
                built,
                Verdict(built.codes["relational"], "confirm"),
                outcome="none applies",
            )


def test_one_act_cannot_say_two_things_about_a_code(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        code = built.codes["relational"]
        with pytest.raises(Unfit, match="only one thing"):
            act(session, built, Verdict(code, "confirm"), Verdict(code, "reject"))


def test_a_memo_longer_than_a_thought_is_refused(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Unfit, match="4000 characters"):
            act(session, built, Verdict(built.codes["relational"], "unsure", memo="a" * 4001))


def test_undoing_takes_back_everything_of_one_act_and_appends_only(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        relational, time = built.codes["relational"], built.codes["time-and-caseloads"]
        act(session, built, Verdict(relational, "reject"), Verdict(time, "confirm", "barrier"))
        before = session.scalars(select(Decision.id)).all()
        undone = undo(session, built)
        assert undone is not None
        assert undone.passage_id == built.passage_ids[1]
        assert own(session, built) == {}
        assert own_review(session, built.users["coder"], built.passage_ids[1]) is None
        kept = session.scalars(select(Decision.verdict).where(Decision.id.in_(before))).all()
        assert list(kept) == ["reject", "confirm"]


def test_undoing_brings_back_the_judgement_before_as_it_was(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        code = built.codes["leadership"]
        act(session, built, Verdict(code, "confirm", "tension", "See page 3."))
        first = session.scalars(select(Decision)).one()
        act(session, built, Verdict(code, "reject"))
        undo(session, built)
        now = own_decisions(session, built.users["coder"], built.passage_ids[1])[code]
        assert (now.verdict, now.stance, now.memo) == ("confirm", "tension", "See page 3.")
        assert now.created_at == first.created_at
        assert own_review(session, built.users["coder"], built.passage_ids[1]) == "reviewed"


def test_undoing_leaves_the_acts_of_other_coders_and_studies_alone(store: Store) -> None:
    with store.writing() as session:
        built, other = build_study(session, "Here"), build_study(session, "There")
        act(session, built, role="researcher")
        other.users["coder"] = built.users["coder"]
        act(session, other)
        assert undo(session, built) is None
        assert session.scalar(select(func.count()).select_from(Act)) == 2


def test_a_page_can_tell_that_something_happened_since_it_was_shown(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        seen = {"user_id": built.users["coder"], "passage_id": built.passage_ids[1]}
        assert last_act_id(session, **seen) == 0
        first = act(session, built)
        assert last_act_id(session, **seen) == first.id
        undo(session, built)
        assert last_act_id(session, **seen) > first.id
        assert undoable(session, study_id=built.study_id, user_id=built.users["coder"]) is None


gestures = st.lists(
    st.one_of(
        st.just("undo"),
        st.tuples(
            st.integers(1, 2),
            st.dictionaries(
                st.sampled_from(["relational", "leadership"]),
                st.sampled_from(["confirm", "reject", "unsure", "withdrawn"]),
            ),
            st.sampled_from(["reviewed", None]),
        ),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def open_study(tmp_path_factory: pytest.TempPathFactory) -> Any:
    opened = open_store(Settings(data=tmp_path_factory.mktemp("model")))
    with opened.writing() as session:
        built = build_study(session)
    yield opened, built
    opened.close()


@given(said=gestures)
@settings(max_examples=60, deadline=None)
def test_any_sequence_of_acts_and_undos_ends_as_a_stack_of_states_says(
    open_study: tuple[Store, Built], said: list[Any]
) -> None:
    store, built = open_study
    states: list[tuple[dict[Any, str], set[int]]] = [({}, set())]
    with store.reading() as session:  # nothing is kept: each example begins anew
        for one in said:
            if one == "undo":
                undo(session, built)
                states = states[:-1] or states
                continue
            passage, verdicts, outcome = one
            given_verdicts = [Verdict(built.codes[k], v) for k, v in verdicts.items()]
            act(session, built, *given_verdicts, outcome=outcome, passage=passage)
            decided, reviewed = states[-1]
            decided = decided | {(passage, built.codes[k]): v for k, v in verdicts.items()}
            states.append((decided, reviewed | ({passage} if outcome else set())))
        decided, reviewed = states[-1]
        for passage in (1, 2):
            standing_now = {c: v for (p, c), v in decided.items() if p == passage}
            expected = {c: v for c, v in standing_now.items() if v != "withdrawn"}
            assert own(session, built, passage) == expected
            outcome_now = own_review(session, built.users["coder"], built.passage_ids[passage])
            assert (outcome_now is not None) == (passage in reviewed)
