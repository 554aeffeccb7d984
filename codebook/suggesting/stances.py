"""Stance as an axis of its own: whether a passage speaks of what enables, hinders, or does both.

It is learnt across all codes from the stances people gave, because a single code has too few. Only
the passage's own words count: what stands beside it may praise what the passage complains of. The
codebook says nothing of it, so before people have given some, none is suggested.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from capture.one_thread import one_thread
from codebook.suggesting.calibration import folds_of
from codebook.suggesting.decisions import Answers, Places, blocks_of
from codebook.suggesting.learner import Lines, chances, draw_lines
from codebook.suggesting.touching import (
    Touching,
    bound_together,
    joined,
    passages_and_folds,
    touching,
)
from codebook.suggesting.views import Floats

STANCES = ("enabler", "barrier", "tension")
FEWEST = 20
"""Stances that people gave, from which on one is suggested."""
LIKELY = 0.5
"""A stance less likely than this is not suggested: it would be no more than the best of three."""

_BLOCKS = blocks_of(["stance"] * len(STANCES))


@dataclass(frozen=True, slots=True)
class Stanced:
    """m stances that people gave."""

    rows: Floats
    """(m, dimensions): the own words of the passage (`Views.own`)."""
    given: Places
    """(m,): which of STANCES."""
    groups: Places
    """(m,): the transcript it is from."""
    at: Places
    """(m,): where the passage stands among those that are scored; -1 where it doesn't."""

    def taking(self, some: Places) -> "Stanced":
        """Only these."""
        return Stanced(self.rows[some], self.given[some], self.groups[some], self.at[some])

    @property
    def enough(self) -> bool:
        """Whether anything can be learnt from them: twenty, and not all the same."""
        return len(self.given) >= FEWEST and len(np.unique(self.given)) > 1


@one_thread()
def likely_stances(rows: Floats, said: Stanced, over: Touching) -> list[str | None]:
    """The likely stance of each passage, rows (n, dimensions); None where none stands out.

    A passage to whose words people gave a stance is judged by what was learnt from other
    transcripts; `over` has, by passage, the stances given to passages that share words with it.
    """
    if not said.enough:
        return [None] * len(rows)
    found, inside = stance_chances(rows, said), np.flatnonzero(said.at >= 0)
    own = touching([(int(said.at[given]),) for given in inside], inside)
    given_to = joined(own, over)
    fold = folds_of(said.groups, bound_together(given_to, len(said.given)))
    passages, fold_of = passages_and_folds(given_to, fold)
    for one in np.unique(fold_of):
        here = passages[fold_of == one]
        found[here] = stance_chances(rows[here], said.taking(np.flatnonzero(fold != one)))
    best, seen = found.argmax(axis=1), found.max(axis=1) >= LIKELY
    return [STANCES[one] if sure else None for one, sure in zip(best, seen, strict=True)]


def stance_chances(rows: Floats, said: Stanced) -> Floats:
    """How likely each stance is, (n, 3), each of the three weighed as if equally often given."""
    lines = _learnt(said)
    leaning = np.full((len(rows), _BLOCKS.width), -np.inf, dtype=np.float32)
    leaning[:, _BLOCKS.code_at] = (rows @ lines.slopes + lines.commonness)[:, _BLOCKS.code_at]
    return chances(leaning, _BLOCKS)[:, _BLOCKS.code_at]


def _learnt(said: Stanced) -> Lines:
    """Rare stances count as much as frequent ones, or only the most frequent would be suggested."""
    rivals: NDArray[np.bool_] = np.zeros(_BLOCKS.width, dtype=np.bool_)
    rivals[_BLOCKS.code_at] = True
    count = np.bincount(said.given, minlength=len(STANCES))
    share = len(said.given) / np.maximum(count * (count > 0).sum(), 1)
    answer = np.zeros((len(said.given), _BLOCKS.width), dtype=np.float32)
    answer[np.arange(len(answer)), _BLOCKS.code_at[said.given]] = 1.0
    choice = np.tile(rivals, (len(answer), 1))
    weights = share[said.given, None].astype(np.float32)
    given = Answers(answer, choice, choice, weights, answer)
    beliefs = np.zeros(answer.shape, dtype=np.float32)
    return draw_lines(said.rows, beliefs, given, _BLOCKS, rivals)
