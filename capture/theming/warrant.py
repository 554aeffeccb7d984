"""Which themes other parts of the text bear out: found again in re-runs, or joined to another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from capture.theming.bonds import Bound
from capture.theming.consensus import LARGEST_SHARE, SMALLEST, Labels, Rerun
from capture.theming.features import Floats, unit_rows

FOUND_AGAIN_FROM = 0.5
"""Overlap of members (Jaccard) from which a re-run is said to have found a theme again."""


def found_again(
    labels: Labels, runs: Sequence[Rerun], level: int, themed: NDArray[np.bool_]
) -> Labels:
    """In how many re-runs each theme was found at its own cut, among the rows it saw."""
    count = int(labels.max()) + 1
    found = np.zeros(count, dtype=np.int64)
    for run in runs:
        seen = run.taken & themed
        found += _best_overlap(labels[seen], run.levels[level][seen], count) >= FOUND_AGAIN_FROM
    return found


def found_at_all_levels(
    levels: Sequence[Labels], runs: Sequence[Rerun], themed: NDArray[np.bool_]
) -> list[Labels]:
    """found_again for each level, fine first; a theme that is the same at two cuts counts as found
    by the better of them."""
    found = [found_again(labels, runs, i, themed) for i, labels in enumerate(levels)]
    for i in reversed(range(len(levels) - 1)):
        parents = parents_of(levels[i], levels[i + 1])
        alone = np.flatnonzero(np.bincount(parents)[parents] == 1)
        same = parents[alone]
        found[i][alone] = found[i + 1][same] = np.maximum(found[i][alone], found[i + 1][same])
    return found


def warranted(
    levels: Sequence[Labels],
    rows: Floats,
    runs: Sequence[Rerun],
    themed: NDArray[np.bool_],
    bound: Bound,
    fewest: int = 1,
) -> tuple[Labels, ...]:
    """Join each theme without warrant (no re-run found it, or it holds next to nothing) to the
    nearest one within the same coarser theme.

    Levels are fine first and stay nested; a theme stays as it is where nothing lies beside it or
    the two would hold more than LARGEST_SHARE of the segments. What people bound or parted needs no
    warrant; `fewest` themes are kept in any case.
    """
    kept = list(levels)
    for level in reversed(range(len(kept))):
        outer = kept[level + 1] if level + 1 < len(kept) else np.zeros_like(kept[level])
        while int(kept[level].max()) >= fewest:
            pair = _unfound(kept[level], outer, rows, runs, level, themed, bound)
            if pair is None:
                break
            joined = np.where(kept[level] == pair[0], pair[1], kept[level])
            kept[level] = np.unique(joined, return_inverse=True)[1]
    return tuple(kept)


def _unfound(
    labels: Labels,
    outer: Labels,
    rows: Floats,
    runs: Sequence[Rerun],
    level: int,
    themed: NDArray[np.bool_],
    bound: Bound,
) -> tuple[int, int] | None:
    """The smallest theme without warrant that has a neighbour, and the nearest of these."""
    centres = np.zeros((int(labels.max()) + 1, rows.shape[1]))
    np.add.at(centres, labels[themed], rows[themed])
    centres = unit_rows(centres)
    parents = parents_of(labels, outer)
    sizes = np.bincount(labels, minlength=len(centres))
    small = np.bincount(labels[themed], minlength=len(centres)) < SMALLEST
    never = np.flatnonzero((found_again(labels, runs, level, themed) == 0) | small)
    never = np.setdiff1d(never, labels[bound.items()])
    barred = bound.barred(labels, level)
    for theme in never[np.argsort(sizes[never], kind="stable")]:
        fits = (sizes + sizes[theme] <= LARGEST_SHARE * len(labels)) & (parents == parents[theme])
        fits &= ~barred[theme]
        beside = np.flatnonzero(fits & (np.arange(len(centres)) != theme))
        if len(beside):
            return int(theme), int(beside[(centres[beside] @ centres[theme]).argmax()])
    return None


def parents_of(fine: Labels, coarser: Labels) -> Labels:
    """Which coarser group each fine one lies in; shape (fine groups,)."""
    parents = np.zeros(int(fine.max()) + 1, dtype=np.int64)
    parents[fine] = coarser
    return parents


def _best_overlap(labels: Labels, groups: Labels, count: int) -> Floats:
    """The Jaccard overlap of each theme's rows with the group most like it; (themes,)."""
    table = np.zeros((count, int(groups.max()) + 1))
    np.add.at(table, (labels, groups), 1.0)
    either = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    return np.asarray((table / np.maximum(either, 1.0)).max(axis=1))
