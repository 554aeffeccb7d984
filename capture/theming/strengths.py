"""How much a segment belongs to a theme, from how often it landed with the theme's segments."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from capture.theming.consensus import Labels, Rerun
from capture.theming.features import Floats, unit_rows

ALSO_FROM = 0.25
"""A further theme counts a segment as a member from this strength."""
LOOSEST_SHARE = 0.05
"""At most this part of the segments stays unthemed."""
NEAR = 0.5
"""A segment always stays from this part of the usual (median) nearness to one's theme on."""


def shares(labels: Labels, runs: Sequence[Rerun], weights: Floats) -> Floats:
    """Give strengths (n, themes), rows adding to one: the mean over re-runs of how much of the
    group a segment landed in belongs to each theme."""
    themes = int(labels.max()) + 1
    total = np.zeros((len(labels), themes))
    for run in runs:
        table = np.zeros((int(run.labels.max()) + 1, themes))
        np.add.at(table, (run.labels, labels), weights)
        table /= np.maximum(table.sum(axis=1, keepdims=True), 1e-12)
        total += table[run.labels]
    return total / len(runs)


def summed(fine: Floats, parents: Labels, count: int) -> Floats:
    """Give a coarser granularity's strengths: a theme's is the sum of those nested in it."""
    table = np.zeros((fine.shape[1], count))
    table[np.arange(fine.shape[1]), parents] = 1.0
    return np.asarray(fine @ table)


def loosest(rows: Floats, labels: Labels, fitted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which segments lie near no theme: much farther from their own than is usual, and among
    the loosest."""
    centres = np.zeros((int(labels.max()) + 1, rows.shape[1]))
    np.add.at(centres, labels[fitted], rows[fitted])
    near = (rows * unit_rows(centres)[labels]).sum(axis=1)
    allowed = int(LOOSEST_SHARE * len(labels))
    candidates = np.argsort(near, kind="stable")[:allowed]
    out = np.zeros(len(labels), dtype=bool)
    out[candidates[near[candidates] < NEAR * float(np.median(near))]] = True
    return out


def memberships(strengths: Floats, primary: Labels, unthemed: NDArray[np.bool_]) -> Floats:
    """Keep what makes a member: the own theme always and strongest, others from ALSO_FROM."""
    rows = np.arange(len(primary))
    own = np.maximum(strengths[rows, primary], strengths.max(axis=1))
    kept = np.where(strengths >= ALSO_FROM, np.minimum(strengths, 0.95 * own[:, None]), 0.0)
    kept[rows, primary] = np.clip(own, 0.01, 1.0)
    kept[unthemed] = 0.0
    return np.asarray(kept)
