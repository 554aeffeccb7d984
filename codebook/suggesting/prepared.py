"""A study's passages made ready to learn from: their views, and which are near each other.

It takes seconds to half a minute and depends on words alone, so a running service keeps it in
memory; it is never written to disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from capture.one_thread import one_thread
from codebook.suggesting.views import Floats, Said, Views, unit

MOST_NEIGHBOURS = 30
ONE_IN = 10
"""Neighbours a passage has in the graph: at most one in ten of the others, and 30."""
NEARNESS_POWER = 2
ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """Passages with all that can be known of them before anyone decides."""

    said: Said
    views: Views
    rows: Floats
    """(n, at most 600)."""
    own: Floats
    """(n, dimensions): what the passage itself says, without what stands beside it."""
    graph: csr_matrix
    """(n, n): each row the shares of a passage's nearest others, adding to one, or nothing."""
    texts: Sequence[str]
    """Every text once: the passages' own and what stands beside them."""
    vectors: Floats
    """(texts, dimensions), beside `texts`."""
    letters: csr_matrix
    """(texts, pieces of words), beside `texts`."""
    at: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    """Where in `texts` a passage, the text before and the text after it stand; -1 for nowhere."""


@one_thread()
def prepare(said: Said, *, seed: int = 0) -> Prepared:
    """Make passages ready; n = 0, 1, 2 are possible, and leave little to learn from."""
    views = Views(said, seed=seed)
    rows = views.of(said)
    places: dict[str, int] = {}
    vectors: list[Floats] = []
    at = []
    sides = (
        (said.texts, said.vectors),
        (said.before, said.before_vectors),
        (said.after, said.after_vectors),
    )
    for texts, of_texts in sides:
        for text, vector in zip(texts, of_texts, strict=True):
            if text not in places:
                places[text] = len(places)
                vectors.append(vector)
        nowhere = np.abs(of_texts).sum(axis=1) == 0
        at.append(np.where(nowhere, -1, [places[text] for text in texts]).astype(np.int64))
    distinct = list(places)
    return Prepared(
        said,
        views,
        rows,
        views.own(said),
        _graph(unit(rows)),
        distinct,
        np.stack(vectors).astype(np.float32) if vectors else said.vectors,
        views.letters.weighed(distinct) if distinct else csr_matrix((0, 1), dtype=np.float32),
        (at[0], at[1], at[2]),
    )


def _graph(rows: Floats) -> csr_matrix:
    count = len(rows)
    most = min(MOST_NEIGHBOURS, count // ONE_IN)
    if most == 0:
        return csr_matrix((count, count), dtype=np.float32)
    near, weight = [], []
    for start in range(0, count, ROWS_AT_A_TIME):
        likeness = rows[start : start + ROWS_AT_A_TIME] @ rows.T
        itself = np.arange(len(likeness))
        likeness[itself, start + itself] = -1.0
        best = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        near.append(best)
        found = np.take_along_axis(likeness, best, axis=1)
        weight.append(np.maximum(found, 0.0) ** NEARNESS_POWER)
    weights = np.concatenate(weight)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    whose = np.repeat(np.arange(count), most)
    pairs = (weights.ravel(), (whose, np.concatenate(near).ravel()))
    return csr_matrix(pairs, shape=(count, count), dtype=np.float32)
