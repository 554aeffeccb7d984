"""What needs a look is shown with both texts, and settled by a person."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from capture.corrections.waiting import ask_again, check_stands, set_aside, settle
from capture.corrections.waiting_list import Wanted, count_waiting, count_wanted, waiting
from capture.errors import Conflict, NotFound, Unfit
from capture.models import (
    CandidateMember,
    Decision,
    NeedsLook,
    Passage,
    PassageMove,
    Segment,
    Suggestion,
)
from capture.store import Store
from tests.capture.test_correcting import off_record, taken_out
from tests.coded_talk import Talk


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        yield session


@pytest.fixture
def talk(session: Session) -> Talk:
    return Talk(session)


def shown(talk: Talk, **more: object):
    given = {"all_words": True, **more}
    return waiting(talk.session, talk.built.study_id, **given)


def statements(talk: Talk, **more: object) -> int:
    """How often the database is asked to show what waits."""
    asked: list[object] = []
    event.listen(talk.session.get_bind(), "after_cursor_execute", lambda *one: asked.append(one))
    talk.session.expire_all()
    shown(talk, **more)
    return len(asked)


def put(talk: Talk, passage: Passage, words: str, **more: int) -> Passage:
    start = talk.version.text.index(words)
    given = {"version": talk.version.number, "user_id": talk.coder, **more}
    span = (start, start + len(words))
    return settle(talk.session, talk.built.study_id, passage.id, span, **given)


def test_a_passage_is_shown_with_its_old_words_and_those_in_its_place(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    (one,) = shown(talk)
    assert (one.passage_id, one.was_version, one.version) == (hour.id, 1, 2)
    assert one.was.words == "a whole hour with mum"
    assert one.now.words == "half an hour with mum"
    assert one.was.before.endswith("Now I get ")
    assert one.now.speaker == "P1"
    assert count_waiting(talk.session, talk.built.study_id, all_words=False) == {
        talk.transcript.id: 1
    }


def test_passages_are_fetched_a_page_at_a_time_in_their_order(talk):
    marked = [talk.mark(words) for words in ("a whole", "a whole hour", "whole hour with mum")]
    talk.correct("a whole hour", "half an hour")
    waits = [one.passage_id for one in shown(talk)]
    assert sorted(waits) == sorted(one.id for one in marked)
    assert count_wanted(talk.session, talk.built.study_id, Wanted(), all_words=True) == 3
    assert [one.passage_id for one in shown(talk, most=2, after=1)] == waits[1:]
    assert shown(talk, most=2, after=3) == []
    assert statements(talk, most=1) < statements(talk)


def test_accepted_it_stands_there_with_all_that_hangs_on_it(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    put(talk, hour, "half an hour with mum")
    assert talk.stands(hour)
    assert talk.words(hour) == "half an hour with mum"
    assert shown(talk) == []
    assert talk.session.scalars(select(Decision.passage_id)).all() == [hour.id]
    assert talk.session.scalars(select(PassageMove.made_by)).all() == [talk.coder]


def test_the_machines_new_segment_gives_way_to_the_one_that_was_judged(talk):
    old = talk.segment("The caseloads crept up")
    talk.code(old)
    talk.correct("crept up", "went up")
    new = talk.segment("The caseloads went up")
    code = talk.built.codes["leadership"]
    talk.session.add(
        Suggestion(
            passage_id=new.id, code_id=code, score=0.5, source="codebook", model="test",
            codebook_version=1,
        )
    )  # fmt: skip
    candidate = talk.built.candidate_ids[0]
    talk.session.add(CandidateMember(candidate_id=candidate, passage_id=new.id, strength=0.5))
    talk.session.flush()
    put(talk, old, talk.words(new))
    talk.session.expire_all()
    assert talk.segment("The caseloads went up").id == old.id
    assert not talk.stands(new)
    assert talk.session.get(Segment, new.id) is None
    assert talk.session.get(CandidateMember, (candidate, old.id)) is not None
    suggested = select(Suggestion.passage_id).where(Suggestion.code_id == code)
    assert talk.session.scalars(suggested).all() == [old.id]


def test_two_passages_of_people_never_stand_on_exactly_the_same_words(talk):
    hour, other = talk.mark("a whole hour with mum"), talk.mark("at the table")
    talk.correct("a whole hour", "half an hour")
    with pytest.raises(Conflict, match="exactly these words"):
        put(talk, hour, "at the table")
    assert talk.stands(other)
    assert not talk.stands(hour)


def test_its_words_can_be_said_to_be_gone_and_asked_about_again(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    set_aside(talk.session, talk.built.study_id, hour.id, user_id=talk.coder)
    assert shown(talk) == []
    (aside,) = shown(talk, wanted=Wanted(set_aside=True))
    assert (aside.passage_id, aside.set_aside_by) == (hour.id, "Coder")
    assert count_waiting(talk.session, talk.built.study_id, all_words=True) == {}
    ask_again(talk.session, talk.built.study_id, hour.id)
    assert [one.passage_id for one in shown(talk)] == [hour.id]


def test_one_set_aside_comes_back_by_itself_with_its_words(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    set_aside(talk.session, talk.built.study_id, hour.id, user_id=talk.coder)
    talk.correct("half an hour", "a whole hour")
    assert talk.stands(hour)
    assert talk.session.get(NeedsLook, hour.id) is None


def test_a_page_that_grew_stale_settles_nothing(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    with pytest.raises(Conflict, match="version 2 now"):
        put(talk, hour, "half an hour with mum", version=1)
    put(talk, hour, "half an hour with mum")
    with pytest.raises(Conflict, match="settled meanwhile"):
        put(talk, hour, "half an hour with mum")
    with pytest.raises(Conflict, match="settled meanwhile"):
        set_aside(talk.session, talk.built.study_id, hour.id, user_id=talk.coder)


def test_a_place_needs_words_that_someone_says(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    number = talk.version.number
    for span in ((0, 3), (5, 5), (-4, 2), (0, 10**9)):
        with pytest.raises(Unfit):
            settle(talk.session, talk.built.study_id, hour.id, span, version=number, user_id=1)
    with pytest.raises(NotFound):
        settle(talk.session, talk.built.study_id + 1, hour.id, (0, 9), version=number, user_id=1)


def test_coders_see_no_words_that_were_hidden_since_and_hear_of_none_put_off_the_record(talk):
    changed = talk.mark("a whole hour with mum")
    off = talk.mark("she tells me how it is")
    talk.correct("a whole hour", "half an hour")
    off_record(talk, "she tells me how it is. Hill School rang me about it")
    assert {one.passage_id for one in shown(talk)} == {changed.id, off.id}
    (one,) = shown(talk, all_words=False)
    assert (one.passage_id, one.was) == (changed.id, None)
    assert one.now.words == "half an hour with mum"
    counts = [count_waiting(talk.session, talk.built.study_id, all_words=w) for w in (True, False)]
    assert [sum(one.values()) for one in counts] == [2, 1]


def test_after_a_name_was_replaced_older_words_are_for_researchers(talk):
    talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "half an hour")
    assert shown(talk, all_words=False)[0].was is not None
    taken_out(talk, "Hill School")
    assert shown(talk, all_words=False)[0].was is None
    assert shown(talk)[0].was is not None


def test_a_passage_of_an_older_text_is_told_from_one_that_stands(talk):
    waits, dropped = talk.mark("a whole hour with mum"), talk.segment("a whole hour")
    stands = talk.segment("Well, for us")
    talk.correct("a whole hour", "half an hour")
    check_stands(talk.session, stands.id)
    with pytest.raises(Conflict, match="needs a look"):
        check_stands(talk.session, waits.id)
    with pytest.raises(Conflict, match="not in it any more"):
        check_stands(talk.session, dropped.id)
