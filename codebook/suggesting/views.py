"""Passages as numbers to learn from: what each says, and what was said just before and after.

Views lie side by side: meaning (the vectors), words, and letters (TF-IDF, reduced), each for the
passage itself; meaning and words also, at half the weight, for the text beside it. Nothing that a
person decided goes in, so the views of a study are made once and serve every retraining.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

Floats = NDArray[np.float32]

BESIDE_COUNTS = 0.5
"""How much the text before or after counts, as a length beside the passage's own views."""
MOST_LEXICAL = 400
MOST_TOGETHER = 600
"""Dimensions kept of words and of letters, and of all the views together."""
MOST_FEATURES = 30_000
"""Words, or pieces of words, looked at: the most frequent."""
FITTED_ON = 4_000
"""Passages from which the directions are found, taken evenly; all are laid out in them."""


@dataclass(frozen=True, slots=True)
class Said:
    """Passages with the text just before and after each, and unit vectors of all three.

    Vectors have shape (n, dimensions). Where nothing stands beside a passage, or nobody knows what
    does, the text is empty and the vector zero.
    """

    texts: Sequence[str]
    vectors: Floats
    before: Sequence[str]
    after: Sequence[str]
    before_vectors: Floats
    after_vectors: Floats

    def __len__(self) -> int:
        return len(self.texts)

    def taking(self, rows: NDArray[np.int64]) -> "Said":
        """Only these passages."""
        return Said(
            [self.texts[i] for i in rows],
            self.vectors[rows],
            [self.before[i] for i in rows],
            [self.after[i] for i in rows],
            self.before_vectors[rows],
            self.after_vectors[rows],
        )


def said_alone(texts: Sequence[str], vectors: Floats) -> Said:
    """Passages without anything beside them."""
    nothing = [""] * len(texts)
    nowhere = np.zeros_like(vectors, dtype=np.float32)
    return Said(texts, vectors, nothing, nothing, nowhere, nowhere)


class Views:
    """The directions in which a study's passages differ, found once; `of` lays passages in them."""

    def __init__(self, passages: Said, *, seed: int = 0) -> None:
        step = max(1, -(-len(passages) // FITTED_ON))
        some = passages.taking(np.arange(0, len(passages), step))
        beside = [text for text in (*some.before, *some.after) if text]
        self._middles = [
            _middle(vectors) for vectors in (some.vectors, some.before_vectors, some.after_vectors)
        ]
        self._words = Lexical([*some.texts, *beside], "words", seed)
        self.letters = Lexical(some.texts, "letters", seed)
        rows = self._side_by_side(some)
        self._middle = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1])
        self._axes = _axes(rows - self._middle, MOST_TOGETHER, seed)

    def of(self, passages: Said) -> Floats:
        """Rows to learn from, shape (n, at most 600)."""
        rows = self._side_by_side(passages) - self._middle
        return np.asarray(rows @ self._axes.T, dtype=np.float32)

    def own(self, passages: Said) -> Floats:
        """What each passage itself says, shape (n, at most dimensions + 800)."""
        return np.hstack(
            [
                _dense(passages.vectors, self._middles[0]),
                self._words.of(passages.texts),
                self.letters.of(passages.texts),
            ]
        )

    def _side_by_side(self, passages: Said) -> Floats:
        _, before, after = self._middles
        beside = [
            _dense(passages.before_vectors, before),
            _dense(passages.after_vectors, after),
            self._words.of(passages.before),
            self._words.of(passages.after),
        ]
        return np.hstack([self.own(passages), *(BESIDE_COUNTS * part for part in beside)])


class Lexical:
    """Texts by their words, or by pieces of words, in the strongest directions of these texts."""

    def __init__(
        self, texts: Sequence[str], kind: Literal["words", "letters"], seed: int = 0
    ) -> None:
        weigh = _weigher(kind, fewest=2 if len(texts) >= 20 else 1)
        self._weigh: TfidfVectorizer | None = weigh
        self._axes = np.zeros((0, 0), dtype=np.float32)
        try:
            weighed = weigh.fit_transform(texts)
        except ValueError:  # nothing that two of the texts share
            self._weigh = None
        else:
            self._axes = _axes(weighed, MOST_LEXICAL, seed)

    def of(self, texts: Sequence[str]) -> Floats:
        """Rows of shape (n, at most 400); none has columns where no text shared anything."""
        if self._weigh is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return np.asarray(self.weighed(texts) @ self._axes.T, dtype=np.float32)

    def weighed(self, texts: Sequence[str]) -> csr_matrix:
        """The same before it is reduced: rows of unit length, a column a word or piece."""
        if self._weigh is None:
            return csr_matrix((len(texts), 1), dtype=np.float32)
        if not texts:
            return csr_matrix((0, len(self._weigh.vocabulary_)), dtype=np.float32)
        return self._weigh.transform(texts)


def unit(rows: Floats) -> Floats:
    """Rows scaled to length one; a row of zeros stays one."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-9, norms, 1.0), dtype=np.float32)


def _weigher(kind: Literal["words", "letters"], *, fewest: int) -> TfidfVectorizer:
    words = kind == "words"
    return TfidfVectorizer(
        analyzer="word" if words else "char_wb",
        ngram_range=(1, 2) if words else (2, 5),
        token_pattern=r"(?u)\b\w+\b|[?!]" if words else None,
        sublinear_tf=True,
        min_df=fewest,
        max_features=MOST_FEATURES,
        dtype=np.float32,
    )


def _middle(vectors: Floats) -> Floats:
    there = vectors[np.abs(vectors).sum(axis=1) > 0]
    return there.mean(axis=0) if len(there) else np.zeros(vectors.shape[1], dtype=np.float32)


def _dense(vectors: Floats, middle: Floats) -> Floats:
    there = np.abs(vectors).sum(axis=1, keepdims=True) > 0
    return unit(np.where(there, vectors - middle, 0.0).astype(np.float32))


def _axes(rows: Floats | csr_matrix, most: int, seed: int) -> Floats:
    """The strongest right singular vectors, (at most `most`, columns)."""
    count = min(most, *rows.shape)
    if count == 0:
        return np.zeros((0, rows.shape[1]), dtype=np.float32)
    _, _, axes = randomized_svd(rows, count, n_iter=4, random_state=seed)
    return np.asarray(axes, dtype=np.float32)
