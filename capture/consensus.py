"""Themes that do not hang on which transcripts happened to come in, or on a seed.

The segments are grouped several times, each time from four fifths of the transcripts; segments that
keep landing together are a theme. How often a theme was found again is what the screen tells.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from capture.features import Floats, main_axes, unit_rows

Labels = NDArray[np.int64]

RERUNS = 10
LEFT_OUT = 5
"""One part in so many is left out of a re-run; two full rounds of five make the ten re-runs."""
STARTS, STARTS_OF_MANY, MANY = 12, 3, 3000
"""Fresh starts of a grouping, fewer where there are many segments and each start takes long."""
SMALLEST = 3
"""A group of fewer segments is not a theme."""
LANDED_DIMENSIONS = 60
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


def one_thread() -> AbstractContextManager[object]:
    """Do sums in one thread: the order in which several add up would change the last digits."""
    held: AbstractContextManager[object] = _threads().limit(limits=1)
    return held


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


def rerun(
    rows: Floats, weights: Floats, taken: NDArray[np.bool_], counts: Sequence[int], seed: int
) -> Rerun:
    """Group the taken rows, place all others with the nearest group; counts from fine to coarse."""
    labels, centres = group(rows, weights, taken, counts[0], seed)
    return Rerun(labels, taken, merged(labels, centres, weights, counts))


def agreed(
    rows: Floats,
    weights: Floats,
    usable: NDArray[np.bool_],
    runs: Sequence[Rerun],
    counts: Sequence[int],
    seed: int,
) -> tuple[Labels, ...]:
    """Group by what the re-runs agree on, beside the features; nested Labels (n,) per count."""
    together = np.hstack([_landed(runs), rows])
    labels, centres = group(together, weights, usable, counts[0], seed)
    return merged(labels, centres, weights, counts)


def _landed(runs: Sequence[Rerun]) -> Floats:
    """Where each segment landed in every re-run, in a few dimensions; rows of unit length.

    Distances here are those of the matrix of how often two segments landed together, without the
    n × n numbers of that matrix (evidence accumulation, Fred and Jain 2005).
    """
    n = len(runs[0].labels)
    tables = []
    for run in runs:
        for labels in run.levels:
            sizes = np.maximum(np.bincount(labels), 1)
            cells = (1 / np.sqrt(sizes[labels]), (np.arange(n), labels))
            tables.append(csr_matrix(cells, shape=(n, len(sizes))))
    landed = hstack(tables).tocsr()
    return unit_rows(np.asarray(landed @ main_axes(landed, LANDED_DIMENSIONS).T))


def group(
    rows: Floats,
    weights: Floats,
    taken: NDArray[np.bool_],
    count: int,
    seed: int,
    *,
    starts: int | None = None,
) -> tuple[Labels, Floats]:
    """Weighted k-means of the taken rows; groups of fewer than SMALLEST rows join their nearest."""
    count = max(1, min(count, len(np.unique(rows[taken].round(6), axis=0))))
    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = KMeans(
            count,
            n_init=starts or (STARTS if len(rows) < MANY else STARTS_OF_MANY),
            random_state=seed,
            max_iter=100,
        )
        found.fit(rows[taken], sample_weight=weights[taken])
    sizes = np.bincount(found.labels_, minlength=count)
    large = sizes >= min(SMALLEST, int(sizes.max()))
    centres = np.asarray(found.cluster_centers_, dtype=np.float64)[large]
    return nearest(rows, centres), centres


def nearest(rows: Floats, centres: Floats) -> Labels:
    """The nearest centre of each row, shape (n,); the first of equals."""
    with one_thread():
        distance = (centres**2).sum(axis=1) - 2 * rows @ centres.T
    return np.asarray(distance.argmin(axis=1), dtype=np.int64)


def merged(
    labels: Labels, centres: Floats, weights: Floats, counts: Sequence[int]
) -> tuple[Labels, ...]:
    """Join groups by Ward's rule down to each of `counts`; a Labels (n,) per count, nested.

    Ward 1963: the next pair is the one whose joining raises the weighted squared error least. A
    join holding more than LARGEST_SHARE of the weight is made only when nothing else is left.
    """
    centres = centres.copy()
    mass: Floats = np.bincount(labels, weights, minlength=len(centres)).astype(np.float64)
    parent = np.arange(len(centres))
    alive = list(range(len(centres)))
    levels: list[Labels] = []
    for count in counts:
        while len(alive) > count:
            kept, gone = _cheapest(centres[alive], mass[alive])
            kept, gone = alive[kept], alive[gone]
            total = max(mass[kept] + mass[gone], 1e-12)
            centres[kept] = (mass[kept] * centres[kept] + mass[gone] * centres[gone]) / total
            mass[kept] = total
            parent[parent == gone] = kept
            alive.remove(gone)
        levels.append(np.searchsorted(alive, parent)[labels].astype(np.int64))
    return tuple(levels)


def _cheapest(centres: Floats, mass: Floats) -> tuple[int, int]:
    distance = ((centres[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    together = mass[:, None] + mass[None, :]
    cost = mass[:, None] * mass[None, :] / np.maximum(together, 1e-12) * distance
    cost[together > LARGEST_SHARE * mass.sum()] += 1e9
    cost[np.tril_indices(len(mass))] = np.inf
    first, second = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(first), int(second)
