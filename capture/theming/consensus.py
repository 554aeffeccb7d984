"""Themes that do not hang on which transcripts happened to come in, or on a seed.

The segments are grouped ten times over, each time from four fifths of the transcripts; segments
that keep landing together are a theme. How often a theme was found again is what the screen tells.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import RLock

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from capture.theming.features import Floats

Labels = NDArray[np.int64]
Singles = NDArray[np.float32]

RERUNS = 10
LEFT_OUT = 5
"""One part in so many is left out of a re-run; two full rounds of five make the ten re-runs."""
SMALLEST = 3
"""A group of fewer segments is not a theme."""
LARGEST_SHARE = 0.2
"""No merge may make a theme hold more of the text than this."""
_ALONE = RLock()
"""Held while sums are done in one thread: the limit is the process's, so the first of two to finish
would lift it for the other."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """One grouping from part of the transcripts.

    `labels` (n,) is every segment's finest group, `taken` (n,) which rows it was made from,
    `levels` the groups joined to each count asked for, finest first.
    """

    labels: Labels
    taken: NDArray[np.bool_]
    levels: tuple[Labels, ...]


@contextmanager
def one_thread() -> Iterator[None]:
    """Do sums in one thread: the order in which several add up would change the last digits."""
    with _ALONE, _threads().limit(limits=1):
        yield


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()  # looking for the libraries takes longer than a small grouping


def evened_weights(participants: Labels) -> Floats:
    """Give each segment a weight, shape (n,): a participant who says much more counts less a piece.

    Up to the median amount of talk every segment weighs one; beyond it a participant's total grows
    with the square root of what they say.
    """
    _, owner, counts = np.unique(participants, return_inverse=True, return_counts=True)
    usual = float(np.median(counts))
    return np.asarray(np.minimum(1.0, np.sqrt(usual / counts)))[owner]


def resamples(units: Labels, usable: NDArray[np.bool_], seed: int) -> Iterator[NDArray[np.bool_]]:
    """Give RERUNS choices of rows, each leaving out about a fifth of the units (transcripts)."""
    chance = np.random.default_rng(seed)
    count = int(units.max()) + 1
    for _ in range(RERUNS // LEFT_OUT):
        part_of = np.empty(count, dtype=np.int64)
        part_of[chance.permutation(count)] = np.arange(count) % LEFT_OUT
        for part in range(LEFT_OUT):
            yield usable & (part_of[units] != part)
