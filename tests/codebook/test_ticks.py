"""From ticks to judgements: nothing is said twice, and nothing that was not meant."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.errors import Unfit
from codebook.decisions import Verdict
from codebook.ticks import Ticks, verdicts_of


@dataclass(frozen=True)
class Said:
    verdict: str
    stance: str | None = None
    memo: str | None = None


def test_a_tick_confirms_with_its_stance_and_memo() -> None:
    ticks = Ticks({3: "barrier"}, {3: " Her words. "})
    assert verdicts_of(ticks, {}, ()) == [Verdict(3, "confirm", "barrier", "Her words.")]


def test_what_stands_already_is_not_said_again() -> None:
    assert verdicts_of(Ticks({3: None}), {3: Said("confirm")}, ()) == []


def test_another_stance_or_memo_supersedes() -> None:
    own = {3: Said("confirm", "barrier")}
    assert verdicts_of(Ticks({3: "enabler"}), own, ()) == [Verdict(3, "confirm", "enabler")]
    ticks = Ticks({3: "barrier"}, {3: "On reflection."})
    assert verdicts_of(ticks, own, ()) == [Verdict(3, "confirm", "barrier", "On reflection.")]


def test_a_confirmed_code_that_is_unticked_is_withdrawn_unless_it_is_retired() -> None:
    own = {3: Said("confirm"), 4: Said("confirm")}
    assert verdicts_of(Ticks(), own, [4]) == [Verdict(3, "withdrawn")]


def test_a_rejection_or_doubt_stays_when_nothing_is_ticked() -> None:
    assert verdicts_of(Ticks(), {3: Said("reject"), 4: Said("unsure")}, ()) == []


def test_ticking_a_rejected_code_confirms_it() -> None:
    assert verdicts_of(Ticks({3: None}), {3: Said("reject")}, ()) == [Verdict(3, "confirm")]


def test_a_changed_memo_on_a_rejection_or_doubt_is_recorded_with_it() -> None:
    own = {3: Said("reject"), 4: Said("unsure", memo="Why?")}
    ticks = Ticks({}, {3: "Too far.", 4: "Why?"})
    assert verdicts_of(ticks, own, ()) == [Verdict(3, "reject", memo="Too far.")]


def test_a_memo_on_an_undecided_code_is_refused_rather_than_lost() -> None:
    with pytest.raises(Unfit, match="would be lost"):
        verdicts_of(Ticks({}, {3: "Hm."}), {}, ())
    assert verdicts_of(Ticks({}, {3: "  "}), {}, ()) == []


codes = st.integers(1, 5)
stances = st.sampled_from([None, "enabler", "barrier", "tension"])


@given(
    st.dictionaries(codes, stances),
    st.dictionaries(codes, st.sampled_from(["confirm", "reject", "unsure"])),
)
def test_confirming_twice_adds_nothing_the_second_time(
    ticked: dict[int, str | None], said: dict[int, str]
) -> None:
    own = {code: Said(verdict) for code, verdict in said.items()}
    first = verdicts_of(Ticks(ticked), own, ())
    after = own | {v.code_id: Said(v.verdict, v.stance, v.memo) for v in first}
    after = {code: one for code, one in after.items() if one.verdict != "withdrawn"}
    assert verdicts_of(Ticks(ticked), after, ()) == []
    assert {code for code, one in after.items() if one.verdict == "confirm"} == set(ticked)
