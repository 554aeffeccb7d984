"""What people decided so far, as arrays; and what of it answers which question.

A facet of the codebook is one question to a passage: its codes are the answers, and "none of them"
is one too. Who went through a passage answered every facet; a code that was only brought in, or
only rejected, tells of its own facet alone. Where coders differ, or one is unsure, nobody knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codebook.suggesting.views import Floats

Bools = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands, each (n, codes)."""

    confirmed: Bools
    rejected: Bools
    open: Bools
    """Disputed, or somebody is unsure."""
    reviewed: Bools
    """Somebody went through the passage, whatever they found, when the code was in the book."""

    @property
    def rows(self) -> Places:
        """Positions of the passages about which anything was decided."""
        told = self.confirmed | self.rejected | self.reviewed
        return np.flatnonzero(told.any(axis=1))

    def taking(self, rows: Places) -> "Decisions":
        """What was decided of these passages only, in their order."""
        return Decisions(
            self.confirmed[rows], self.rejected[rows], self.open[rows], self.reviewed[rows]
        )


def no_decisions(passages: int, codes: int) -> Decisions:
    """Nobody has decided anything yet."""
    nothing = np.zeros((passages, codes), dtype=np.bool_)
    return Decisions(nothing, nothing.copy(), nothing.copy(), nothing.copy())


@dataclass(frozen=True, slots=True)
class Blocks:
    """The columns of a table of answers: facet by facet its codes, then "none of these"."""

    slices: tuple[slice, ...]
    code_at: Places
    """(codes,): the column of each code."""
    facet_of: Places
    """(codes,): which of the facets each code is in."""
    none_at: Places
    """(facets,): the column of each facet's "none of these"."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.code_at) + len(self.none_at)

    def spread(self, by_code: NDArray[np.generic], none: float | Floats) -> Floats:
        """(n, codes) laid out in all columns, with these numbers for "none"."""
        found = np.empty((len(by_code), self.width), dtype=np.float32)
        found[:, self.code_at] = by_code
        found[:, self.none_at] = none
        return found


def blocks_of(facets: Sequence[str]) -> Blocks:
    """The columns for codes of these facets, which are in the codes' order."""
    keys = list(dict.fromkeys(facets))
    code_at, facet_of = np.zeros(len(facets), dtype=np.int64), np.zeros(len(facets), dtype=np.int64)
    none_at: list[int] = []
    slices: list[slice] = []
    start = 0
    for key in keys:
        members = [i for i, facet in enumerate(facets) if facet == key]
        code_at[members] = np.arange(start, start + len(members))
        facet_of[members] = len(slices)
        none_at.append(start + len(members))
        slices.append(slice(start, start + len(members) + 1))
        start += len(members) + 1
    return Blocks(tuple(slices), code_at, facet_of, np.asarray(none_at, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Answers:
    """Decisions on m passages as answers, each (m, columns); weights are (m, facets)."""

    said: Floats
    """The share of each answer; all zero in a facet where codes were only ruled out."""
    possible: Bools
    """What is not ruled out."""
    among: Bools
    """What there was to choose from."""
    weights: Floats
    """How much a passage's answer to a facet counts; 0 where it gave none."""
    signs: Floats
    """+1 for what was confirmed (or found to be none), -1 for what was rejected."""

    def taking(self, some: Places) -> "Answers":
        """Only the answers of these passages."""
        return Answers(
            self.said[some],
            self.possible[some],
            self.among[some],
            self.weights[some],
            self.signs[some],
        )

    def and_then(self, more: "Answers") -> "Answers":
        """Further answers behind these."""
        return Answers(
            np.vstack([self.said, more.said]),
            np.vstack([self.possible, more.possible]),
            np.vstack([self.among, more.among]),
            np.vstack([self.weights, more.weights]),
            np.vstack([self.signs, more.signs]),
        )


def answers(
    decided: Decisions,
    blocks: Blocks,
    weights: Floats | None = None,
    *,
    with_none: Bools | None = None,
) -> Answers:
    """What was decided on m passages, as answers.

    `weights` (m,) is 1 for what people said, less for the codebook's own examples; `with_none` (m,)
    is false where "none of these" was never a choice, as with an example.
    """
    count = len(decided.confirmed)
    weights = np.ones(count, dtype=np.float32) if weights is None else weights
    with_none = np.ones(count, dtype=np.bool_) if with_none is None else with_none
    yes, no, unsure = decided.confirmed, decided.rejected, decided.open
    some = decided.reviewed.any(axis=1, keepdims=True)
    reviewed_at = blocks.spread(decided.reviewed, 0.0) > 0
    said = blocks.spread(yes, 0.0)
    possible = blocks.spread(~no, 1.0) > 0
    among = blocks.spread(decided.reviewed | yes | no | ~some, 1.0) > 0
    among[:, blocks.none_at] &= with_none[:, None]
    by_facet = np.zeros((len(yes), len(blocks.slices)), dtype=np.float32)
    unsure_at, no_at = blocks.spread(unsure, 0.0) > 0, blocks.spread(no, 0.0) > 0
    for facet, block in enumerate(blocks.slices):
        any_yes, unknown = said[:, block].any(axis=1), unsure_at[:, block].any(axis=1)
        none = reviewed_at[:, block].any(axis=1) & ~any_yes & ~unknown
        said[:, blocks.none_at[facet]] = none
        told = any_yes | none | (no_at[:, block].any(axis=1) & ~unknown)
        by_facet[:, facet] = np.where(told, weights, 0.0)
    signs = said - no_at
    for block in blocks.slices:
        said[:, block] /= np.maximum(said[:, block].sum(axis=1, keepdims=True), 1.0)
    return Answers(said, possible, among | (said > 0), by_facet, signs.astype(np.float32))
