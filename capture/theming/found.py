"""What looking for candidate themes gives back: plain values, positions into the texts given."""

from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["coarse", "middle", "fine"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The granularities, from few large themes to many small ones."""
BETWEEN = " · "
"""Between the phrases of a label."""
FINE_FIRST = LEVELS[::-1]
"""As they are found: coarser ones are put together of finer ones."""


@dataclass(frozen=True, slots=True)
class Member:
    """A segment in a theme: its position in the texts given, and how much it belongs, 0 to 1."""

    index: int
    strength: float


@dataclass(frozen=True, slots=True)
class Bonds:
    """What people said of one granularity; numbers are positions into the texts given.

    `together`: each group lies in one theme, here and in coarser ones. `apart`: no pair shares a
    theme, here or in finer ones.
    """

    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A candidate theme. `found_in` of `reruns` re-runs found it; `edge` only just belongs."""

    label: str
    keyphrases: tuple[str, ...]
    members: tuple[Member, ...]
    exemplars: tuple[int, ...]
    edge: int | None
    found_in: int
    reruns: int
    transcripts: int
    participants: int
    single_source: bool


@dataclass(frozen=True, slots=True)
class Granularity:
    """One way to cut the same text, largest theme first; fine lies in middle lies in coarse."""

    name: Level
    themes: tuple[FoundTheme, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found, coarse first; what was possible, as a sentence; how many in no theme."""

    granularities: tuple[Granularity, ...]
    sentence: str
    unthemed: int
