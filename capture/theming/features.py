"""What a segment is like, as numbers: its meaning (dense) and how it is worded, side by side.

The wording is told by letters (three to five at a time, within words), so that "coder", "coders"
and "coding" are near each other without a stemmer and in any language; words that carry no subject
are left out, or themes would be ways of talking. Either alone misses what the
other sees (docs/decisions/0005-candidate-themes.md).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from capture.theming.words import GRAMMAR, words_of

Floats = NDArray[np.float64]

LETTERS = 3, 5
MOST_STRINGS = 50_000
"""Strings of letters that are told apart: the most frequent ones, in a large study."""
MOST_LEXICAL = 300
SEGMENTS_AN_AXIS = 3
MOST_FOR_AXES = 5_000
"""So many segments, evenly spread, are enough to find the axes of wording."""


def features(
    texts: Sequence[str], vectors: NDArray[np.floating], fitted: NDArray[np.bool_]
) -> Floats:
    """Give rows of unit length, shape (n, dimensions + at most 300); cosines are half of meaning,
    half of wording. The middle and the axes are found on fitted rows alone."""
    dense = vectors.astype(np.float64)
    if fitted.any():
        dense -= dense[fitted].mean(axis=0)
    return unit_rows(np.hstack([unit_rows(dense), _wording(texts, fitted)]))


def unit_rows(rows: Floats) -> Floats:
    """Scale each row to length one; a row of zeros stays one."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-12, norms, 1.0))


def _wording(texts: Sequence[str], fitted: NDArray[np.bool_]) -> Floats:
    """TF-IDF over strings of letters, reduced (latent semantic analysis), rows of unit length."""
    chosen: NDArray[np.int64] = np.flatnonzero(fitted)
    weigh = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=LETTERS,
        min_df=min(3, max(1, len(chosen) // 20)),
        max_features=MOST_STRINGS,
        sublinear_tf=True,
        dtype=np.float32,
    )
    worded = [" ".join(w for w in words_of(text) if w not in GRAMMAR) for text in texts]
    try:
        weigh.fit([worded[int(i)] for i in chosen])
    except ValueError:  # no string is shared by enough segments: meaning alone must do
        return np.zeros((len(texts), 1))
    strings: csr_matrix = weigh.transform(worded)
    some = chosen[:: len(chosen) // MOST_FOR_AXES + 1]
    axes = main_axes(strings[some], min(MOST_LEXICAL, len(some) // SEGMENTS_AN_AXIS))
    rows = unit_rows(np.asarray(strings @ axes.T, dtype=np.float64))
    return unit_rows(rows - rows[fitted].mean(axis=0))


def main_axes(rows: csr_matrix, most: int) -> Floats:
    """The strongest right singular vectors, strongest first; shape (at most `most`, columns)."""
    count = max(1, min(most, min(rows.shape) - 1))
    _, _, axes = randomized_svd(
        rows, count, n_iter=3, power_iteration_normalizer="QR", random_state=0
    )
    return np.asarray(axes)
