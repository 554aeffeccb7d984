"""The map of themes: where a study's segments stand, and which theme each belongs to most.

Places come from the analysis (`capture/theme_map/keeping.py`) and are the same at every
granularity; only what the segments are grouped by differs. No words are read here.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from capture.models import (
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Code,
    Segment,
)
from capture.runs.offering import unanswered
from capture.standing import in_standing_texts, looked_at
from codebook.candidates import CandidateLine, candidate_lines

NOT_NAMED = "not named yet"
HEART = 0.06
"""A theme's name stands where most of its points are within so much of the whole map."""


@dataclass(frozen=True, slots=True)
class Point:
    """A segment on the map. `theme` counts from 0 in the map's themes; None is near no theme."""

    passage_id: int
    x: float
    y: float
    theme: int | None
    strength: float
    """How much it belongs to that theme, 0 to 1; 0 without one."""
    offered: bool = False
    """Whether it is only near that theme, which people decided on or shaped, and in none else."""


@dataclass(frozen=True, slots=True)
class MapTheme:
    """A theme on the map, under its number there."""

    number: int
    line: CandidateLine
    named: str | None
    """What a person called it; None goes by the machine's label."""
    code: str | None
    """The code it was mapped to or adopted as."""
    phrased: bool
    """Whether its label is of phrases that come back, rather than the opening of one passage."""
    x: float
    y: float
    """Where its name stands: amid most of its points."""
    points: int
    """Segments that belong to it more than to any other; others may belong to it as well."""
    offered: int
    """Further ones that are in no theme and near this one."""

    @property
    def title(self) -> str:
        """What it is called within the study."""
        return self.line.title

    @property
    def title_outside(self) -> str:
        """What it is called in a file: a name of people's, or phrases that several people use.

        Phrases of one source alone, or the opening of a passage, are somebody's words, which are
        not free to go.
        """
        if self.named or self.code:
            return self.named or self.code or ""
        return self.line.title if self.phrased and not self.line.warning else NOT_NAMED


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """Themes of one granularity, largest first, and every segment that has a place."""

    granularity: str
    themes: tuple[MapTheme, ...]
    points: tuple[Point, ...]
    """By theme, the strongest first and what is offered after; last those near none."""
    unplaced: int
    """Segments that came, or were let in, since the map was last made."""

    @property
    def alone(self) -> int:
        """How many segments are near no theme."""
        return sum(point.theme is None for point in self.points)

    @property
    def offered(self) -> int:
        """How many segments are in no theme, but near one that people decided on or shaped."""
        return sum(theme.offered for theme in self.themes)


def theme_map(session: Session, study_id: int, granularity: str) -> ThemeMap:
    """The map of a study as it stands: nothing withdrawn, kept out or of an earlier text is on it.

    What was dismissed keeps its segments, unless they belong to another theme as well.
    """
    lines = [
        line
        for line in candidate_lines(session, study_id, granularity=granularity, state="all")
        if line.state != "merged"
    ]
    rows = session.execute(_placed(study_id)).all()
    own = _own_themes(session, lines)
    there = [row for row in rows if row.map_x is not None and row.map_y is not None]
    found = [
        Point(row.passage_id, row.map_x, row.map_y, *own.get(row.passage_id, _Own()))
        for row in there
    ]
    found.sort(
        key=lambda p: (
            len(lines) if p.theme is None else p.theme,
            p.offered,
            -p.strength,
            p.passage_id,
        )
    )
    return ThemeMap(
        granularity, _themes(session, lines, found), tuple(found), len(rows) - len(there)
    )


def is_on_map(session: Session, study_id: int, passage_id: int) -> bool:
    """Whether a passage is a segment that may be seen on this study's map."""
    query = _placed(study_id).where(Segment.passage_id == passage_id, Segment.map_x.is_not(None))
    return session.execute(query).first() is not None


@dataclass(frozen=True, slots=True)
class Belongs:
    """A theme that a segment belongs to, and how much, 0 to 1."""

    theme_id: int
    title: str
    state: str
    strength: float
    offered: bool
    """Whether it is only near the theme, and nobody has said that it belongs there."""


