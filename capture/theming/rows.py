"""Segments as rows of numbers whose cosine says how alike two are: what themes are found by."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from capture.one_thread import one_thread
from capture.theming.context import in_context
from capture.theming.features import Floats, features
from capture.theming.words import telling_words

CLEAR = 5
"""Telling words from which a segment leans less on what was said around it."""


def theme_rows(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    transcripts: Sequence[str],
    *,
    fitted: NDArray[np.bool_] | None = None,
    places: Sequence[int] | None = None,
) -> Floats:
    """Give rows of unit length, shape (n, d), in the order of the texts given.

    `vectors` (n, dimensions) are of unit length. With `places` (n), each segment's place in its
    transcript, its meaning leans on what was said around it, the more the less it says itself.
    Sums are made in an order that depends on what was said, so another order of the texts gives the
    same rows, to the last digit.
    """
    chosen = np.ones(len(texts), dtype=bool) if fitted is None else np.asarray(fitted, dtype=bool)
    if not len(texts):
        return np.zeros((0, 1))
    held = digests(texts, transcripts, np.flatnonzero(chosen))
    at = [0] * len(texts) if places is None else places
    order = sorted(
        range(len(texts)),
        key=lambda i: (held.get(transcripts[i], ""), transcripts[i], at[i], texts[i]),
    )
    with one_thread():
        meanings: NDArray[np.floating] = vectors[order]
        if places is not None:
            said_in = [transcripts[i] for i in order]
            leaning = np.array([min(1.0, CLEAR / max(1, telling_words(texts[i]))) for i in order])
            meanings = in_context(
                vectors[order], said_in, range(len(order)), chosen[order], leaning
            )
        made = features([texts[i] for i in order], meanings, chosen[order])
    rows = np.empty_like(made)
    rows[order] = made
    return rows


def digests(
    texts: Sequence[str], transcripts: Sequence[str], chosen: NDArray[np.int64]
) -> dict[str, str]:
    """A hash of what each transcript holds, so that a renamed file changes nothing."""
    held: dict[str, list[str]] = {}
    for i in chosen:
        held.setdefault(transcripts[i], []).append(texts[i])
    return {
        key: sha256("\n".join(sorted(said)).encode("utf-8", "replace")).hexdigest()
        for key, said in held.items()
    }
