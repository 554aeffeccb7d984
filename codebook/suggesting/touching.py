"""Which decisions lie over which passages, so that nobody is told what was decided on their words.

People mark passages themselves, across the machine's segments. Such a passage is learnt from and
never scored; but the segments it touches hold its words, so they are scored without it, and what
shares words is left out together, lest one foretell the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from codebook.suggesting.decisions import Places

Touching = Mapping[int, tuple[int, ...]]
"""By passage that is scored, the positions of the lessons that lie over some of its words."""


def touching(over: Iterable[Sequence[int]], lessons: Iterable[int]) -> Touching:
    """By passage, the lessons over it; `over` has the passages of each of the lessons."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for passages, lesson in zip(over, lessons, strict=True):
        for passage in passages:
            found[passage].append(int(lesson))
    return {passage: tuple(lessons) for passage, lessons in sorted(found.items())}


def joined(one: Touching, other: Touching) -> Touching:
    """By passage, the lessons of both."""
    return {at: (*one.get(at, ()), *other.get(at, ())) for at in sorted({*one, *other})}


def bound_together(over: Touching, count: int) -> Places:
    """Which of `count` lessons share words, (count,): each the first of those that do."""
    bound = np.arange(count)
    for lessons in (those for those in over.values() if len(those) > 1):
        those = bound[list(lessons)]
        bound[np.isin(bound, those)] = those.min()
    return bound


def passages_and_folds(over: Touching, fold: Places) -> tuple[Places, Places]:
    """The passages that lessons lie over, and the fold in which each one's lessons are left out.

    `fold` (m,) is that of each lesson; lessons that share words have the same.
    """
    passages = np.array(list(over), dtype=np.int64)
    return passages, np.array([fold[those[0]] for those in over.values()], dtype=np.int64)
