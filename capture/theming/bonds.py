"""What people said by merging and splitting: which segments are one theme, which are not.

A merge holds in the list it was made in and in coarser ones, a split in its list and in finer ones;
so nested lists can keep to both. Where two contradict each other, what is one theme wins.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from capture.theming.consensus import Labels
from capture.theming.features import Floats
from capture.theming.found import FINE_FIRST, Bonds, Level


class Bound:
    """Bonds between m items, of levels 0 (fine) to 2 (coarse). `item_of` gives each position that
    bonds speak of the item it lies in; positions that lie in none are passed over."""

    def __init__(
        self, bonds: Mapping[Level, Bonds], item_of: Mapping[int, int], count: int
    ) -> None:
        said = [bonds.get(level, Bonds()) for level in FINE_FIRST]
        groups = [[_items(group, item_of) for group in one.together] for one in said]
        self._groups = [[group for group in one if len(group) > 1] for one in groups]
        self._roots = [self._united(level, count) for level in range(len(said))]
        self._pairs = [
            self._apart(one.apart, item_of, roots)
            for one, roots in zip(said, self._roots, strict=True)
        ]
        self.any = any(map(len, self._pairs)) or any(self._groups)

    def _united(self, level: int, count: int) -> Labels:
        """Which items are one at this level, by chains of groups; the same number for these."""
        chains = [group for finer in self._groups[: level + 1] for group in finer]
        if not chains:
            return np.arange(count)
        firsts = [np.full(len(group), group[0]) for group in chains]
        ends = (np.concatenate(firsts), np.concatenate(chains))
        graph = csr_matrix((np.ones(len(ends[0])), ends), shape=(count, count))
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

    @staticmethod
    def _apart(
        pairs: Iterable[tuple[int, int]], item_of: Mapping[int, int], roots: Labels
    ) -> Labels:
        found = {
            (int(min(a, b)), int(max(a, b)))
            for one, other in pairs
            if one in item_of and other in item_of
            for a, b in ((roots[item_of[one]], roots[item_of[other]]),)
            if a != b
        }
        return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)

    def one_theme(self, level: int) -> list[Labels]:
        """Groups of items that are one theme at this level, because of it or a finer one."""
        return [group for finer in self._groups[: level + 1] for group in finer]

    def items(self) -> Labels:
        """All items that somebody bound or parted."""
        bound = [group for groups in self._groups for group in groups]
        for roots, pairs in zip(self._roots, self._pairs, strict=True):
            bound.append(np.flatnonzero(np.isin(roots, pairs)))
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *bound]))

    def kinds(self) -> Labels:
        """Numbers (m,): the same for items that are bound in the same way."""
        columns = []
        for roots, pairs in zip(self._roots, self._pairs, strict=True):
            alone = np.bincount(roots)[roots] == 1
            plain = alone & ~np.isin(roots, pairs)
            columns.append(np.where(plain, -1, roots))
        return np.asarray(
            np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)[1]
        ).ravel()

    def barred(self, labels: Labels, level: int) -> NDArray[np.bool_]:
        """Which groups may not become one at this level; shape (groups, groups)."""
        count = int(labels.max()) + 1
        barred = np.zeros((count, count), dtype=bool)
        for roots, pairs in zip(self._roots[level:], self._pairs[level:], strict=True):
            if not len(pairs):
                continue
            shape = (int(roots.max()) + 1, count)
            held = csr_matrix((np.ones(len(labels)), (roots, labels)), shape=shape)
            foe = csr_matrix((np.ones(len(pairs)), pairs.T), shape=(shape[0], shape[0]))
            barred |= (held.T @ (foe + foe.T) @ held).toarray() > 0
        return barred

    def parted(self, labels: Labels, apart: NDArray[np.floating]) -> Labels:
        """Clusters (m,) in which no two items lie that people parted, from clusters in which they
        may; `apart` (m, m) says which side the others of such a cluster go to."""
        labels = labels.copy()
        for group in self.one_theme(len(FINE_FIRST) - 1):
            self._gather(labels, group)
        for roots, pairs in zip(self._roots, self._pairs, strict=True):
            for cluster in np.unique(labels[np.isin(roots, pairs)]):
                inside = np.flatnonzero(labels == cluster)
                sides = _sides(roots[inside], pairs, apart[np.ix_(inside, inside)])
                labels[inside[sides > 0]] = labels.max() + sides[sides > 0]
        return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64)

    @staticmethod
    def _gather(labels: Labels, group: Labels) -> None:
        """Bring a group's strays, few in clusters of others, to where most of it lies."""
        own = np.bincount(labels[group], minlength=labels.max() + 1)
        stray = 2 * own < np.bincount(labels, minlength=len(own))
        labels[group[stray[labels[group]]]] = own.argmax()

    def softened(self, belong: Floats, labels: Labels, level: int) -> Floats:
        """Take away memberships (m, themes) that parted items would share, keeping each item's own
        theme, `labels` (m,)."""
        belong = belong.copy()
        for roots, pairs in zip(self._roots[level:], self._pairs[level:], strict=True):
            for one, other in pairs:
                first, second = np.flatnonzero(roots == one), np.flatnonzero(roots == other)
                shared = (belong[first] > 0).any(axis=0) & (belong[second] > 0).any(axis=0)
                for theme in np.flatnonzero(shared):
                    at_home = (labels[second] == theme).any()
                    soft = first if at_home else second
                    belong[soft[labels[soft] != theme], theme] = 0.0
        return belong


def _items(positions: Iterable[int], item_of: Mapping[int, int]) -> Labels:
    return np.array(sorted({item_of[i] for i in positions if i in item_of}), dtype=np.int64)


def _sides(roots: Labels, pairs: Labels, apart: NDArray[np.floating]) -> Labels:
    """Numbers (m,) of sides on which no two parted roots lie; what nobody parted goes to the
    nearest side, with all that is one with it."""
    here = [(a, b) for a, b in pairs.tolist() if a in roots and b in roots]
    side: dict[int, int] = {}
    for root in dict.fromkeys(end for pair in here for end in pair):
        foes = {side.get(b if a == root else a) for a, b in here if root in (a, b)}
        side[root] = next(number for number in range(len(roots) + 1) if number not in foes)
    found = np.array([side.get(int(root), -1) for root in roots], dtype=np.int64)
    for root in np.unique(roots[found < 0]) if here else ():
        inside = roots == root
        far = [apart[inside][:, found == s].mean() for s in range(max(side.values()) + 1)]
        side[int(root)] = int(np.argmin(far))
    return np.array([side.get(int(root), 0) for root in roots], dtype=np.int64)
