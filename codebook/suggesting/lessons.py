"""What there is to learn from, and a learner that has learnt it: lessons, then leanings."""

from dataclasses import dataclass

import numpy as np

from codebook.suggesting.decisions import Answers, Blocks, Bools, Places
from codebook.suggesting.learner import Lines, draw_lines
from codebook.suggesting.nearness import NEIGHBOURS_COUNT, neighbours
from codebook.suggesting.views import Floats, unit

NO_GROUP = -1
"""The group of what belongs to no transcript: the codebook's own examples."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """m passages about which something was decided."""

    rows: Floats
    """(m, dimensions)."""
    beliefs: Floats
    """(m, columns): log-odds that the codebook's words alone give."""
    given: Answers
    groups: Places
    """(m,): which transcript each is from; NO_GROUP for an example."""
    at: Places
    """(m,): where it stands among the passages that are scored; -1 for one that isn't."""
    bound: Places
    """(m,): the first of the lessons it shares words with; itself for most."""

    def __len__(self) -> int:
        return len(self.rows)

    def taking(self, some: Places) -> "Lessons":
        """Only these lessons."""
        given = self.given.taking(some)
        groups, at, bound = self.groups[some], self.at[some], self.bound[some]
        return Lessons(self.rows[some], self.beliefs[some], given, groups, at, bound)

    def and_then(self, more: "Lessons") -> "Lessons":
        """Further lessons behind these."""
        return Lessons(
            np.vstack([self.rows, more.rows]),
            np.vstack([self.beliefs, more.beliefs]),
            self.given.and_then(more.given),
            np.concatenate([self.groups, more.groups]),
            np.concatenate([self.at, more.at]),
            np.concatenate([self.bound, len(self) + more.bound]),
        )

    @property
    def of_people(self) -> Places:
        """Positions of the lessons that people gave."""
        return np.flatnonzero(self.groups != NO_GROUP)


class Learnt:
    """A learner that has been through lessons."""

    def __init__(self, lessons: Lessons, blocks: Blocks, likeness: Floats) -> None:
        self._lessons = lessons
        alike = likeness.copy()
        alike[_hidden(lessons.groups, lessons.bound)] = -1.0
        beliefs = lessons.beliefs + NEIGHBOURS_COUNT * neighbours(alike, lessons.given)
        self._lines: Lines = draw_lines(
            lessons.rows, beliefs, lessons.given, blocks, _rivals(lessons, blocks)
        )

    def leanings(self, rows: Floats, beliefs: Floats, likeness: Floats) -> Floats:
        """Log-odds for n passages, (n, columns); `likeness` (n, m) to the lessons."""
        near = neighbours(likeness, self._lessons.given)
        learnt = rows @ self._lines.slopes + self._lines.commonness
        return np.asarray(beliefs + NEIGHBOURS_COUNT * near + learnt, dtype=np.float32)


def _hidden(groups: Places, bound: Places) -> Bools:
    """Whose word mustn't count for whom in learning, (m, m).

    That of their own transcript, so that neighbours are trusted no more than they deserve in one
    not yet seen; where there is a single transcript, only a passage's own, and that of its words.
    """
    of_people = groups != NO_GROUP
    hidden: Bools = bound[:, None] == bound
    if len(np.unique(groups[of_people])) > 1:
        hidden |= (groups[:, None] == groups) & of_people
    return hidden


def _rivals(lessons: Lessons, blocks: Blocks) -> Bools:
    """The answers that are learnt: codes that people decided on, and every "none of these"."""
    said = lessons.given.signs[lessons.of_people]
    rivals = np.asarray((said != 0).any(axis=0))
    rivals[blocks.none_at] = True
    return rivals


def likeness_of(rows: Floats, others: Floats) -> Floats:
    """Cosines (n, m) of rows (n, dimensions) with others (m, dimensions)."""
    return np.asarray(unit(rows) @ unit(others).T, dtype=np.float32)