def belongs_to(session: Session, study_id: int, granularity: str, passage_id: int) -> list[Belongs]:
    """All themes of one granularity that a segment belongs to, strongest first.

    And after them those that it is only near.
    """
    columns = select(
        CandidateTheme.id,
        func.coalesce(CandidateTheme.name, CandidateTheme.label),
        CandidateTheme.state,
    )
    members = columns.add_columns(CandidateMember.strength).join(
        CandidateMember, CandidateMember.candidate_id == CandidateTheme.id
    )
    offers = unanswered(
        columns.add_columns(CandidateOffer.strength).join(
            CandidateOffer, CandidateOffer.candidate_id == CandidateTheme.id
        )
    )
    found: list[Belongs] = []
    for asked, kind in ((members, CandidateMember), (offers, CandidateOffer)):
        rows = session.execute(
            asked.where(
                CandidateTheme.study_id == study_id,
                CandidateTheme.superseded.is_(False),
                CandidateTheme.state != "merged",
                CandidateTheme.granularity == granularity,
                kind.passage_id == passage_id,
            ).order_by(kind.strength.desc(), CandidateTheme.id)
        )
        found += [
            Belongs(theme, name, state, strength, kind is CandidateOffer)
            for theme, name, state, strength in rows
        ]
    return found


def _placed(study_id: int) -> Select[int, float | None, float | None]:
    """Segments of the texts that stand, of people who are asked, with their places."""
    asked = select(Segment.passage_id, Segment.map_x, Segment.map_y)
    return in_standing_texts(asked, study_id).where(looked_at())


class _Own(NamedTuple):
    """The theme that a passage is drawn as: its number in the map's themes, and how it is its."""

    theme: int | None = None
    strength: float = 0.0
    offered: bool = False


def _own_themes(session: Session, lines: list[CandidateLine]) -> dict[int, _Own]:
    """The theme each passage belongs to most, or else the one that it is near.

    A dismissed one only where there is no other.
    """
    at = {line.id: position for position, line in enumerate(lines)}
    aside = {line.id for line in lines if line.state == "dismissed"}
    ranked = []
    for kind, asked in (
        (CandidateMember, select(CandidateMember)),
        (CandidateOffer, unanswered(select(CandidateOffer))),
    ):
        columns = asked.with_only_columns(kind.passage_id, kind.candidate_id, kind.strength)
        offered = kind is CandidateOffer
        ranked += [
            (theme in aside, offered, -strength, at[theme], passage)
            for passage, theme, strength in session.execute(
                columns.where(kind.candidate_id.in_(at))
            )
        ]
    own: dict[int, _Own] = {}
    for _, offered, strength, theme, passage in sorted(ranked):
        own.setdefault(passage, _Own(theme, -strength, offered))
    return own


def _themes(
    session: Session, lines: list[CandidateLine], points: list[Point]
) -> tuple[MapTheme, ...]:
    called = {
        theme.id: (
            None if theme.name_is_copied else theme.name,
            code,
            _is_phrases(theme.label, theme.keyphrases),
        )
        for theme, code in session.execute(
            select(CandidateTheme, Code.name)
            .outerjoin(Code, Code.id == CandidateTheme.code_id)
            .where(CandidateTheme.id.in_([line.id for line in lines]))
        )
    }
    spots = np.array([(point.x, point.y) for point in points]).reshape(-1, 2)
    own = np.array([-1 if point.theme is None else point.theme for point in points], dtype=int)
    offered = Counter(point.theme for point in points if point.offered)
    reach = HEART * float(np.ptp(spots, axis=0).max()) if len(spots) else 0.0
    found = []
    for position, line in enumerate(lines):
        inside = spots[own == position]
        x, y = _heart(inside, reach)
        counts = len(inside) - offered[position], offered[position]
        found.append(MapTheme(position + 1, line, *called[line.id], x, y, *counts))
    return tuple(found)


def _is_phrases(label: str, keyphrases: list[str]) -> bool:
    """Whether a label is made of keyphrases alone, with a number where two would be the same."""
    return set(re.sub(r" \(\d+\)$", "", label).split(" · ")) <= set(keyphrases)


def _heart(spots: NDArray[np.float64], reach: float) -> tuple[float, float]:
    """Amid the points around which most others are; a theme may lie in several parts."""
    if not len(spots):
        return 0.0, 0.0
    tree = KDTree(spots)
    crowd = tree.query_ball_point(spots, reach, return_length=True)
    around = tree.query_ball_point(spots[int(np.argmax(crowd))], reach)
    x, y = spots[around].mean(axis=0)
    return float(x), float(y)
