"""Where the passages of a candidate theme stand in the lists of other granularities."""

import pytest
from sqlalchemy import event, select

from capture.models import CandidateMember
from codebook import candidates
from codebook.candidate_kin import SHOWN
from tests.builders import build_study, in_another_list


@pytest.fixture
def study(store):
    with store.writing() as session:
        yield session, build_study(session)


def passages(session, candidate_id):
    asked = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == candidate_id)
    return sorted(session.scalars(asked))


def another(session, built, granularity, members, label="another"):
    """A candidate theme of another list."""
    return in_another_list(session, built.candidate_ids[0], granularity, members, label)


def kin(session, built, candidate_id):
    return [
        (one.granularity, one.title, one.shared, one.passages, one.same)
        for one in candidates.view(session, built.study_id, candidate_id).kin
    ]


def test_kin_are_said_from_coarse_to_fine_with_how_much_is_shared(study):
    session, built = study
    first, second = built.candidate_ids
    own, others = passages(session, first), passages(session, second)
    another(session, built, "fine", own[:1], "a part")
    another(session, built, "coarse", own + others, "the whole")
    assert kin(session, built, first) == [
        ("coarse", "the whole", len(own), len(own + others), False),
        ("fine", "a part", 1, 1, False),
    ]
    assert [one[1] for one in kin(session, built, second)] == ["the whole"]


def test_what_was_decided_on_the_same_passages_in_another_list_is_said(study):
    session, built = study
    own = passages(session, built.candidate_ids[0])
    twin = another(session, built, "fine", own, "a twin")
    [one] = candidates.view(session, built.study_id, built.candidate_ids[0]).kin
    assert (one.same, one.decided) == (True, "")
    coder = built.users["coder"]
    candidates.dismiss(session, built.study_id, twin.id, "a voice", user_id=coder)
    [one] = candidates.view(session, built.study_id, built.candidate_ids[0]).kin
    assert one.decided.startswith("was dismissed (a voice)")


def test_what_shares_little_or_was_merged_or_replaced_is_no_kin(study):
    session, built = study
    first, second = built.candidate_ids
    own, others = passages(session, first), passages(session, second)
    another(session, built, "coarse", [own[0], *others], "mostly else")
    gone = another(session, built, "fine", own)
    gone.superseded = True
    merged = another(session, built, "fine", own)
    merged.state = "merged"
    session.flush()
    assert kin(session, built, first) == []
    for number in range(SHOWN + 2):
        another(session, built, "fine", own, f"copy {number}")
    assert [one[1] for one in kin(session, built, first)][-SHOWN:] == [
        f"copy {number}" for number in range(SHOWN)
    ]


def test_however_many_share_a_passage_a_page_asks_no_more_often(study):
    session, built = study
    first = built.candidate_ids[0]
    own = passages(session, first)
    coder = built.users["coder"]
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))

    def count():
        session.expire_all()
        asked.clear()
        candidates.view(session, built.study_id, first)
        return len(asked)

    for number in range(4 * SHOWN):
        one = another(session, built, "fine", own, f"copy {number}")
        candidates.dismiss(session, built.study_id, one.id, "again", user_id=coder)
        if number == SHOWN:
            before = count()
    assert count() <= before + 1
