"""From many small clusters to themes: nearest on average first, with care for what is too small,
too large, or bound by people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from capture.theming.bonds import Bound
from capture.theming.consensus import LARGEST_SHARE, SMALLEST, Labels
from capture.theming.features import Floats

TOO_LARGE, SMALL_FIRST = 1e3, 1e6
"""Added to what a join costs: one that is too large waits until no other is left, and all wait for
clusters that are too small."""


@dataclass(slots=True)
class Clusters:
    """k clusters: `sums` (k, k) of their members' distances by weight, weights, segments held, and
    `parent` (k,), the cluster each has become part of."""

    sums: Floats
    mass: Floats
    sizes: Labels
    parent: Labels

    @classmethod
    def of(
        cls, labels: Labels, apart: NDArray[np.floating], weights: Floats, sizes: Labels
    ) -> "Clusters":
        """Clusters of items, by how far apart these are, (m, m), and how much they weigh."""
        count = int(labels.max()) + 1
        belongs = np.zeros((len(labels), count))
        belongs[np.arange(len(labels)), labels] = weights
        held = np.bincount(labels, sizes, minlength=count).astype(np.int64)
        return cls(belongs.T @ apart @ belongs, belongs.sum(axis=0), held, np.arange(count))

    def alive(self) -> Labels:
        """Clusters that are part of no other."""
        return np.unique(self.parent)

    def join(self, kept: int, gone: int) -> None:
        """Make one cluster part of another."""
        self.sums[kept] += self.sums[gone]
        self.sums[:, kept] += self.sums[:, gone]
        self.mass[kept] += self.mass[gone]
        self.sizes[kept] += self.sizes[gone]
        self.parent[self.parent == gone] = kept

    def costs(self, alive: Labels) -> Floats:
        """What each join would cost, shape (alive, alive); inf below the diagonal."""
        mass = self.mass[alive]
        cost = self.sums[np.ix_(alive, alive)] / np.maximum(mass[:, None] * mass[None, :], 1e-12)
        cost[mass[:, None] + mass[None, :] > LARGEST_SHARE * mass.sum()] += TOO_LARGE
        small = self.sizes[alive] < SMALLEST
        if small.any():
            cost[~(small[:, None] | small[None, :])] += SMALL_FIRST
        cost[np.tril_indices(len(alive))] = np.inf
        return np.asarray(cost)


def joined(
    clusters: Clusters, labels: Labels, counts: Sequence[int], bound: Bound
) -> tuple[Labels, ...]:
    """Join clusters down to each of `counts`, fine to coarse; nested Labels (m,) per count."""
    levels: list[Labels] = []
    for level, count in enumerate(counts):
        _bind(clusters, labels, level, bound)
        while (alive := clusters.alive()).size > 1 and (
            alive.size > count or clusters.sizes[alive].min() < SMALLEST
        ):
            cost = clusters.costs(alive)
            if bound.any:
                cost[bound.barred(np.searchsorted(alive, clusters.parent[labels]), level)] = np.inf
            first, second = np.unravel_index(int(cost.argmin()), cost.shape)
            if not np.isfinite(cost[first, second]):
                break
            clusters.join(int(alive[first]), int(alive[second]))
        levels.append(np.searchsorted(clusters.alive(), clusters.parent)[labels].astype(np.int64))
    return tuple(levels)


def _bind(clusters: Clusters, labels: Labels, level: int, bound: Bound) -> None:
    """Make one what people said is one theme at this level."""
    for items in bound.one_theme(level):
        kept, *others = np.unique(clusters.parent[labels[items]])
        for gone in others:
            clusters.join(int(kept), int(gone))
