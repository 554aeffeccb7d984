"""What is grouped: segments, or, where there are thousands, small heaps of alike segments.

Up to MOST_PAIRED segments each is a grain by itself. A larger study is first laid into GRAINS
heaps, so that what follows takes the same time and memory for any size, and looks at all pairs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from capture.theming.consensus import Labels, Singles
from capture.theming.features import Floats, unit_rows
from capture.theming.grouping import grouped

MOST_PAIRED = 3000
GRAINS = 2000
GRAIN_DIMENSIONS = 100
GRAIN_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Grains:
    """`of` (n,) is each segment's grain, -1 for one that shapes nothing; `rows` (n, d) and
    `weights` (n,) are the segments'."""

    of: Labels
    rows: Singles
    weights: Floats

    @property
    def count(self) -> int:
        """How many grains there are."""
        return int(self.of.max()) + 1

    def mostly(self, labels: Labels) -> Labels:
        """What most segments of each grain are, (grains,), of Labels (n,); -1 for nothing."""
        told = (self.of >= 0) & (labels >= 0)
        counts = np.zeros((self.count, int(labels.max(initial=0)) + 1))
        np.add.at(counts, (self.of[told], labels[told]), 1)
        return np.where(counts.any(axis=1), counts.argmax(axis=1), -1)

    def held(self, taken: Labels) -> "Held":
        """The grains as the taken segments alone make them, taken: positions."""
        here, where = np.unique(self.of[taken], return_inverse=True)
        table = csr_matrix(
            (self.weights[taken], (where, np.arange(len(taken)))), shape=(len(here), len(taken))
        )
        middle = unit_rows(np.asarray(table @ self.rows[taken], dtype=np.float64))
        return Held(
            grains=here,
            rows=middle.astype(np.float32),
            weights=np.asarray(table.sum(axis=1)).ravel(),
            sizes=np.bincount(where, minlength=len(here)),
        )


@dataclass(frozen=True, slots=True)
class Held:
    """The m grains some segments fall into: their numbers, middles (m, d), weights and sizes."""

    grains: Labels
    rows: Singles
    weights: Floats
    sizes: Labels

    def alike(self) -> Singles:
        """Cosines of every two, shape (m, m)."""
        return np.asarray(self.rows @ self.rows.T)


def grains(rows: Floats, weights: Floats, shaping: Labels, bound: Labels, seed: int) -> Grains:
    """Lay the shaping segments (positions) into grains; `bound` (n,) keeps apart what people bound
    in different ways."""
    of = np.full(len(rows), -1, dtype=np.int64)
    if len(shaping) <= MOST_PAIRED:
        of[shaping] = np.arange(len(shaping))
    else:
        heaps = _heaps(rows[shaping].astype(np.float32), weights[shaping], seed)
        pairs = np.stack([heaps, bound[shaping]], axis=1)
        of[shaping] = np.unique(pairs, axis=0, return_inverse=True)[1].ravel()
    return Grains(of, rows.astype(np.float32), weights)


def _heaps(rows: Singles, weights: Floats, seed: int) -> Labels:
    middle = rows.mean(axis=0)
    some = rows[:: len(rows) // MOST_PAIRED + 1] - middle
    _, _, axes = randomized_svd(some, GRAIN_DIMENSIONS, n_iter=2, random_state=0)
    points = np.asarray((rows - middle) @ axes.T, dtype=np.float32)
    chance = np.random.default_rng(seed)
    return grouped(points, weights, GRAINS, chance, rounds=GRAIN_ROUNDS, spread=False)
