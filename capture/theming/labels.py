"""What a theme is called: phrases said often in it, seldom elsewhere, in more than one transcript.

A phrase's weight in a theme is its share there times the logarithm of how much larger that share is
than in all the text (a term of the Kullback-Leibler divergence, akin to class-based TF-IDF), times
how near the passages that use it lie to the theme's centre. The list is then thinned of phrases
that say the same (maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer

from capture.theming.features import Floats, unit_rows
from capture.theming.phrases import Nouns, Spelling, phrases_of

KEYPHRASES = 6
IN_LABEL = 3
COMES_BACK = 0.06
"""A phrase names a theme only if so much of it says that phrase."""
CONSIDERED = 40
"""Phrases weighed against each other per theme."""
LONGER_IS_CLEARER = (1.0, 1.35, 1.45)
"""Favour for phrases of one, two, three words: two words say more than one."""
DIFFERENCE = 0.35
"""How much being unlike the phrases already chosen counts against a phrase's own weight."""


class Labeller:
    """Names themes over one body of text; built once, asked for each granularity."""

    def __init__(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        transcripts: NDArray[np.int64],
        counted: NDArray[np.bool_],
    ) -> None:
        self._transcripts = transcripts
        self._counted = counted
        self._spelling = Spelling(texts)
        self._phrases, self._said = self._table(texts)
        centred = vectors - vectors.mean(axis=0)
        self._vectors = unit_rows(centred.astype(np.float64))
        self._meaning = unit_rows(np.asarray(self._said.T @ self._vectors))
        words = np.array([min(len(phrase.split()), 3) - 1 for phrase in self._phrases], dtype=int)
        nouns = Nouns(texts)
        self._nouns = np.array([nouns.is_noun_phrase(phrase) for phrase in self._phrases], bool)
        self._favour = np.asarray(LONGER_IS_CLEARER)[words]

    def _table(self, texts: Sequence[str]) -> tuple[list[str], csr_matrix]:
        """Phrases, and who says them: a 0/1 table of shape (segments, phrases)."""
        counter = CountVectorizer(analyzer=phrases_of, binary=True, min_df=2)
        try:
            said = counter.fit_transform(texts).astype(np.float64).tocsr()
        except ValueError:  # no phrase is said twice
            return [], csr_matrix((len(texts), 0))
        found = [str(phrase) for phrase in counter.get_feature_names_out()]
        kept = [i for i, phrase in enumerate(found) if not self._spelling.holds_name(phrase)]
        return [found[i] for i in kept], diags(self._counted.astype(float)).tocsr() @ said[:, kept]

    def keyphrases(self, memberships: Floats) -> list[tuple[str, ...]]:
        """Give each theme's phrases, best first; memberships (n, themes) hold strengths 0 to 1."""
        if not self._phrases:
            return [() for _ in range(memberships.shape[1])]
        everywhere = np.asarray(self._said.sum(axis=0)).ravel() / max(1, int(self._counted.sum()))
        return [self._of_theme(column, everywhere) for column in memberships.T]

    def _of_theme(self, strengths: Floats, everywhere: Floats) -> tuple[str, ...]:
        total = strengths[self._counted].sum()
        if total <= 0:
            return ()
        share = np.asarray(strengths @ self._said).ravel() / total
        gain = share * np.log(np.maximum(share, 1e-12) / np.maximum(everywhere, 1e-12))
        near = np.maximum(self._meaning @ unit_rows((strengths @ self._vectors)[None, :])[0], 0.0)
        weight = gain * near * self._favour
        wide = np.where(self._corroborated(strengths), weight, 0.0)
        chosen = self._best(np.where(self._nouns, wide, 0.0))
        # A label of one word says too little: other words help out, best those of several places.
        helping = (wide, np.where(self._nouns, weight, 0.0)) if chosen else (wide,)
        for more in helping:
            if len(chosen) < IN_LABEL - 1:
                chosen = (*chosen, *self._besides(chosen, more))[: IN_LABEL - 1]
        return chosen

    def _best(self, weight: Floats) -> tuple[str, ...]:
        best = np.argsort(-weight, kind="stable")[:CONSIDERED]
        return self._thinned([int(i) for i in best if weight[i] > 0], weight)

    def _besides(self, chosen: tuple[str, ...], weight: Floats) -> tuple[str, ...]:
        said = {stem for phrase in chosen for stem in _stems(phrase.lower())}
        return tuple(p for p in self._best(weight) if not _stems(p.lower()) & said)

    def _corroborated(self, strengths: Floats) -> NDArray[np.bool_]:
        """Said by two segments, by more in a large theme, and in two transcripts where the theme
        has as many."""
        inside = np.flatnonzero((strengths > 0) & self._counted)
        said = self._said[inside]
        times = np.asarray(said.sum(axis=0)).ravel()
        enough = times >= max(2.0, COMES_BACK * float(strengths[inside].sum()))
        _, where = np.unique(self._transcripts[inside], return_inverse=True)
        if len(inside) and where.max() > 0:
            table = csr_matrix((np.ones(len(inside)), (where, np.arange(len(inside)))))
            places = np.asarray(((table @ said) > 0).sum(axis=0)).ravel()
            wide = enough & (places >= 2)
            enough = wide
        return np.asarray(enough, dtype=bool)

    def _thinned(self, candidates: list[int], weight: Floats) -> tuple[str, ...]:
        chosen: list[int] = []
        top = weight[candidates[0]] if candidates else 1.0
        while candidates and len(chosen) < KEYPHRASES:
            scores = [
                weight[i] / top - DIFFERENCE * max((self._alike(i, j) for j in chosen), default=0.0)
                for i in candidates
            ]
            chosen.append(candidates.pop(int(np.argmax(scores))))
            candidates = [i for i in candidates if not self._repeats(i, chosen[-1])]
        return tuple(self._spelling.written(self._phrases[i]) for i in chosen)

    def _alike(self, one: int, other: int) -> float:
        return float(self._meaning[one] @ self._meaning[other])

    def _repeats(self, one: int, other: int) -> bool:
        """Two phrases repeat each other when they share a word, plural or not."""
        return bool(_stems(self._phrases[one]) & _stems(self._phrases[other]))


def _stems(phrase: str) -> set[str]:
    return {word.removesuffix("s") for word in phrase.split() if len(word) > 3}
