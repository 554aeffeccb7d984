"""Which passages stand for a theme: central, from different people, and one at its edge."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from capture.theming.features import Floats

MOST, FEWEST = 5, 3
FULL_WORDS = 15
"""A passage of fewer words seldom makes sense alone; it counts in proportion."""


def centrality(rows: Floats, strengths: Floats, words: NDArray[np.int64]) -> Floats:
    """How well each of a theme's members stands for it: nearness × strength × fullness; (m,)."""
    centre = strengths @ rows
    near = rows @ (centre / max(float(np.linalg.norm(centre)), 1e-12))
    return np.asarray(near * np.sqrt(strengths) * np.minimum(1.0, words / FULL_WORDS))


def exemplars(scores: Floats, participants: NDArray[np.int64]) -> tuple[int, ...]:
    """Give three to five positions, best first, each by another participant if there are enough."""
    order = [int(i) for i in np.argsort(-scores, kind="stable")]
    chosen: list[int] = []
    heard: set[int] = set()
    for i in order:
        if len(chosen) < MOST and int(participants[i]) not in heard:
            chosen.append(i)
            heard.add(int(participants[i]))
    rest = [i for i in order if i not in chosen]
    return tuple(chosen + rest[: max(0, FEWEST - len(chosen))])


def edge(scores: Floats, chosen: Sequence[int]) -> int | None:
    """Give the position of a member that only just belongs, beside the exemplars."""
    rest = [int(i) for i in np.argsort(scores, kind="stable") if i not in chosen]
    return rest[len(rest) // 20] if rest else None
