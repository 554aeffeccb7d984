"""The fitted segments laid out in an order that depends on what was said, not on how it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from capture.theming.consensus import RERUNS
from capture.theming.duplicates import SAME_FROM
from capture.theming.rows import digests
from capture.theming.words import telling_words, words_of

Labels = NDArray[np.int64]
TELLING = 2
"""A segment of fewer telling words is about nothing by itself."""
FULL, ENOUGH_FULL = 3, 100
"""With enough segments of so many telling words, shorter ones form no theme: left to themselves
they make one of asides."""
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """Fitted segments in stable order; all fields have one entry a segment.

    `positions` are the segment's place in the texts given, followed by those of its copies.
    `usable` says whether a segment says enough to count, `shaping` whether it helps form themes
    or joins one afterwards.
    """

    texts: list[str]
    vectors: NDArray[np.float32]
    transcripts: Labels
    participants: Labels
    words: Labels
    usable: NDArray[np.bool_]
    shaping: NDArray[np.bool_]
    positions: list[tuple[int, ...]]

    def units(self) -> Labels:
        """What re-runs leave out: transcripts; with too few, people; with too few, segments."""
        for keys in (self.transcripts, self.participants):
            if len(np.unique(keys)) >= RERUNS // 2:
                return keys
        return np.arange(len(self.texts))


def lay_out(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    transcripts: Sequence[str],
    participants: Sequence[str],
    fitted: NDArray[np.bool_],
    places: Sequence[int] | None = None,
    copies: NDArray[np.bool_] | None = None,
) -> Heard:
    """Sort the fitted segments by what their transcript holds, then by their own text; what was
    said twice in one transcript, by its places there. Of the others, `copies` (n) join a fitted
    segment that says the same; without it, all may."""
    at = [0] * len(texts) if places is None else places
    chosen = [int(i) for i in np.flatnonzero(fitted)]
    held = digests(texts, transcripts, np.flatnonzero(fitted))
    order = sorted(
        chosen,
        key=lambda i: (held[transcripts[i]], transcripts[i], texts[i], at[i], participants[i], i),
    )
    telling = np.array([telling_words(texts[i]) for i in order], dtype=np.int64)
    others = ~fitted if copies is None else copies & ~fitted
    copied = _copies(vectors, order, np.flatnonzero(others))
    return Heard(
        texts=[texts[i] for i in order],
        vectors=vectors[order] if order else np.zeros((0, 1), dtype=np.float32),
        transcripts=_numbered([transcripts[i] for i in order]),
        # The same label in two transcripts may be two people: only the caller's keys can tell.
        participants=_numbered([participants[i] for i in order]),
        words=np.array([len(words_of(texts[i])) for i in order], dtype=np.int64),
        usable=telling >= TELLING,
        shaping=telling >= (FULL if (telling >= FULL).sum() >= ENOUGH_FULL else TELLING),
        positions=[(i, *copied.get(i, ())) for i in order],
    )


def _numbered(keys: Sequence[str]) -> Labels:
    """Number keys by first appearance, which is stable once the segments are in order."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _copies(
    vectors: NDArray[np.float32], order: Sequence[int], rest: Labels
) -> dict[int, tuple[int, ...]]:
    """For each fitted segment, those of the rest that say the same in nearly the same words."""
    found: dict[int, tuple[int, ...]] = {}
    if not order:
        return found
    originals = vectors[list(order)]
    for start in range(0, len(rest), _BLOCK):
        block = rest[start : start + _BLOCK]
        alike = vectors[block] @ originals.T
        for copy, best in zip(block, alike.argmax(axis=1), strict=True):
            if vectors[copy] @ originals[best] >= SAME_FROM:
                found[order[best]] = (*found.get(order[best], ()), int(copy))
    return found
