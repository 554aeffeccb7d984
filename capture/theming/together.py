"""Groups of grains that land together however the text is cut: steadier than any one grouping.

The grains are grouped many times, into ever other numbers of groups and by nearer and farther
neighbours; how often two land together is their nearness (evidence accumulation, Fred and Jain
2005). With their likeness it makes one tree, which is cut three times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from capture.theming.bonds import Bound
from capture.theming.consensus import Labels, Singles
from capture.theming.features import unit_rows
from capture.theming.grains import Held
from capture.theming.grouping import grouped
from capture.theming.joining import Clusters, joined
from capture.theming.spectral import spectral

GROUPINGS = 40
"""In each re-run; the whole text is grouped as many times again and half."""
GROUPINGS_OF_ALL = 100
NEIGHBOURS = 10, 20
MOST_DIMENSIONS = 100
NUMBERS = 0.8, 1.2
"""Groupings have from so many times the middle count of groups to so many times the fine one."""
LIKENESS = 0.5
"""How much of two grains' distance is their own unlikeness, beside seldom landing together."""
LEANING = 0.2
"""How much it counts whether two stood in one theme, when themes are looked for again and nothing
is new; the less, the more is."""
CLUSTERS_A_THEME = 1.5
"""How much finer than the finest themes the tree is cut before clusters are joined with care."""


@dataclass(frozen=True, slots=True)
class Landed:
    """How often grains landed together: (m, m), 0 to 1, among those held."""

    held: Held
    alike: Singles
    share: Singles

    def leaning(self, before: Sequence[Labels]) -> "Landed":
        """The same, drawn towards themes that stood `before`: Labels (m,) for each granularity, -1
        for what was in none of its themes."""
        if not before:
            return self
        known = np.mean([one >= 0 for one in before], axis=0) > 0
        stood = np.mean([(one[:, None] == one) & (one >= 0) for one in before], axis=0)
        weight = LEANING * float(known.mean()) * (known[:, None] & known)
        share: Singles = ((1 - weight) * self.share + weight * stood).astype(np.float32)
        return Landed(self.held, self.alike, share)

    def levels(self, counts: Sequence[int], bound: Bound) -> tuple[Labels, ...]:
        """Nested groups of the grains held, Labels (m,) for each of `counts`, fine to coarse."""
        apart = 1 - ((1 - LIKENESS) * self.share + LIKENESS * self.alike)
        apart = np.maximum((apart + apart.T) / 2, 0)
        np.fill_diagonal(apart, 0)
        if len(apart) < 2:
            return tuple(np.zeros(len(apart), dtype=np.int64) for _ in counts)
        tree = linkage(squareform(apart, checks=False), "average")
        wanted = round(CLUSTERS_A_THEME * counts[0])
        finest = fcluster(tree, wanted, "maxclust").astype(np.int64) - 1
        finest = bound.parted(finest, apart)
        clusters = Clusters.of(finest, apart, self.held.weights, self.held.sizes)
        return joined(clusters, finest, counts, bound)


def landed(held: Held, counts: Sequence[int], groupings: int, seed: int) -> Landed:
    """Group what is held `groupings` times; counts of themes go from fine to coarse."""
    alike = held.alike()
    low, high = round(NUMBERS[0] * counts[1]), round(NUMBERS[1] * counts[0])
    dimensions = [min(count, MOST_DIMENSIONS) for count in (counts[1], counts[0])]
    spaces = [spectral(alike, held.weights, near, dimensions[-1]) for near in NEIGHBOURS]
    points = [
        unit_rows(space[:, :most].astype(np.float64)).astype(np.float32)
        for most in dimensions
        for space in spaces
    ]
    chance = np.random.default_rng(seed)
    ways = []
    for number in range(groupings):
        groups = int(chance.integers(max(2, low), max(3, high + 1)))
        labels = grouped(points[number % len(points)], held.weights, groups, chance)
        ways.append(np.eye(int(labels.max()) + 1, dtype=np.float32)[labels])
    cells = np.hstack(ways)
    share: Singles = (cells @ cells.T) / np.float32(groupings)
    return Landed(held, alike, share)


def agreed(parts: Sequence[Landed], whole: Landed) -> Landed:
    """What the re-runs and the whole say together, half each; for all grains of the whole."""
    count = int(whole.held.grains.max()) + 1
    total, times = np.zeros((2, count, count), dtype=np.float32)
    for part in parts:
        here = np.ix_(part.held.grains, part.held.grains)
        total[here] += part.share
        times[here] += 1
    here = np.ix_(whole.held.grains, whole.held.grains)
    seen = times[here]
    share: Singles = np.where(seen > 0, total[here] / np.maximum(seen, 1), whole.share)
    share = ((share + whole.share) / 2).astype(np.float32)
    return Landed(whole.held, whole.alike, share)
