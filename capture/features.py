"""What a segment is like, as numbers: its meaning (dense) and its own words (lexical) side by side.

Either alone misses what the other sees; together they gained a tenth to a third in agreement with
people's codes on every corpus tried (docs/decisions/0005-candidate-themes.md).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from capture.words import GRAMMAR, WORD

Floats = NDArray[np.float64]

MOST_DENSE = 40
MOST_LEXICAL = 100
FEWEST_DIMENSIONS = 30
SEGMENTS_A_DIMENSION = 25
"""A small study shows few directions reliably; more would let chance decide its groups."""
LEXICAL_SHARE = 0.3
"""How much of a segment's squared length its words make up; flat between .2 and .5 in trials."""


def features(texts: Sequence[str], vectors: Floats, fitted: NDArray[np.bool_]) -> Floats:
    """Give rows of unit length, shape (n, at most 140); axes are found on fitted rows alone."""
    reliable = max(FEWEST_DIMENSIONS, int(fitted.sum()) // SEGMENTS_A_DIMENSION)
    dense = _dense(vectors, fitted, min(MOST_DENSE, reliable)) * np.sqrt(1 - LEXICAL_SHARE)
    lexical = _lexical(texts, fitted, min(MOST_LEXICAL, reliable)) * np.sqrt(LEXICAL_SHARE)
    return unit_rows(np.hstack([dense, lexical]))


def unit_rows(rows: Floats) -> Floats:
    """Scale each row to length one; a row of zeros stays one."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-12, norms, 1.0))


def _dense(vectors: Floats, fitted: NDArray[np.bool_], most: int) -> Floats:
    centred = vectors.astype(np.float64)
    centred -= centred[fitted].mean(axis=0)
    _, axes = np.linalg.eigh(centred[fitted].T @ centred[fitted])
    return _scaled(centred @ axes[:, -most:], fitted)


def _lexical(texts: Sequence[str], fitted: NDArray[np.bool_], most: int) -> Floats:
    """TF-IDF over words and pairs of words, reduced (latent semantic analysis)."""
    count = int(fitted.sum())
    weigh = TfidfVectorizer(
        token_pattern=WORD.pattern,
        stop_words=sorted(GRAMMAR),
        ngram_range=(1, 2),
        min_df=min(3, max(1, count // 20)),
        max_df=0.3 if count >= 20 else 1.0,
        sublinear_tf=True,
    )
    try:
        weigh.fit([text for text, fit in zip(texts, fitted, strict=True) if fit])
    except ValueError:  # no word is shared by enough segments: meaning alone must do
        return np.zeros((len(texts), 1))
    words: csr_matrix = weigh.transform(texts)
    axes = main_axes(words[fitted], most)
    rows = unit_rows(np.asarray(words @ axes.T))
    return _scaled(rows - rows[fitted].mean(axis=0), fitted)


def main_axes(rows: csr_matrix, most: int) -> Floats:
    """The strongest right singular vectors, strongest first; shape (at most `most`, columns)."""
    count = max(1, min(most, min(rows.shape) - 1))
    _, _, axes = randomized_svd(rows, count, n_iter=6, random_state=0)
    return np.asarray(axes)


def _scaled(rows: Floats, fitted: NDArray[np.bool_]) -> Floats:
    spread = np.sqrt((rows[fitted] ** 2).sum(axis=1).mean())
    return rows / spread if spread > 1e-12 else rows
