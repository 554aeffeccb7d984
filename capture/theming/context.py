"""What a segment is about in its place: a reply takes meaning from what surrounds it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from capture.theming.features import Floats, unit_rows

NEIGHBOUR = 0.6
"""What the segment before or after counts; the one beyond it counts the square of this."""
REACH = 2


def in_context(
    vectors: NDArray[np.float32],
    transcripts: Sequence[str],
    places: Sequence[int],
    fitted: NDArray[np.bool_],
    leaning: Floats | None = None,
) -> Floats:
    """Give vectors (n, dimensions), centred on the fitted ones and blended with their neighbours.

    Neighbours are those of the same transcript by `places`, the questions asked among them: they
    form no theme, yet say what an answer is about. `leaning` (n), 0 to 1, is how much each segment
    needs them; wholly, if it is not given.
    """
    rows = vectors.astype(np.float64)
    if fitted.any():
        rows -= rows[fitted].mean(axis=0)
    _, keys = np.unique(np.asarray(transcripts, dtype=object).astype(str), return_inverse=True)
    around = _blend(keys, np.asarray(places)) @ rows
    lean = np.ones(len(rows)) if leaning is None else leaning
    return unit_rows(np.asarray(rows + lean[:, None] * around))


def _blend(keys: NDArray[np.int64], places: NDArray[np.int64]) -> csr_matrix:
    """How much each segment counts in each other's meaning, shape (n, n), sparse."""
    order = np.lexsort((places, keys))
    blend = csr_matrix((len(keys), len(keys)))
    for away in range(1, REACH + 1):
        before, after = order[:-away], order[away:]
        same = keys[before] == keys[after]
        pair = (np.full(int(same.sum()), NEIGHBOUR**away), (before[same], after[same]))
        one_way = csr_matrix(pair, shape=blend.shape)
        blend = blend + one_way + one_way.T
    return blend.tocsr()
