"""From grains back to segments: what took no part in a grouping joins the nearest of its groups."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from capture.theming.consensus import Labels
from capture.theming.features import Floats, unit_rows
from capture.theming.grains import Grains, Held

BLOCK = 4096
"""Segments compared with all centres at once."""


def everywhere(
    grained: Grains, taken: NDArray[np.bool_], held: Held, levels: Sequence[Labels]
) -> tuple[Labels, ...]:
    """Give every segment its group, Labels (n,) for each level, from those of the grains held,
    (m,); nested as these are. `taken` (n,) are the segments the grains were made from."""
    fine = np.zeros(len(taken), dtype=np.int64)
    fine[taken] = levels[0][np.searchsorted(held.grains, grained.of[taken])]
    rest = np.flatnonzero(~taken)
    centres = centres_of(grained.rows[taken], fine[taken], grained.weights[taken])
    fine[rest] = nearest(grained.rows[rest], centres)
    parents = [np.zeros(int(levels[0].max()) + 1, dtype=np.int64) for _ in levels]
    for parent, level in zip(parents, levels, strict=True):
        parent[levels[0]] = level
    return tuple(parent[fine] for parent in parents)


def centres_of(rows: NDArray[np.floating], labels: Labels, weights: Floats) -> Floats:
    """The middle of each group, rows of unit length, shape (groups, d)."""
    shape = (int(labels.max()) + 1, len(labels))
    table = csr_matrix((weights, (labels, np.arange(len(labels)))), shape=shape)
    return unit_rows(np.asarray(table @ rows, dtype=np.float64))


def nearest(rows: NDArray[np.floating], centres: Floats) -> Labels:
    """The centre each row has the greatest cosine with, shape (n,); the first of equals."""
    found = np.zeros(len(rows), dtype=np.int64)
    for at in range(0, len(rows), BLOCK):
        found[at : at + BLOCK] = (rows[at : at + BLOCK] @ centres.T).argmax(axis=1)
    return found
