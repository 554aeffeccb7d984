"""What stands, worked out from decisions; and that it equals a much simpler way of saying it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from capture.store import Store
from codebook.codings import codings, standing
from codebook.decisions import Verdict, record_act
from tests.builders import build_study

BEGAN = datetime(2021, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    user_id: int
    verdict: str
    stance: str | None = None
    passage_id: int = 1
    code_id: int = 1
    created_at: datetime = BEGAN


def test_one_confirm_makes_a_coding_stand() -> None:
    (coding,) = standing([Said(7, "confirm", "barrier")])
    assert (coding.state, coding.stance, coding.confirmed_by) == ("stands", "barrier", (7,))


def test_another_coders_rejection_makes_it_disputed() -> None:
    (coding,) = standing([Said(7, "confirm"), Said(8, "reject")])
    assert (coding.state, coding.confirmed_by, coding.rejected_by) == ("disputed", (7,), (8,))


def test_a_rejection_or_doubt_alone_is_no_coding() -> None:
    assert standing([Said(7, "reject"), Said(8, "unsure")]) == []


def test_a_later_judgement_of_the_same_person_replaces_the_earlier() -> None:
    assert standing([Said(7, "confirm"), Said(7, "reject")]) == []
    (coding,) = standing([Said(7, "reject"), Said(7, "confirm")])
    assert (coding.state, coding.rejected_by) == ("stands", ())


def test_a_withdrawn_rejection_ends_the_dispute() -> None:
    (coding,) = standing([Said(7, "confirm"), Said(8, "reject"), Said(8, "withdrawn")])
    assert coding.state == "stands"


def test_a_doubt_neither_supports_nor_disputes() -> None:
    (coding,) = standing([Said(7, "confirm"), Said(8, "unsure")])
    assert (coding.state, coding.confirmed_by) == ("stands", (7,))


def test_differing_stances_leave_the_coding_standing_without_one() -> None:
    (coding,) = standing([Said(7, "confirm", "barrier"), Said(8, "confirm", "enabler")])
    assert (coding.state, coding.stance) == ("stands", None)
    assert coding.stances == ("barrier", "enabler")


def test_the_stance_is_what_more_than_half_of_those_who_confirm_say() -> None:
    two_of_three = [
        Said(7, "confirm", "tension"),
        Said(8, "confirm", "tension"),
        Said(9, "confirm", "enabler"),
    ]
    (coding,) = standing(two_of_three)
    assert (coding.stance, coding.stances) == ("tension", ("enabler", "tension"))


def test_saying_no_stance_counts_as_an_answer() -> None:
    (coding,) = standing([Said(7, "confirm", "barrier"), Said(8, "confirm")])
    assert (coding.stance, coding.stances) == (None, ("barrier",))


def test_it_was_confirmed_when_the_first_confirm_that_still_counts_was_made() -> None:
    later = BEGAN + timedelta(days=1)
    said = [
        Said(7, "confirm"),
        Said(8, "confirm", created_at=later),
        Said(7, "unsure", created_at=later),
    ]
    assert standing(said)[0].confirmed_at == later


decisions = st.lists(
    st.builds(
        Said,
        user_id=st.integers(1, 3),
        verdict=st.sampled_from(["confirm", "reject", "unsure", "withdrawn"]),
        passage_id=st.integers(1, 2),
        code_id=st.integers(1, 2),
    ),
    max_size=30,
)


@given(decisions)
def test_what_stands_equals_reading_everyones_last_word(said: list[Said]) -> None:
    expected = []
    for place in sorted({(s.passage_id, s.code_id) for s in said}):
        last = {s.user_id: s.verdict for s in said if (s.passage_id, s.code_id) == place}
        verdicts = list(last.values())
        if "confirm" in verdicts:
            expected.append((*place, "disputed" if "reject" in verdicts else "stands"))
    assert [(c.passage_id, c.code_id, c.state) for c in standing(said)] == expected


@given(decisions)
def test_the_order_between_people_does_not_matter(said: list[Said]) -> None:
    by_person = sorted(said, key=lambda one: one.user_id)
    assert standing(by_person) == standing(said)


def test_codings_of_a_study_can_be_narrowed_and_never_hold_another_studys(store: Store) -> None:
    with store.writing() as session:
        here, there = build_study(session, "Here"), build_study(session, "There")
        for built in (here, there):
            record_act(
                session,
                study_id=built.study_id,
                user_id=built.users["coder"],
                passage_id=built.passage_ids[1],
                verdicts=[Verdict(built.codes["relational"], "confirm")],
                outcome="reviewed",
            )
        (coding,) = codings(session, here.study_id)
        assert coding.passage_id == here.passage_ids[1]
        assert codings(session, here.study_id, passage_ids=[here.passage_ids[2]]) == []
        assert codings(session, here.study_id, code_ids=[here.codes["leadership"]]) == []
        assert len(codings(session, here.study_id, code_ids=[here.codes["relational"]])) == 1
