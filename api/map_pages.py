"""What the pages of the map of themes show: the picture, the same as a list, one segment."""

from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup
from sqlalchemy.orm import Session

from api.policies import Access
from capture import job_rows
from capture.errors import NotFound
from capture.runs import discoveries
from capture.theming.found import LEVELS
from codebook import candidates
from codebook.asking import ANALYSIS
from codebook.evidence import Evidence, load_evidence
from codebook.pictures.map_picture import looks_of
from codebook.pictures.map_svg import HOLLOW, for_screen, mark_on_screen, told
from codebook.theme_map import (
    MapTheme,
    Point,
    ThemeMap,
    belongs_to,
    is_on_map,
    theme_map,
)

Format = Literal["svg", "png", "csv"]
FEW = 3
"""With fewer segments than this, where they stand says nothing."""
A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ListLine:
    """A theme in the list beside the picture, with the mark its segments have there."""

    theme: MapTheme
    mark: Markup


@dataclass(frozen=True, slots=True)
class ListedSegment:
    """A segment in the plain list: its words, and the theme it is drawn as."""

    said: Evidence
    theme: MapTheme | None
    begins: bool
    """Whether its theme begins with it, or goes on from the page before."""
    offered: bool
    """Whether it is only near the theme, rather than in it."""


def map_page(session: Session, access: Access, granularity: str) -> dict[str, Any]:
    """The picture of one granularity with its list, and what it lacks."""
    drawn = theme_map(session, access.study.id, granularity)
    base = base_of(access)
    discovery = discoveries.latest(session, access.study.id)
    job = job_rows.latest(session, access.study.id, ANALYSIS)
    looks = looks_of(drawn)
    return {
        "base": base,
        "granularity": granularity,
        "granularities": LEVELS,
        "counts": candidates.counts(session, access.study.id),
        "discovery": discovery,
        "job": job,
        "unfinished": job is not None and job.state in job_rows.UNFINISHED,
        "drawn": drawn,
        "told": told(drawn),
        "hollow": HOLLOW,
        "lacks": _lacks(drawn, analysed=discovery is not None),
        # Everything in it that people wrote is escaped where it is drawn.
        "svg": Markup(for_screen(drawn, base, "?state=all")) if drawn.points else "",  # noqa: S704
        "lines": [
            ListLine(theme, Markup(mark_on_screen(look)))  # noqa: S704
            for theme, look in zip(drawn.themes, looks, strict=True)
        ],
    }


def segments_page(
    session: Session, access: Access, granularity: str, theme_id: int | None, page: int
) -> dict[str, Any]:
    """A page of the plain list: all segments in the map's order, or one theme's (0: near none)."""
    drawn = theme_map(session, access.study.id, granularity)
    only = next((one for one in drawn.themes if one.line.id == theme_id), None)
    if theme_id and only is None:
        raise NotFound(
            "There is no such theme on this map.",
            way_out="It may be of another coarseness, or have given way; go back to the map.",
        )
    wanted = [point for point in drawn.points if _is_of(drawn, point, theme_id)]
    some = wanted[(page - 1) * A_PAGE : page * A_PAGE]
    point_of = {point.passage_id: point for point in some}
    said = load_evidence(session, [(point.passage_id, point.strength) for point in some])
    points = [point_of[one.passage_id] for one in said]
    segments = [
        ListedSegment(
            one,
            _theme_of(drawn, point),
            begins=at == 0 or point.theme != points[at - 1].theme,
            offered=point.offered,
        )
        for at, (one, point) in enumerate(zip(said, points, strict=True))
    ]
    return {
        "base": base_of(access),
        "granularity": granularity,
        "theme_id": theme_id,
        "only": only,
        "segments": segments,
        "total": len(wanted),
        "page": page,
        "pages": max(1, -(-len(wanted) // A_PAGE)),
        "first": (page - 1) * A_PAGE + 1,
    }


def point_page(
    session: Session, access: Access, granularity: str, passage_id: int
) -> dict[str, Any]:
    """One segment of the map: its words, what was said around them, and its themes."""
    if not is_on_map(session, access.study.id, passage_id):
        raise NotFound(
            "That segment isn't on the map.",
            way_out="It may have been withdrawn or corrected since; open the map again.",
        )
    (segment,) = load_evidence(session, [(passage_id, 1.0)])
    return {
        "base": base_of(access),
        "granularity": granularity,
        "segment": segment,
        "belongs": belongs_to(session, access.study.id, granularity, passage_id),
    }


def base_of(access: Access) -> str:
    """Where the room of candidate themes is."""
    return f"/studies/{access.study.id}/candidates"


def _lacks(drawn: ThemeMap, *, analysed: bool) -> str:
    """What to know before reading this map, in a sentence; empty when there is nothing."""
    points, waiting = len(drawn.points), drawn.unplaced
    if not analysed or not points:
        return ""
    if waiting:
        come = "1 segment has" if waiting == 1 else f"{waiting:,} segments have"
        return f"{come} come since the map was made. The next analysis gives them their places."
    if points < FEW:
        return "With so few segments, where they stand says nothing yet."
    if not drawn.themes:
        return f"The analysis found no {drawn.granularity} themes, so no segment has a colour."
    return ""


def _is_of(drawn: ThemeMap, point: Point, theme_id: int | None) -> bool:
    theme = _theme_of(drawn, point)
    return theme_id is None or theme_id == (theme.line.id if theme else 0)


def _theme_of(drawn: ThemeMap, point: Point) -> MapTheme | None:
    return None if point.theme is None else drawn.themes[point.theme]
