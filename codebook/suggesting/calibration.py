"""From scores to probabilities that hold: of a hundred shown with .8, eighty should be right.

A curve of two numbers (Platt 1999), learnt from scores of passages the learner had not seen, and
drawn towards what serves before anybody decides while there are few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from codebook.suggesting.decisions import Bools, Places
from codebook.suggesting.views import Floats

FOLDS = 5
FOLDS_OF_MANY = 3
MANY = 500
"""Decided passages from which on fewer folds tell as much."""
WORTH_SHOWING = 0.05
"""Scores below it are never shown, so the curve need not fit them."""
DRAWN_TO = (4.0, 16.0)
"""How strongly the curve's shift and slope are held where they rest: 1 / variance."""


@dataclass(frozen=True, slots=True)
class Curve:
    """`shift + slope · log-odds`, as log-odds."""

    shift: float = 0.0
    slope: float = 1.0

    def of(self, chances: Floats) -> Floats:
        """Probabilities (any shape) moved along the curve."""
        return np.asarray(expit(self.shift + self.slope * _log_odds(chances)), dtype=np.float32)


AT_REST = Curve(1.0)
"""The curve while too few were decided on to learn one: passages are cut where something is said,
so that codes apply more often than the codebook's words tell. Alike in corpora of both kinds."""


def curve_from(chances: Floats, right: Bools) -> Curve:
    """The curve under which these chances (any shape) come true as often as they say."""
    shown = chances >= WORTH_SHOWING
    odds, true = _log_odds(chances[shown]).astype(np.float64), right[shown].astype(np.float64)
    inputs = np.column_stack([np.ones(len(odds)), odds])
    held, at_rest = np.array(DRAWN_TO), np.array([AT_REST.shift, AT_REST.slope])

    def loss(curve: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """-log posterior, and its slope."""
        leaning, off = inputs @ curve, curve - at_rest
        worth = np.logaddexp(0, leaning) - true * leaning
        slope = inputs.T @ (expit(leaning) - true) + held * off
        return float(worth.sum() + 0.5 * (held * off * off).sum()), slope

    curve = minimize(loss, at_rest, jac=True, method="L-BFGS-B").x
    return Curve(float(curve[0]), float(curve[1]))


def folds_of(groups: Places, bound: Places) -> Places:
    """For each decided passage, of the group given (m,), the fold in which it is left out.

    All of a group together: groups go where there are fewest passages so far, the largest first.
    With a single group, stretches of it in its own order are left out instead. Those with the same
    number in `bound` (m,) are left out together in any case.
    """
    folds = FOLDS if len(groups) < MANY else FOLDS_OF_MANY
    numbers, counts = np.unique(bound, return_counts=True)
    for one in numbers[counts > 1]:
        across = np.unique(groups[bound == one])
        if len(across) > 1:
            groups = np.where(np.isin(groups, across), across[0], groups)
    keys, first, sizes = np.unique(groups, return_index=True, return_counts=True)
    if len(keys) < 2:
        _, place = np.unique(bound, return_inverse=True)
        return np.asarray(place * folds // max(1, int(place.max(initial=0)) + 1), dtype=np.int64)
    heaps, fold = np.zeros(min(folds, len(keys))), np.zeros(len(groups), dtype=np.int64)
    for at in np.lexsort((first, -sizes)):
        lightest = int(np.argmin(heaps))
        heaps[lightest] += sizes[at]
        fold[groups == keys[at]] = lightest
    return fold


def calibration_error(shown: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015): mean gap between score and share right."""
    scores, true = np.asarray(shown, dtype=float), np.asarray(right, dtype=float)
    if not len(scores):
        return 0.0
    at = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(scores[at == one].mean() - true[at == one].mean()) * (at == one).mean()
        for one in range(bins)
        if (at == one).any()
    ]
    return float(sum(gaps))


def _log_odds(chances: Floats) -> Floats:
    held = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(held / (1 - held)), dtype=np.float32)
