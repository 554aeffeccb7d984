"""Where each segment stands on the map of themes: alike stands together, themes stand apart.

Every segment leans a little towards the themes it belongs to, then all are settled in the plane,
from a start in which themes lie as their centres are alike. The same rows give the same places in
whatever order they come; with places from before, what was there stays about where it was.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from capture.theme_map.settling import Indices, Progress, joined, neighbours, settle, untangle
from capture.theming.features import Floats, unit_rows

NEIGHBOURS = 15
LEAN = 0.2
"""What a theme's centre counts beside a member's own row, at each granularity. Enough to part the
themes' colours; at half, a theme was all one blob, and how its segments differ was not seen."""
MOST_SETTLED = 6000
"""With more segments an even part of them is settled first, and the others beside these."""
ROUNDS, GATHERING = 300, 80
AGAIN = 100
"""Rounds where most segments have their place already."""
BESIDE = 3
"""A new segment begins between so many that are most like it."""


def places(
    rows: Floats,
    themes: Sequence[csr_matrix],
    *,
    before: Floats | None = None,
    report: Progress | None = None,
) -> Floats:
    """Give every row its place, shape (n, 2); units are arbitrary, the middle is near zero.

    `rows` (n, d) are of unit length. `themes` has, for each granularity, coarse first, how strongly
    each row belongs to each theme, shape (n, themes). `before` (n, 2) holds earlier places, NaN for
    a row that had none.
    """
    if len(rows) < 2:
        return np.zeros((len(rows), 2))
    order = np.lexsort(rows.T[::-1])
    themes = [strengths[order] for strengths in themes if strengths.shape[1]]
    had = None if before is None else before[order]
    found = np.empty((len(rows), 2))
    found[order] = untangle(_places(leaning(rows[order], themes), themes, had, report))
    return found


def leaning(rows: Floats, themes: Sequence[csr_matrix]) -> Floats:
    """The rows, each moved towards the centres of the themes it belongs to; of unit length."""
    moved = rows.copy()
    for strengths in themes:
        moved += LEAN * (_shares(strengths) @ unit_rows(np.asarray(strengths.T @ rows)))
    return unit_rows(moved)


def _places(
    rows: Floats, themes: Sequence[csr_matrix], before: Floats | None, report: Progress | None
) -> Floats:
    first = np.unique(np.linspace(0, len(rows) - 1, min(len(rows), MOST_SETTLED)).astype(np.int64))
    near = neighbours(rows, first, min(NEIGHBOURS, max(1, len(first) // 4)))
    known = np.zeros(len(rows), dtype=bool)
    if before is not None:
        known[:] = ~np.isnan(before).any(axis=1)
    if before is not None and 2 * known.sum() > len(rows):
        start = _beside(rows, before, np.flatnonzero(known))
        settled = settle(joined(near, len(rows)), start, AGAIN, 0, report)
        return _turned_back(settled, before, known)
    start = np.empty((len(rows), 2))
    among = np.searchsorted(first, near[first])
    start[first] = settle(
        joined(among, len(first)),
        _begin(rows[first], [strengths[first] for strengths in themes]),
        ROUNDS,
        GATHERING,
        report,
    )
    if len(first) < len(rows):
        start = _beside(rows, start, first)
        start = settle(joined(near, len(rows)), start, AGAIN, 0, report)
    return _lying(start)


def _begin(rows: Floats, themes: Sequence[csr_matrix]) -> Floats:
    """A first layout: themes as their centres are alike, within them the rows' own directions."""
    centred = rows - rows.mean(axis=0)
    start = 0.5 * _sized(centred @ _two_axes(centred.T @ centred)[0])
    if themes:
        middle = themes[len(themes) // 2]
        start += _sized(_shares(middle) @ _scaled_down(unit_rows(np.asarray(middle.T @ rows))))
    # Rows that are all the same must not lie on one spot, from which nothing could move them.
    return start + 0.01 * _round_about(len(rows))


def _scaled_down(centres: Floats) -> Floats:
    """Classical scaling of the centres to the plane (Torgerson 1952), by their cosines."""
    apart = 2.0 - 2.0 * np.clip(centres @ centres.T, -1.0, 1.0)
    apart -= apart.mean(axis=0)
    apart -= apart.mean(axis=1, keepdims=True)
    axes, values = _two_axes(-0.25 * (apart + apart.T))
    return np.asarray(axes * np.sqrt(np.maximum(values, 0.0)))


def _beside(rows: Floats, had: Floats, known: Indices) -> Floats:
    """Places for all: those of the known stay, another's is between the known most like it."""
    start = had.copy()
    new = np.setdiff1d(np.arange(len(rows)), known)
    if len(new):
        both = np.concatenate([known, new])
        among = np.arange(len(known))
        near = neighbours(rows[both], among, min(BESIDE, len(known) - 1))[len(known) :]
        start[new] = had[known[near]].mean(axis=1)
        start[new] += 0.1 * _round_about(len(new))
    return start


def _turned_back(settled: Floats, before: Floats, known: NDArray[np.bool_]) -> Floats:
    """Turn and shift the whole so that what had a place is as near to it as can be."""
    middle, old_middle = settled[known].mean(axis=0), before[known].mean(axis=0)
    left, _, right = np.linalg.svd((settled[known] - middle).T @ (before[known] - old_middle))
    return np.asarray((settled - middle) @ (left @ right) + old_middle)


def _lying(settled: Floats) -> Floats:
    """Turn the whole so that it is wider than high, as screens are."""
    centred = settled - settled.mean(axis=0)
    return np.asarray(centred @ _two_axes(centred.T @ centred)[0])


def _shares(strengths: csr_matrix) -> csr_matrix:
    """Strengths scaled so that each row adds to one; a row in no theme stays empty."""
    sums = np.asarray(strengths.sum(axis=1)).ravel()
    return strengths.multiply(1.0 / np.where(sums > 0, sums, 1.0)[:, None]).tocsr()


def _sized(plane: Floats) -> Floats:
    """Scale so that the spread along the wider axis is one; what lies on one spot stays there."""
    spread = float(plane.std(axis=0).max(initial=0.0))
    return plane / spread if spread > 1e-9 else plane


def _two_axes(square: Floats) -> tuple[Floats, Floats]:
    """The two strongest eigenvectors as columns, and their values; zeros where there is no second.

    An axis points to where its largest entry is positive: left to itself a library takes either.
    """
    values, axes = np.linalg.eigh(square)
    values, axes = values[:-3:-1], axes[:, :-3:-1]
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    axes = axes * np.where(largest < 0, -1.0, 1.0)
    missing = 2 - len(values)
    return np.pad(axes, ((0, 0), (0, missing))), np.pad(values, (0, missing))


def _round_about(count: int) -> Floats:
    """Directions that differ from one to the next, by the golden angle; shape (count, 2)."""
    turn = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)
