"""What the codebook's own words say of each passage, before anyone has decided anything.

Two views are blended. Meaning: how near a passage's vector is to the definition, to when to use
the code, and to its examples. Letters: the same with the pieces of words people used, which catch
names and jargon the model has no feeling for. Each code is measured against its own usual likeness,
because a broadly worded code is a little like every passage. What was said just before and after
counts half, and passages that are near each other lend each other their likeness. What a code is
*not* (when not to use it, counter-examples) never counts in its favour.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from codebook.entries import CodeEntry
from codebook.suggesting.prepared import Prepared
from codebook.suggesting.views import Floats

Embed = Callable[[Sequence[str]], Floats]

LETTERS_COUNT = 0.4
"""Weight of the letters beside the meaning's 1, both in standard deviations."""
BESIDE_COUNTS = 0.5
"""What the text before, and the text after, weigh beside the passage's own 1."""
OWN_SHARE = 0.4
ROUNDS = 3
"""What a passage keeps of its own in each round of lending; the rest comes from the nearest."""
BOOK_COUNTS_AS = 20
"""Passages that the codebook's own texts weigh as, when a code's usual likeness is worked out."""


def zero_shot(prepared: Prepared, codes: Sequence[CodeEntry], embed: Embed) -> Floats:
    """How far each passage leans to each code, (n, codes), in standard deviations of them all."""
    own, before, after = prepared.at
    if not len(own) or not codes:
        return np.zeros((len(own), len(codes)), dtype=np.float32)
    pieces = _Pieces(codes)
    told = embed(pieces.texts).astype(np.float32)
    letters = prepared.views.letters.weighed(pieces.texts)
    by_letters = np.asarray((prepared.letters @ letters.T).toarray(), dtype=np.float32)
    by_meaning = _standing(prepared.vectors @ told.T, told @ told.T, pieces, own)
    lexical = _standing(by_letters, (letters @ letters.T).toarray(), pieces, own)
    found = by_meaning + LETTERS_COUNT * lexical
    found = np.vstack([found, np.zeros((1, len(codes)), dtype=np.float32)])  # -1 is nowhere
    leaning = found[own] + BESIDE_COUNTS * (found[before] + found[after])
    return _scaled(_lent(prepared, leaning))


def _lent(prepared: Prepared, leaning: Floats) -> Floats:
    has_near = np.asarray(prepared.graph.sum(axis=1)) > 0
    share = np.where(has_near, 1 - OWN_SHARE, 0.0).astype(np.float32)
    moved = leaning
    for _ in range(ROUNDS):
        moved = (1 - share) * leaning + share * (prepared.graph @ moved)
    return moved


def _scaled(leaning: Floats) -> Floats:
    """In standard deviations, half each code's own and half those of all (geometric mean).

    What neighbours lend evens out some codes more than others, which would then never come first.
    A handful of passages is measured as if twenty usual ones were by.
    """
    spread = (leaning**2).sum(axis=0) + (1 + LETTERS_COUNT**2) * BOOK_COUNTS_AS
    variance = spread / (len(leaning) + BOOK_COUNTS_AS)
    return np.asarray(leaning / np.sqrt(np.sqrt(variance * variance.mean())), dtype=np.float32)


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


def _standing(texts: Floats, book: Floats, pieces: _Pieces, own: NDArray[np.int64]) -> Floats:
    """How far above its usual likeness each code stands, in standard deviations of all of them.

    Usual is the mean over the passages' `own` texts, and over what the book says of other codes as
    if that were a few passages more, so that a handful is not measured against itself alone.
    """
    by_text, by_piece = pieces.by_code(texts), pieces.by_code(np.asarray(book, dtype=np.float32))
    of_passages = by_text[own]
    usual, variance = of_passages.mean(axis=0), of_passages.var(axis=0).mean()
    if by_piece.shape[1] > 1:
        foreign = pieces.foreign()
        share = len(own) / (len(own) + BOOK_COUNTS_AS)
        usual = share * usual + (1 - share) * np.average(by_piece, axis=0, weights=foreign)
        book_off = (by_piece - usual)[foreign]
        variance = share * np.mean((of_passages - usual) ** 2) + (1 - share) * np.mean(book_off**2)
    off = by_text - usual
    return np.asarray(off / max(float(np.sqrt(variance)), 1e-6), dtype=np.float32)
