"""Who lies near whom, as coordinates: the graph of nearest neighbours, and its slow directions.

Neighbours say more than distances: talk that is about one thing is a chain of passages alike two by
two rather than a ball around a centre (spectral clustering, Ng, Jordan and Weiss 2002).
"""

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import coo_matrix, csr_matrix, diags
from scipy.sparse.linalg import eigsh

from capture.theming.consensus import Singles
from capture.theming.features import Floats

FEWEST_NEIGHBOURS = 3
ITEMS_A_NEIGHBOUR = 8
"""In a small study so many segments stand for each neighbour, or everything would be near all."""
SOLVED_WHOLE = 400
"""Up to so many items all eigenvectors are worked out, which is quick and always the same."""
BARELY = 1e-4
"""Weight of an edge between items that have nothing in common."""


def spectral(alike: Singles, weights: Floats, neighbours: int, most: int) -> Singles:
    """Coordinates (m, at most `most`) of m items, from how alike they are, (m, m).

    An item of weight w counts as w items in one place. Strongest direction first.
    """
    count = len(alike)
    near = min(neighbours, max(FEWEST_NEIGHBOURS, count // ITEMS_A_NEIGHBOUR), count - 1)
    graph = _neighbours(alike, near)
    graph = diags(weights) @ graph @ diags(weights)
    degree = np.asarray(graph.sum(axis=1)).ravel()
    scale = diags(1 / np.sqrt(degree))
    evened = (scale @ graph @ scale).tocsr()
    wanted = min(most, count - 1)
    if count <= max(SOLVED_WHOLE, 2 * wanted):
        axes = eigh(evened.toarray())[1][:, ::-1]
    else:
        begin = np.random.default_rng(0).random(count)
        found, axes = eigsh(evened, wanted, v0=begin)
        axes = axes[:, np.argsort(-found, kind="stable")]
    return np.asarray(axes[:, :wanted], dtype=np.float32)


def _neighbours(alike: Singles, near: int) -> csr_matrix:
    """Edges from each item to its `near` nearest, both ways; weights are squared likeness."""
    count = len(alike)
    others = alike.copy()
    np.fill_diagonal(others, -2)
    columns = np.argpartition(-others, near - 1, axis=1)[:, :near].ravel()
    rows = np.repeat(np.arange(count), near)
    weights = np.maximum(others[rows, columns], 0).astype(np.float64) ** 2 + BARELY
    graph = coo_matrix((weights, (rows, columns)), shape=(count, count)).tocsr()
    return graph.maximum(graph.T)
