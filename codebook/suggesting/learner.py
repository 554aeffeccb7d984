"""What is learnt beyond beliefs: lines between the codes, from passages that were decided on.

Each facet is answered by one of its codes or by none, so its codes share one probability. What is
believed beforehand comes from the codebook's words and from the nearest decided passages; lines are
drawn for the rest (multinomial logistic regression whose prior keeps them flat). With no decisions
there are no lines; with few the beliefs are moved a little; with hundreds they hardly count.

A code that nobody has decided on yet isn't learnt against, and keeps what the codebook's words say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from codebook.suggesting.decisions import Answers, Blocks, Bools
from codebook.suggesting.views import Floats

STEEPNESS = 3.0
"""Variance of a line's slope beforehand; a passage's views have a length of about 2."""
COMMONNESS = 0.3
"""Variance beforehand of how common a code is beside what is said: few decisions tell little."""
ITERATIONS = 25
RULED_OUT = -60.0
"""Log-odds of what was no choice."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Slopes (dimensions, columns) and commonness (columns,)."""

    slopes: Floats
    commonness: Floats


def none_belief(codes: int) -> float:
    """Log-odds of "none of these", before anyone decides, in a codebook of so many codes.

    The same in every facet, so that a code is not likelier for standing in a small one: in a
    codebook of a single facet, none is then as likely as any code. Beliefs in codes are about
    normal with variance 1: the mean of their exponentials is e^½.
    """
    return float(np.log(max(codes, 1)) + 0.5)


def draw_lines(
    rows: Floats, beliefs: Floats, given: Answers, blocks: Blocks, rivals: Bools
) -> Lines:
    """Learn from m decided passages: rows (m, dimensions), beliefs (m, columns) as log-odds.

    `rivals` (columns,) says which answers are learnt; the others keep their beliefs. The lines are
    the mode of the posterior: -log probability of what was said, or wasn't ruled out, is least.
    """
    if not given.weights.any():
        flat = np.zeros((rows.shape[1], blocks.width), dtype=np.float32)
        return Lines(flat, np.zeros(blocks.width, dtype=np.float32))
    # Passages hardly differ in most directions, which would take many steps: each is stretched.
    heavy = given.weights.max(axis=1)
    variance = np.append(np.full(rows.shape[1], STEEPNESS), COMMONNESS)
    inputs = np.column_stack([rows, np.ones(len(rows))])
    bend = 0.25 * (heavy[:, None] * inputs * inputs).sum(axis=0) + 1 / variance
    stretch = (1 / np.sqrt(bend)).astype(np.float32)
    loss = _Loss(
        (inputs * stretch).astype(np.float32),
        np.where(given.among, beliefs, RULED_OUT).astype(np.float32),
        given,
        blocks,
        (stretch**2 / variance).astype(np.float32)[:, None]
        @ np.ones((1, blocks.width), np.float32),
        rivals,
    )
    options = {"maxiter": ITERATIONS, "ftol": 1e-6, "gtol": 1e-3}
    start = np.zeros(len(variance) * blocks.width)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    learnt = best.reshape(len(variance), blocks.width).astype(np.float32) * stretch[:, None]
    return Lines(learnt[:-1], learnt[-1])


@dataclass(frozen=True, slots=True)
class _Loss:
    """-log posterior of stretched lines, and its gradient, as the optimiser asks for them."""

    inputs: Floats
    beliefs: Floats
    given: Answers
    blocks: Blocks
    held: Floats
    rivals: Bools

    def __call__(self, flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        lines = flat.astype(np.float32).reshape(self.held.shape)
        leaning = self.inputs @ lines + self.beliefs
        off, loss = np.zeros_like(leaning), 0.5 * float((self.held * lines * lines).sum())
        for facet, block in enumerate(self.blocks.slices):
            weights = self.given.weights[:, facet : facet + 1]
            sure = softmax(leaning[:, block])
            aim, worth = _aim(sure, self.given, block)
            loss -= float((weights * worth).sum(dtype=np.float64))
            off[:, block] = weights * (sure - aim)
        gradient = (self.inputs.T @ off + self.held * lines) * self.rivals
        return loss, gradient.ravel().astype(np.float64)


def _aim(sure: Floats, given: Answers, block: slice) -> tuple[Floats, Floats]:
    """What should have been answered (m, columns of a facet), and its log probability (m, 1).

    Where codes were only ruled out, that is whatever is likely among those left.
    """
    said = given.said[:, block]
    left = sure * given.possible[:, block]
    all_left = np.maximum(left.sum(axis=1, keepdims=True), 1e-9)
    told = said.any(axis=1, keepdims=True)
    of_said = (said * np.log(np.maximum(sure, 1e-12))).sum(axis=1, keepdims=True)
    return np.where(told, said, left / all_left), np.where(told, of_said, np.log(all_left))


def chances(leaning: Floats, blocks: Blocks) -> Floats:
    """From log-odds (n, columns) to the probability of each answer within its facet."""
    found = np.empty_like(leaning)
    for block in blocks.slices:
        found[:, block] = softmax(leaning[:, block])
    return found


def softmax(leaning: Floats) -> Floats:
    """Rows of log-odds to rows of probabilities that add to one."""
    raised = np.exp(leaning - leaning.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
