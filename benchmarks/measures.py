"""How good scores and groupings are, against what a person said."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    average_precision_score,
)

Scores = NDArray[np.floating]
Truth = NDArray[np.bool_]
Labels = NDArray[np.int64]
UNTHEMED = -1


def hits(scores: Scores, truth: Truth, first: Sequence[int] = (1, 3, 5)) -> list[float]:
    """Share of the passages with a code that have a right one among the first k."""
    coded = truth.any(axis=1)
    order = np.argsort(-scores[coded], axis=1, kind="stable")
    right = np.take_along_axis(truth[coded], order, axis=1)
    return [float(right[:, :k].any(axis=1).mean()) for k in first]


def mean_average_precision(scores: Scores, truth: Truth) -> float:
    """Mean over codes of the average precision over all passages, folds pooled."""
    used = np.flatnonzero(truth.any(axis=0))
    return float(np.mean([average_precision_score(truth[:, j], scores[:, j]) for j in used]))


def by_question(scores: Scores, truth: Truth) -> float:
    """Mean over questions (rows) of the average precision over all turns."""
    rows = [row for row in range(len(truth)) if truth[row].any()]
    return float(np.mean([average_precision_score(truth[row], scores[row]) for row in rows]))


def agreement(truth: Labels, found: Labels) -> tuple[float, float]:
    """Adjusted mutual information and adjusted Rand index; what is unthemed is a class."""
    return (
        float(adjusted_mutual_info_score(truth, found)),
        float(adjusted_rand_score(truth, found)),
    )


def between(groupings: Sequence[Labels]) -> float:
    """Mean adjusted Rand index of all pairs."""
    return float(np.mean([adjusted_rand_score(a, b) for a, b in combinations(groupings, 2)]))


def unthemed(found: Labels) -> float:
    """Share that is in no group."""
    return float((found == UNTHEMED).mean())
