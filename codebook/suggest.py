"""Code suggestions before anyone has decided anything: passages against what the codebook says.

Two views are blended. Dense: how near a passage's vector is to the definition, to when to use the
code, and to its examples. Lexical: the same with the letters people used (TF-IDF of three- to
five-letter pieces), which catches names and jargon the model has no feeling for. Each code is
measured against its own usual likeness to everything else here, because a broadly worded code is
a little like every passage. What a code is *not* (when not to use, counter-examples) never counts
in its favour.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from codebook.entries import SIDE_FACETS, CodeEntry

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]
Beside = Sequence[Sequence[int]]

LEXICAL_WEIGHT = 0.4
"""Weight of the lexical view beside a dense view of weight 1, both in standard deviations."""
BESIDE_WEIGHT = 1 / 3
"""Share of the passages just before and after, where there are any."""
BOOK_COUNTS_AS = 20
"""Passages that the codebook's own texts weigh as, when a code's usual likeness is worked out."""
HALFWAY = 2.0
"""Standard deviations above a code's usual likeness at which the score is a half."""
FLOOR = 0.35
"""Below this score nothing is proposed: an empty margin is better than a random one."""
MOST = 3
"""Suggestions a passage may have: as many as a coder weighs at a glance."""


def score_codes(
    texts: Sequence[str],
    vectors: Floats,
    codes: Sequence[CodeEntry],
    embed: Embed,
    *,
    neighbours: Beside | None = None,
) -> Floats:
    """How strongly each passage speaks for each code, (n, codes) in [0, 1]; not a probability.

    `vectors` (n, d) are the passages' unit vectors and `embed` makes the like of other texts.
    `neighbours` has the indices of the passages beside each one (see `beside`).
    """
    if not texts or not codes:
        return np.zeros((len(texts), len(codes)), dtype=np.float32)
    pieces = _Pieces(codes)
    told = embed(pieces.texts).astype(np.float32)
    by_words, told_by_words = _lexical(texts, pieces.texts)
    dense = _standing(vectors.astype(np.float32) @ told.T, told @ told.T, pieces, neighbours)
    lexical = _standing(by_words, told_by_words, pieces, neighbours)
    blended = (dense + LEXICAL_WEIGHT * lexical) / np.hypot(1.0, LEXICAL_WEIGHT)
    scores: Floats = 1.0 / (1.0 + np.exp(HALFWAY - blended))
    return scores.astype(np.float32)


def beside(transcripts: Sequence[Hashable]) -> list[tuple[int, ...]]:
    """For passages in reading order, the indices just before and after in the same transcript."""
    last = len(transcripts) - 1
    return [
        tuple(j for j in (i - 1, i + 1) if 0 <= j <= last and transcripts[j] == transcripts[i])
        for i in range(len(transcripts))
    ]


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


class _Pieces:
    """The texts that speak for each code, and how their likenesses become one per code."""

    def __init__(self, codes: Sequence[CodeEntry]) -> None:
        self.texts: list[str] = []
        self.told: list[slice] = []
        self.shown: list[slice] = []
        for code in codes:
            told = [f"{code.name}. {code.definition}", *filter(None, [code.use_when])]
            start, middle = len(self.texts), len(self.texts) + len(told)
            self.texts += [*told, *code.examples]
            self.told.append(slice(start, middle))
            self.shown.append(slice(middle, len(self.texts)))

    def by_code(self, likeness: Floats) -> Floats:
        """(n, pieces) to (n, codes): the mean of what is told and of the examples together."""
        columns = []
        for told, shown in zip(self.told, self.shown, strict=True):
            views = [likeness[:, told]]
            if shown.start < shown.stop:
                views.append(likeness[:, shown].mean(axis=1, keepdims=True))
            columns.append(np.concatenate(views, axis=1).mean(axis=1))
        return np.stack(columns, axis=1)

    def foreign(self) -> NDArray[np.bool_]:
        """(pieces, codes): whether the piece belongs to another code."""
        foreign = np.ones((len(self.texts), len(self.told)), dtype=np.bool_)
        for column, (told, shown) in enumerate(zip(self.told, self.shown, strict=True)):
            foreign[told.start : shown.stop, column] = False
        return foreign


def _standing(passages: Floats, book: Floats, pieces: _Pieces, around: Beside | None) -> Floats:
    """How far above its usual likeness each code stands, in standard deviations of all of them.

    Usual is the mean over the passages, and over what the book says of other codes as if that
    were a few passages more, so that a handful is not measured against itself alone.
    """
    by_passage, by_piece = pieces.by_code(passages), pieces.by_code(book)
    if around is not None:
        by_passage = _with_neighbours(by_passage, around)
    usual, variance = by_passage.mean(axis=0), by_passage.var(axis=0).mean()
    if by_piece.shape[1] > 1:
        foreign = pieces.foreign()
        share = len(by_passage) / (len(by_passage) + BOOK_COUNTS_AS)
        of_book = np.average(by_piece, axis=0, weights=foreign)
        usual = share * usual + (1 - share) * of_book
        book_off = (by_piece - usual)[foreign]
        variance = share * np.mean((by_passage - usual) ** 2) + (1 - share) * np.mean(book_off**2)
    off = by_passage - usual
    return np.asarray(off / max(float(np.sqrt(variance)), 1e-6), dtype=np.float32)


def _lexical(texts: Sequence[str], pieces: Sequence[str]) -> tuple[Floats, Floats]:
    """TF-IDF cosines of passages and of pieces with the pieces: (n, pieces), (pieces, pieces)."""
    tfidf = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32
    )
    weighed = tfidf.fit_transform([*texts, *pieces])
    likeness = np.asarray((weighed @ weighed[len(texts) :].T).toarray(), dtype=np.float32)
    return likeness[: len(texts)], likeness[len(texts) :]


def _with_neighbours(scores: Floats, neighbours: Beside) -> Floats:
    """Each row moved towards the mean of its neighbours' rows."""
    moved = scores.copy()
    for i, near in enumerate(neighbours):
        if near:
            around = scores[list(near)].mean(axis=0)
            moved[i] = (1 - BESIDE_WEIGHT) * scores[i] + BESIDE_WEIGHT * around
    return moved
