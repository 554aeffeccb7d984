"""What the nearest decided passages say, and what the nearest passages of any kind lend."""

import numpy as np

from codebook.suggesting.decisions import Answers
from codebook.suggesting.views import Floats

NEIGHBOURS = 15
NEARNESS_POWER = 3
NEIGHBOURS_COUNT = 4.0
"""What full agreement of the nearest decided passages adds, as log-odds."""
DOUBT = 0.1
"""Nearness (cosine to the third power, summed) at which neighbours count half."""
LENDERS = 10


def neighbours(likeness: Floats, given: Answers) -> Floats:
    """What the nearest decided passages say, (n, columns) in [-1, 1].

    `likeness` (n, m) is the cosine of each passage with each decided one, -1 where it must not
    count (a passage is no neighbour of its own).
    """
    most = min(NEIGHBOURS, likeness.shape[1])
    found = np.zeros((len(likeness), given.signs.shape[1]), dtype=np.float32)
    if most == 0:
        return found
    near = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
    weight = np.maximum(np.take_along_axis(likeness, near, axis=1), 0.0) ** NEARNESS_POWER
    weight *= given.weights.max(axis=1, initial=0.0)[near]
    for place in range(most):
        found += weight[:, place : place + 1] * given.signs[near[:, place]]
    return np.asarray(found / (weight.sum(axis=1, keepdims=True) + DOUBT), dtype=np.float32)


def lent(likeness: Floats, beliefs: Floats) -> Floats:
    """Beliefs (m, columns) for passages outside a study, from the nearest inside it (n of them).

    `likeness` is (m, n); the ten nearest lend by the square of their cosine.
    """
    most = min(LENDERS, likeness.shape[1])
    if most == 0 or not len(likeness):
        return np.zeros((len(likeness), beliefs.shape[1]), dtype=np.float32)
    near = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
    weight = np.maximum(np.take_along_axis(likeness, near, axis=1), 1e-3) ** 2
    weight /= weight.sum(axis=1, keepdims=True)
    found = np.zeros((len(likeness), beliefs.shape[1]), dtype=np.float32)
    for place in range(most):
        found += weight[:, place : place + 1] * beliefs[near[:, place]]
    return found
