"""How near segments are to a question: words and meaning together, in their surroundings."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEIGHBOUR = 0.5
"""What the segment before or after counts beside the segment itself; each further one, half."""
REACH = 5


def rank(words: Floats, meaning: Floats, runs: NDArray[np.int64], *, smooth: bool = True) -> Floats:
    """Score segments, shape (n,): both scores standardised over the study, summed, and spread.

    `words` are BM25 scores, `meaning` cosines, both (n,); NaN where nothing is known, which counts
    as average. `runs` (n,) says which segments follow each other in one conversation: they stand
    in order, those of a run together. In talk a matter goes on for a while, so a segment whose
    neighbours are near is nearer itself; a neighbour that is not there counts as average too.
    """
    scores = standardised(words) + standardised(meaning)
    return spread(scores, runs) if smooth else scores


def standardised(scores: Floats) -> Floats:
    """Scores with mean 0 and deviation 1 over those known; 0 for the others, and if all agree."""
    known = scores[~np.isnan(scores)]
    if not len(known) or known.std() < 1e-9:
        return np.zeros(len(scores))
    return np.asarray(np.nan_to_num((scores - known.mean()) / known.std()), dtype=np.float64)


def spread(scores: Floats, runs: NDArray[np.int64]) -> Floats:
    """Add to each score those of its neighbours in the run, less the further they are."""
    spread = scores.copy()
    for away in range(1, REACH + 1):
        same = runs[away:] == runs[:-away]
        weight = NEIGHBOUR**away
        spread[away:] += weight * scores[:-away] * same
        spread[:-away] += weight * scores[away:] * same
    return spread


def runs_of(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the stretches in which all keys (n,) stay the same, from 0."""
    changes = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        changes[1:] |= key[1:] != key[:-1]
    return np.cumsum(changes)
