"""Passages found near a theme that people decided on: theirs to add, or to leave out."""

import pytest
from sqlalchemy import select

from capture.candidate_members import recount
from capture.errors import Conflict
from capture.models import CandidateMember, CandidateOffer, CandidateTheme, Discovery
from capture.runs.offering import offer, offered
from codebook import candidates
from tests.builders import build_study
from tests.codebook.test_candidates import everything, strengths, suggested


@pytest.fixture
def study(store):
    """The first candidate is mapped, and two passages of the second are offered to it."""
    with store.writing() as session:
        built = build_study(session)
        user = built.users["coder"]
        first, second = built.candidate_ids
        code = built.codes["relational"]
        candidates.map_to_code(session, built.study_id, first, code, user_id=user)
        recount(session, session.get(CandidateTheme, first))
        near = dict(list(strengths(session, second).items())[:2])
        run = session.scalars(select(Discovery.id)).one()
        assert offer(session, first, near, run) == 2
        yield session, built, user


def waiting(session, candidate_id):
    return [row.passage_id for row in offered(session, candidate_id)]


def test_what_is_picked_joins_and_its_code_is_suggested_and_the_rest_is_left_out(study):
    session, built, user = study
    first = built.candidate_ids[0]
    one, other = waiting(session, first)
    before = strengths(session, first)
    candidates.take_in(session, built.study_id, first, [one, other], [one], user_id=user)
    assert strengths(session, first).keys() == {*before, one}
    assert one in suggested(session, built.codes["relational"])
    assert waiting(session, first) == []
    run = session.scalars(select(Discovery.id)).one()
    assert offer(session, first, {one: 0.9, other: 0.9}, run) == 0
    assert waiting(session, first) == []


def test_undoing_takes_out_what_was_added_and_offers_all_of_it_again(study):
    session, built, user = study
    first = built.candidate_ids[0]
    both = waiting(session, first)
    before = everything(session)
    candidates.take_in(session, built.study_id, first, both, both[:1], user_id=user)
    assert everything(session) != before
    candidates.undo(session, built.study_id, first, user_id=user)
    session.flush()
    session.expire_all()
    assert everything(session) == before
    assert waiting(session, first) == both


def test_none_of_them_may_belong(study):
    session, built, user = study
    first = built.candidate_ids[0]
    before = strengths(session, first)
    both = waiting(session, first)
    candidates.take_in(session, built.study_id, first, both, [], user_id=user)
    assert strengths(session, first) == before
    assert waiting(session, first) == []


def test_what_a_colleague_has_just_answered_is_not_answered_again(study):
    session, built, user = study
    first = built.candidate_ids[0]
    both = waiting(session, first)
    candidates.take_in(session, built.study_id, first, both, both, user_id=user)
    with pytest.raises(Conflict, match="has changed since"):
        candidates.take_in(session, built.study_id, first, both, both, user_id=user)


def test_nothing_joins_a_theme_that_was_dismissed(study):
    session, built, user = study
    first = built.candidate_ids[0]
    both = waiting(session, first)
    candidates.undo(session, built.study_id, first, user_id=user)
    candidates.dismiss(session, built.study_id, first, "no theme", user_id=user)
    with pytest.raises(Conflict, match="was dismissed"):
        candidates.take_in(session, built.study_id, first, both, both, user_id=user)


def test_a_merge_passes_on_what_was_offered_and_undoing_it_gives_it_back(study):
    session, built, user = study
    first, second = built.candidate_ids
    one, other = waiting(session, first)
    candidates.undo(session, built.study_id, first, user_id=user)
    into = candidates.split(session, built.study_id, second, [one], "Apart", user_id=user).id
    run = session.scalars(select(Discovery.id)).one()
    session.add(
        CandidateOffer(
            candidate_id=into, passage_id=other, strength=0.3, discovery_id=run, declined=True
        )
    )
    third = next(p for p in strengths(session, second) if p not in (one, other))
    assert offer(session, first, {third: 0.4}, run) == 1
    before = everything(session)
    candidates.merge(session, built.study_id, first, into, user_id=user)
    assert (waiting(session, into), waiting(session, first)) == ([third], [one, other])
    candidates.undo(session, built.study_id, first, user_id=user)
    session.expire_all()
    assert everything(session) == before
    assert (waiting(session, into), waiting(session, first)) == ([], [one, other, third])


def test_what_was_done_before_a_merge_is_offered_for_undoing_once_the_merge_is_undone(study):
    session, built, user = study
    first, second = built.candidate_ids
    assert candidates.view(session, built.study_id, first).last.done == "mapped"
    candidates.merge(session, built.study_id, second, first, user_id=user)
    assert candidates.view(session, built.study_id, first).last is None
    candidates.undo(session, built.study_id, second, user_id=user)
    assert candidates.view(session, built.study_id, first).last.done == "mapped"


def test_the_list_counts_what_waits(study):
    session, built, _ = study
    lines = candidates.candidate_lines(session, built.study_id, state="all")
    assert {line.id: line.offered for line in lines} == {
        built.candidate_ids[0]: 2,
        built.candidate_ids[1]: 0,
    }
    one = waiting(session, built.candidate_ids[0])[0]
    member = CandidateMember(candidate_id=built.candidate_ids[0], passage_id=one, strength=0.5)
    session.add(member)
    session.flush()
    assert candidates.view(session, built.study_id, built.candidate_ids[0]).offered == 1
    assert session.get(CandidateOffer, (built.candidate_ids[0], one)) is not None
