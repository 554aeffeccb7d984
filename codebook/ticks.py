"""From the ticks on a page to judgements: what has to be recorded, and nothing said twice. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from capture.errors import Unfit
from codebook.decisions import Verdict


class Own(Protocol):
    """What is known of a person's own standing judgement; a decision row has it all."""

    @property
    def verdict(self) -> str: ...  # noqa: D102
    @property
    def stance(self) -> str | None: ...  # noqa: D102
    @property
    def memo(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Ticks:
    """A page's state: the ticked codes with their stances, and the memos, each by code id."""

    stances: Mapping[int, str | None] = field(default_factory=dict)
    memos: Mapping[int, str] = field(default_factory=dict)

    def memo(self, code_id: int) -> str | None:
        """The memo on a code; None when nothing is written."""
        return self.memos.get(code_id, "").strip() or None


def verdicts_of(ticks: Ticks, own: Mapping[int, Own], retired: Collection[int]) -> list[Verdict]:
    """What confirming these ticks adds to a person's own judgements on the passage.

    A tick that stands already adds nothing; a code that was confirmed and is ticked no more is
    withdrawn (a retired one can't be ticked, so it is left alone); an unticked suggestion is not
    a reject. Unfit for a memo on a code that nothing is decided about.
    """
    wanted = [
        Verdict(code_id, "confirm", stance, ticks.memo(code_id))
        for code_id, stance in ticks.stances.items()
    ]
    found = [verdict for verdict in wanted if not _stands(verdict, own)]
    for code_id, judgement in own.items():
        if code_id in ticks.stances or code_id in retired:
            continue
        if judgement.verdict == "confirm":
            found.append(Verdict(code_id, "withdrawn"))
        elif code_id in ticks.memos and ticks.memo(code_id) != judgement.memo:
            memo = ticks.memo(code_id)
            rejected = judgement.verdict == "reject"
            again = Verdict(code_id, "reject" if rejected else "unsure", memo=memo)
            found.append(again)
    _check_memos(ticks, own)
    return found


def _stands(verdict: Verdict, own: Mapping[int, Own]) -> bool:
    there = own.get(verdict.code_id)
    return there is not None and (there.verdict, there.stance, there.memo) == (
        verdict.verdict,
        verdict.stance,
        verdict.memo,
    )


def _check_memos(ticks: Ticks, own: Mapping[int, Own]) -> None:
    if any(
        ticks.memo(code) and code not in ticks.stances and code not in own for code in ticks.memos
    ):
        raise Unfit(
            "There is a memo on a code that nothing is decided about, and it would be lost.",
            way_out="Tick the code, reject it, mark it unsure, or empty the memo.",
        )
