"""Themes that do not hang on which transcripts happened to come in, or on a seed.

The segments are grouped ten times over, each time from four fifths of the transcripts; segments
that keep landing together are a theme. How often a theme was found again is what the screen tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Rerun:
    """One grouping from part of the transcripts.

    `labels` (n,) is every segment's finest group, `taken` (n,) which rows it was made from,
    `levels` the groups joined to each count asked for, finest first.
    """

    labels: Labels
    taken: NDArray[np.bool_]
    levels: tuple[Labels, ...]


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
