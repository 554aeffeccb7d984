"""One quick grouping of weighted points: k-means from spread-out beginnings (Arthur and
Vassilvitskii 2007), stopped early. A single one is rough; what many agree on is not."""

import numpy as np
from scipy.sparse import csr_matrix

from capture.theming.consensus import Labels, Singles
from capture.theming.features import Floats

ROUNDS = 12
_BLOCK = 4096


def grouped(
    points: Singles,
    weights: Floats,
    count: int,
    chance: np.random.Generator,
    *,
    rounds: int = ROUNDS,
    spread: bool = True,
) -> Labels:
    """Give each of m points one of at most `count` groups, shape (m,).

    `spread` begins at points far from each other, else at any; for thousands of groups that is
    as good and much quicker.
    """
    if spread:
        centres = points[_spread(points, weights, count, chance)]
    else:
        share = weights / weights.sum()
        centres = points[chance.choice(len(points), min(count, len(points)), False, share)]
    labels = _nearest(points, centres)
    for _ in range(rounds):
        table = csr_matrix(
            (weights, (labels, np.arange(len(points)))), shape=(len(centres), len(points))
        )
        mass = np.asarray(table.sum(axis=1)).ravel()
        held = mass > 0
        centres[held] = (table @ points)[held] / mass[held, None]
        before, labels = labels, _nearest(points, centres)
        if (before == labels).all():
            break
    return labels


def _nearest(points: Singles, centres: Singles) -> Labels:
    """The nearest centre of each point; the first of equals."""
    reach = np.einsum("ij,ij->i", centres, centres) / 2
    found = np.empty(len(points), dtype=np.int64)
    for at in range(0, len(points), _BLOCK):
        found[at : at + _BLOCK] = (reach - points[at : at + _BLOCK] @ centres.T).argmin(axis=1)
    return found


def _spread(points: Singles, weights: Floats, count: int, chance: np.random.Generator) -> list[int]:
    """Positions of points, each drawn the likelier the farther it is from those before."""
    square = np.einsum("ij,ij->i", points, points)
    chosen = [_drawn(weights, chance)]
    left = np.full(len(points), np.inf)
    for _ in range(count - 1):
        away = square + square[chosen[-1]] - 2 * points @ points[chosen[-1]]
        left = np.minimum(left, np.maximum(away, 0))
        chosen.append(_drawn(left * weights, chance))
    return chosen


def _drawn(chances: Floats, chance: np.random.Generator) -> int:
    total = np.cumsum(chances, dtype=np.float64)
    at = int(np.searchsorted(total, chance.random() * total[-1], side="right"))
    return min(at, len(chances) - 1)
