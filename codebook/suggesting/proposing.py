"""Which codes to propose for a passage, from calibrated scores; none is an answer too."""

from collections.abc import Sequence

import numpy as np

from codebook.entries import SIDE_FACETS
from codebook.suggesting.views import Floats

FLOOR = 0.1
"""Below one chance in ten nothing is proposed: it would cost more reading than it saves."""
MOST = 3
"""Suggestions a passage may have: as many as a coder weighs at a glance."""


def propose(
    scores: Floats,
    *,
    most: int = MOST,
    floor: float = FLOOR,
    facets: Sequence[str] | None = None,
) -> list[list[tuple[int, float]]]:
    """For each passage at most `most` (code index, score), best first; none below `floor`.

    `facets` has the facet key of each code. Given it, the side facets (level, journey) have one
    place between them, so that where and when don't crowd out what.
    """
    order = np.argsort(-scores, axis=1, kind="stable")
    aside = [facet in SIDE_FACETS for facet in facets or [""] * scores.shape[1]]
    return [
        _choose([(int(j), float(row[j])) for j in best if row[j] >= floor], aside, most)
        for row, best in zip(scores, order, strict=True)
    ]


def _choose(
    ranked: Sequence[tuple[int, float]], aside: Sequence[bool], most: int
) -> list[tuple[int, float]]:
    """The first `most`, of which at most one from a side facet."""
    chosen: list[tuple[int, float]] = []
    for index, score in ranked:
        full_aside = aside[index] and any(aside[j] for j, _ in chosen)
        if len(chosen) < most and not full_aside:
            chosen.append((index, score))
    return chosen
