"""Groups of segments that land together however the text is cut: steadier than any one grouping.

The segments are grouped many times into ever other numbers of groups, each time from part of them;
how often two land together is their nearness (evidence accumulation, Fred and Jain 2005). It needs
all pairs, so it serves studies of up to MOST_PAIRED segments.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from capture.consensus import LARGEST_SHARE, SMALLEST, Labels, Rerun, group, nearest, one_thread
from capture.features import Floats, unit_rows
from capture.warrant import parents_of

MOST_PAIRED = 3000
GROUPINGS = 24
EACH_FROM = 0.8
"""The part of the segments that each of the groupings is made from."""
NUMBERS = 0.7, 1.5
"""Groupings have from so many times the middle count of groups to so many times the fine one."""
LIKENESS = 0.7
"""How much of two segments' distance is their own unlikeness, beside seldom landing together."""
CLUSTERS_A_THEME = 1.5
"""How much finer than the finest themes the tree is cut before clusters are joined with care."""


def together(
    rows: Floats, weights: Floats, taken: NDArray[np.bool_], counts: Sequence[int], seed: int
) -> tuple[Labels, ...]:
    """Group the taken rows by how often they land together, place the others with the nearest
    group; nested Labels (n,) for each of `counts`, fine to coarse."""
    inside = np.flatnonzero(taken)
    apart = _apart(rows[inside], weights[inside], counts, seed)
    tree = linkage(squareform(apart, checks=False), "average")
    wanted = round(CLUSTERS_A_THEME * counts[0])
    finest = fcluster(tree, wanted, "maxclust").astype(np.int64) - 1
    levels = _joined(apart, finest, weights[inside], counts)
    centres = _centres(rows[inside], levels[0])
    everywhere = nearest(rows, centres)
    everywhere[inside] = levels[0]
    return tuple(parents_of(levels[0], level)[everywhere] for level in levels)


def rerun_together(
    rows: Floats, weights: Floats, taken: NDArray[np.bool_], counts: Sequence[int], seed: int
) -> Rerun:
    """Go the whole way again with the taken rows alone."""
    levels = together(rows, weights, taken, counts, seed)
    return Rerun(levels[0], taken, levels)


def _apart(rows: Floats, weights: Floats, counts: Sequence[int], seed: int) -> Floats:
    """How far apart segments are, shape (m, m), 0 to about 1; the diagonal is zero."""
    chance = np.random.default_rng(seed)
    low, high = NUMBERS[0] * counts[1], NUMBERS[1] * counts[0]
    landed = np.zeros((len(rows), len(rows)), dtype=np.float32)
    for number in range(GROUPINGS):
        some = chance.random(len(rows)) < EACH_FROM
        some[: SMALLEST + 1] |= not some.any()
        count = max(2, int(chance.uniform(low, high)))
        labels, _ = group(rows, weights, some, count, seed * GROUPINGS + number, starts=1)
        landed += labels[:, None] == labels[None, :]
    with one_thread():
        unlike = np.clip(1 - rows @ rows.T, 0, None)
    apart = (1 - LIKENESS) * (1 - landed / GROUPINGS) + LIKENESS * unlike
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, 0)
    return np.asarray(apart, dtype=np.float64)


def _joined(
    apart: Floats, labels: Labels, weights: Floats, counts: Sequence[int]
) -> tuple[Labels, ...]:
    """Join clusters, nearest on average first, down to each of `counts`; Labels (m,) per count.

    Clusters of fewer than SMALLEST are joined before all others; a join holding more than
    LARGEST_SHARE of the weight is made only when nothing else is left.
    """
    belongs = np.zeros((len(labels), int(labels.max()) + 1))
    belongs[np.arange(len(labels)), labels] = 1.0
    with one_thread():
        sums = belongs.T @ apart @ belongs
    sizes, mass = belongs.sum(axis=0), weights @ belongs
    parent = np.arange(len(sizes))
    levels: list[Labels] = []
    for count in counts:
        while (alive := np.unique(parent)).size > 1 and (
            alive.size > count or sizes[alive].min() < SMALLEST
        ):
            kept, gone = _nearest_pair(sums, sizes, mass, alive)
            sums[kept] += sums[gone]
            sums[:, kept] += sums[:, gone]
            sizes[kept] += sizes[gone]
            mass[kept] += mass[gone]
            parent[parent == gone] = kept
        levels.append(np.searchsorted(alive, parent)[labels].astype(np.int64))
    return tuple(levels)


def _nearest_pair(sums: Floats, sizes: Floats, mass: Floats, alive: Labels) -> tuple[int, int]:
    here = np.ix_(alive, alive)
    cost = sums[here] / (sizes[alive][:, None] * sizes[alive][None, :])
    cost[mass[alive][:, None] + mass[alive][None, :] > LARGEST_SHARE * mass[alive].sum()] += 1e3
    small = sizes[alive] < SMALLEST
    if small.any():
        cost[~(small[:, None] | small[None, :])] += 1e6
    cost[np.tril_indices(len(alive))] = np.inf
    first, second = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(alive[first]), int(alive[second])


def _centres(rows: Floats, labels: Labels) -> Floats:
    centres = np.zeros((int(labels.max()) + 1, rows.shape[1]))
    np.add.at(centres, labels, rows)
    return unit_rows(centres)
