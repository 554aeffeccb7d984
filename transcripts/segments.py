"""Segments: the machine's unit, one to four sentences of one turn, about 15 to 120 words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transcripts.turns import Turn

KeptOut = Literal["back-channel"]


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]`, without surrounding white space, of the turn with index `turn`.

    `kept_out` says why the segment stays out of fitting (it is stored all the same).
    """

    turn: int
    start: int
    end: int
    words: int
    kept_out: KeptOut | None = None


def segment(text: str, turns: Sequence[Turn]) -> tuple[Segment, ...]:
    """Cut every turn into segments, in the order of the turns; every sentence is in exactly one."""
    raise NotImplementedError
