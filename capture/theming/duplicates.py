"""Finding what was said twice: a copied paragraph, a questionnaire's stock answer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from capture.theming.words import words_of

SAME_FROM = 0.97
"""Cosine from which two texts say the same in nearly the same words."""
_BLOCK = 1024


def near_duplicates(texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark, shape (n,), every text that says again what an earlier one in the order given said."""
    repeats: NDArray[np.bool_] = originals(texts, vectors) != np.arange(len(texts))
    return repeats


def originals(texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Give each text the position of the first text it repeats, or its own; shape (n,)."""
    first = np.arange(len(texts))
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        first[i] = seen.setdefault(" ".join(words_of(text)) or text, i)
    for start in range(0, len(texts), _BLOCK):
        block = vectors[start : start + _BLOCK]
        alike = block @ vectors[: start + len(block)].T >= SAME_FROM
        earliest = alike.argmax(axis=1)
        earliest[~alike.any(axis=1)] = len(texts)  # a vector of zeros is like nothing
        first[start : start + len(block)] = np.minimum(first[start : start + len(block)], earliest)
    return first
