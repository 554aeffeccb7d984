"""Where new segments belong among the themes there are, without looking for themes again.

A new segment belongs where those most like it belong: its nearest members, of whatever theme, share
it out among their themes. What lies far from the theme it would go to lies near none.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from capture.one_thread import one_thread
from capture.theming.consensus import Labels
from capture.theming.features import Floats, unit_rows
from capture.theming.strengths import ALSO_FROM

NEAREST = 15
"""So many members say where a new segment belongs, each by the square of how alike they are."""
LOOSEST = 0.03
"""A new segment is near a theme when it is as near as all but this part of the members are."""
_BLOCK = 512


def assign(rows: Floats, members: Sequence[Mapping[int, float]], new: Sequence[int]) -> Floats:
    """Give the strengths, shape (new, themes), 0 to 1, of new segments in the themes of one list.

    `rows` (n, d) are theme_rows of all segments, old and new, and `members` gives each theme's
    positions in them and how strongly these belong. 0 is no member; a row of zeros lies near none.
    """
    at = np.array(new, dtype=np.int64)
    strengths = _table(members, len(rows))
    known = np.setdiff1d(np.flatnonzero(strengths.sum(axis=1)), at)
    if not len(known) or not len(at):
        return np.zeros((len(at), len(members)))
    with one_thread():
        shares = _shares(rows, strengths, known, at)
        centres = unit_rows(np.asarray(strengths[known].T @ rows[known]))
        usual = _to_own(rows[known], centres, strengths[known].toarray())
        near = _to_own(rows[at], centres, shares) >= float(np.quantile(usual, LOOSEST))
    return np.where(near[:, None], _members(shares), 0.0)


def carried_up(
    found: Floats,
    members: Sequence[Mapping[int, float]],
    coarser: Sequence[Mapping[int, float]],
    count: int,
) -> Floats:
    """The strengths (new, coarser themes) that follow from those in finer ones, (new, themes).

    A finer theme's members say which coarser themes it lies in, and what is placed in it lies there
    as well, so that the lists stay nested. `members` and `coarser` hold positions below `count`.
    """
    if not members or not coarser:
        return np.zeros((len(found), len(coarser)))
    inside = unit_sums(_table(members, count).T @ unit_sums(_table(coarser, count)))
    shares = np.asarray(found @ inside.toarray())
    return np.where(shares.any(axis=1, keepdims=True), _members(shares), 0.0)


def _table(members: Sequence[Mapping[int, float]], count: int) -> csr_matrix:
    cells = [(i, t, s) for t, theme in enumerate(members) for i, s in theme.items()]
    row, column, strength = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (count, len(members))
    return csr_matrix((np.array(strength, dtype=float), (row, column)), shape=shape)


def _shares(rows: Floats, strengths: csr_matrix, known: Labels, at: Labels) -> Floats:
    """How much of each new segment its nearest members give to each theme, rows adding to one."""
    found = np.zeros((len(at), strengths.shape[1]))
    nearest = min(NEAREST, len(known))
    evened = unit_sums(strengths[known])
    for start in range(0, len(at), _BLOCK):
        alike = np.maximum(rows[at[start : start + _BLOCK]] @ rows[known].T, 0) ** 2
        best = np.argsort(-alike, axis=1, kind="stable")[:, :nearest]
        weights = np.take_along_axis(alike, best, axis=1)
        where = (np.repeat(np.arange(len(best)), nearest), best.ravel())
        table = csr_matrix((weights.ravel(), where), shape=alike.shape)
        found[start : start + len(best)] = (table @ evened).toarray()
    return np.asarray(found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12))


def unit_sums(table: csr_matrix) -> csr_matrix:
    """Scale rows to add up to one."""
    totals = np.maximum(np.asarray(table.sum(axis=1)).ravel(), 1e-12)
    return csr_matrix(table.multiply(1 / totals[:, None]))


def _to_own(rows: Floats, centres: Floats, strengths: Floats) -> Floats:
    """Each row's cosine with the centre of the theme it belongs to most, shape (m,)."""
    return np.asarray(np.einsum("ij,ij->i", rows, centres[strengths.argmax(axis=1)]))


def _members(shares: Floats) -> Floats:
    """The theme with the greatest share always, others from ALSO_FROM on."""
    own = shares.argmax(axis=1)
    kept = np.where(shares >= ALSO_FROM, shares, 0.0)
    rows = np.arange(len(shares))
    kept[rows, own] = shares[rows, own]
    return kept
