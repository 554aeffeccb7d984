"""Why a code is suggested: the decided passages that the learner finds nearest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codebook.suggesting.decisions import Blocks, Bools, Places
from codebook.suggesting.lessons import Lessons, likeness_of
from codebook.suggesting.touching import Touching
from codebook.suggesting.views import Floats

SHOWN = 3
"""Nearest confirmed, and nearest rejected, passages that make a reason."""
LOOKED_AT = 12
"""As many of the nearest are looked at, to find some from different transcripts."""


@dataclass(frozen=True, slots=True)
class Because:
    """Positions of lessons, the nearest first."""

    confirmed: tuple[int, ...]
    rejected: tuple[int, ...]
    """Rejected for the code; where fewer were, reviewed without it."""


def reasons(
    rows: Floats,
    lessons: Lessons,
    blocks: Blocks,
    proposed: Sequence[Sequence[tuple[int, float]]],
    over: Touching,
) -> dict[tuple[int, int], Because]:
    """For each (passage, code) that is proposed, what speaks for it and against it.

    `rows` (n, dimensions) are the passages' views; `proposed` has (code, score) for each. A passage
    is no reason for itself, nor is a lesson that lies `over` it; examples of the codebook are none.
    """
    whose = defaultdict(list)
    for passage, choice in enumerate(proposed):
        for code, _ in choice:
            whose[code].append(passage)
    found = {}
    for code, passages in sorted(whose.items()):
        confirmed, rejected, without = _sides(lessons, blocks, code)
        some = np.asarray(passages, dtype=np.int64)
        likely = _nearest(rows, some, lessons, confirmed, over)
        unlikely = _nearest(rows, some, lessons, rejected, over)
        others = _nearest(rows, some, lessons, without, over) if len(rejected) < SHOWN else None
        for at, passage in enumerate(passages):
            against = unlikely[at] if others is None else unlikely[at] + others[at]
            found[passage, code] = Because(likely[at], against[:SHOWN])
    return found


def _sides(lessons: Lessons, blocks: Blocks, code: int) -> tuple[Places, Places, Places]:
    """Lessons in which people confirmed the code, rejected it, or answered without it."""
    column, given = blocks.code_at[code], lessons.given
    people = np.zeros(len(lessons), dtype=np.bool_)
    people[lessons.of_people] = True
    yes, no = given.signs[:, column] > 0, given.signs[:, column] < 0
    answered = given.said[:, blocks.slices[blocks.facet_of[code]]].any(axis=1)
    return _at(people & yes), _at(people & no), _at(people & answered & ~yes & ~no)


def _at(which: Bools) -> Places:
    return np.flatnonzero(which)


def _nearest(
    rows: Floats, some: Places, lessons: Lessons, among: Places, over: Touching
) -> list[tuple[int, ...]]:
    if not len(among):
        return [()] * len(some)
    likeness = likeness_of(rows[some], lessons.rows[among])
    likeness[some[:, None] == lessons.at[among]] = -np.inf
    for row, passage in enumerate(some.tolist()):
        if passage in over:
            likeness[row, np.isin(among, over[passage])] = -np.inf
    most = min(LOOKED_AT, len(among))
    near = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
    of_near = np.take_along_axis(likeness, near, axis=1)
    order = np.argsort(-of_near, axis=1, kind="stable")
    near = np.take_along_axis(near, order, axis=1)
    there = np.isfinite(np.take_along_axis(of_near, order, axis=1))
    return [
        _spread(among[row[kept]].tolist(), lessons.groups)
        for row, kept in zip(near, there, strict=True)
    ]


def _spread(ranked: Sequence[int], groups: Places) -> tuple[int, ...]:
    """The first few, of different transcripts as far as possible, the nearest first."""
    first_of: dict[int, int] = {}
    for one in ranked:
        first_of.setdefault(int(groups[one]), one)
    chosen = list(first_of.values())[:SHOWN]
    chosen += [one for one in ranked if one not in chosen][: SHOWN - len(chosen)]
    return tuple(sorted(chosen, key=ranked.index))
