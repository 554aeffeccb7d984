"""What ordinary tools do with the same passages: the recipes one finds in any tutorial."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.corpora import Coded
from benchmarks.measures import Labels

Floats = NDArray[np.float32]
Fold = NDArray[np.bool_]
KINDS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "balanced": {"class_weight": "balanced"},
}
"""scikit-learn's defaults, and the setting that serves ordinary classifiers best here."""


def bertopic(texts: Sequence[str], vectors: Floats, seed: int) -> Labels:
    """BERTopic with its defaults, given the vectors; UMAP's default has no seed, ours has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from umap import UMAP

        reduced = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        )
        topics, _ = BERTopic(umap_model=reduced).fit_transform(list(texts), vectors)
    return np.array(topics, dtype=np.int64)


def k_means(vectors: Floats, count: int, seed: int) -> Labels:
    """k-means on the vectors, told the true count."""
    found = KMeans(count, n_init=10, random_state=seed).fit_predict(vectors)
    return np.asarray(found, dtype=np.int64)


def folds(transcripts: Sequence[str]) -> list[Fold]:
    """One transcript left out at a time: which passages are left out, (n,)."""
    named = np.array(transcripts)
    return [named == one for one in sorted(set(transcripts))]


def left_out(corpus: Coded, scored: Callable[[Fold], NDArray[np.floating]]) -> Floats:
    """Scores (n, codes) of every passage when its transcript was left out.

    `scored` is given which passages are left out, and gives scores of all of them (n, codes).
    """
    found = np.zeros(corpus.confirmed.shape, dtype=np.float32)
    for out in folds(corpus.transcripts):
        found[out] = scored(out)[out]
    return found


def dense_rows(vectors: Floats, around: tuple[Floats, Floats] | None) -> Floats:
    """Vectors, and at half weight those of the text before and after."""
    beside = [0.5 * side for side in around or ()]
    return np.hstack([vectors, *beside]).astype(np.float32)


def word_rows(corpus: Coded, out: Fold, *, around: bool) -> csr_matrix:
    """TF-IDF of words and pairs, learnt without what is left out; beside at half weight."""
    sides = [corpus.texts] + ([corpus.before, corpus.after] if around else [])
    parts = []
    for weight, texts in zip((1.0, 0.5, 0.5), sides, strict=False):
        tfidf = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        tfidf.fit([text for text, left in zip(texts, out, strict=True) if not left])
        parts.append(weight * tfidf.transform(texts))
    return csr_matrix(hstack(parts))


def logistic(rows: Floats | csr_matrix, corpus: Coded, out: Fold, kind: str) -> Floats:
    """One logistic regression for each code; the chances of what is left out, elsewhere zero."""
    found = np.zeros(corpus.confirmed.shape, dtype=np.float32)
    for code, truth in enumerate(corpus.confirmed.T):
        if truth[~out].any() and not truth[~out].all():
            model = LogisticRegression(max_iter=1000, **KINDS[kind]).fit(rows[~out], truth[~out])
            found[out, code] = model.predict_proba(rows[out])[:, 1]
    return found


def by_definition(vectors: Floats, told: Floats) -> Floats:
    """Before any decision: cosine of a passage to each code's name and definition."""
    return np.asarray(vectors @ told.T, dtype=np.float32)
