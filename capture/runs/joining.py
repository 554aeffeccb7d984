"""The phase of an analysis that places new segments among the themes there are, without a re-run.

A theme that people decided on, put together or parted is offered what is near it; it takes nothing
in by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert
from sqlalchemy.orm import Session

from capture.corrections import hanging
from capture.jobs import Bench, Phase
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT
from capture.models import CandidateMember
from capture.runs import discoveries
from capture.runs.noticing import Vectors, embedded_segments, mark_copies
from capture.runs.offering import offer
from capture.runs.seeing import mark, seen
from capture.runs.standing import Strengths, holds, members_of, standing_themes
from capture.study_segments import StudySegment
from capture.theming.assigning import assign, carried_up
from capture.theming.duplicates import SAME_FROM
from capture.theming.features import Floats
from capture.theming.found import FINE_FIRST, LEVELS
from capture.theming.rows import theme_rows


@dataclass(frozen=True, slots=True)
class _Joining:
    """Which passages join which themes, and how strongly."""

    near: dict[int, Strengths]
    passages: list[int]


def plan_joining(bench: Bench, study_id: int) -> int:
    """One step when themes stand and a segment has not been looked at for them, else none."""
    with bench.store.reading() as session:
        if discoveries.latest(session, study_id) is None:
            return 0
        return int(bool(seen(session, study_id).new and standing_themes(session, study_id)))


def join_themes(bench: Bench, study_id: int, _number: int) -> None:
    """Place what is new: in open themes as members, near the others as offers."""
    segments, embedded = embedded_segments(bench, study_id)
    with bench.store.reading() as session:
        new = seen(session, study_id).new
        at = [i for i, segment in enumerate(segments) if segment.passage_id in new]
        position_of = {segment.passage_id: i for i, segment in enumerate(segments)}
        held = _held(session, study_id, position_of)
    if not at:
        return
    copies = _copies(segments, embedded, at)
    asked = np.array([one.kept_out in NEVER_LOOKED_AT for one in segments], dtype=bool)
    rows = theme_rows(
        [segment.text for segment in segments],
        embedded,
        [segment.source for segment in segments],
        fitted=~(asked | copies),
        places=range(len(segments)),
    )
    near: dict[int, Strengths] = {}
    for themes, found in zip(held.values(), _placed(rows, held, at), strict=True):
        for column, theme_id in enumerate(themes):
            near[theme_id] = {
                segments[position].passage_id: float(strength)
                for position, strength in zip(at, found[:, column], strict=True)
                if strength > 0
            }
    with bench.store.writing() as session:
        mark_copies(session, segments, copies)
        _keep(session, study_id, _Joining(near, _still_new(session, study_id, segments, at)))


def _placed(
    rows: Floats, held: Mapping[str, Mapping[int, Mapping[int, float]]], at: Sequence[int]
) -> list[Floats]:
    """Strengths (at, themes) in each list: by likeness in the finest, and so in coarser ones."""
    finest = list(held[FINE_FIRST[0]].values())
    placed = assign(rows, finest, at)
    found = []
    for level, themes in held.items():
        here = list(themes.values())
        if level == FINE_FIRST[0]:
            found.append(placed)
        elif finest:
            found.append(carried_up(placed, finest, here, len(rows)))
        else:
            found.append(assign(rows, here, at))
    return found


def _copies(
    segments: Sequence[StudySegment], embedded: Vectors, at: Sequence[int]
) -> NDArray[np.bool_]:
    """Segments that say again what another said, shape (n,): only the new ones are compared,
    and never with what is not looked at."""
    copies = np.array([one.kept_out == NEAR_DUPLICATE for one in segments], dtype=bool)
    before = np.array([one.kept_out not in NEVER_LOOKED_AT for one in segments], dtype=bool)
    before[list(at)] = False
    for position in at:
        alike = embedded[before] @ embedded[position]
        copies[position] = bool((alike >= SAME_FROM).any())
        before[position] = True
    return copies


def _held(
    session: Session, study_id: int, position_of: Mapping[int, int]
) -> dict[str, dict[int, dict[int, float]]]:
    """Granularity → theme → position of a segment → strength."""
    themes = standing_themes(session, study_id)
    members = members_of(session, themes)
    return {
        level: {
            theme.id: {position_of[p]: s for p, s in members[theme.id].items() if p in position_of}
            for theme in themes
            if theme.granularity == level and members[theme.id]
        }
        for level in LEVELS
    }


def _still_new(
    session: Session, study_id: int, segments: Sequence[StudySegment], at: Sequence[int]
) -> list[int]:
    """Those that were placed and are new still: texts may have been corrected meanwhile."""
    new = seen(session, study_id).new
    return [segments[i].passage_id for i in at if segments[i].passage_id in new]


def _keep(session: Session, study_id: int, joining: _Joining) -> None:
    last = discoveries.latest(session, study_id)
    if last is None:
        return
    themes = standing_themes(session, study_id)
    hold, members = holds(session, themes), members_of(session, themes)
    there, filled = set(joining.passages), []
    for theme in themes:
        near = {p: s for p, s in joining.near.get(theme.id, {}).items() if p in there}
        if hold[theme.id] == "closed":
            offer(session, theme.id, near, last.id)
            continue
        rows = [
            {"candidate_id": theme.id, "passage_id": passage, "strength": strength}
            for passage, strength in sorted(near.items())
            if passage not in members[theme.id]
        ]
        if rows:
            session.execute(insert(CandidateMember), rows)
            filled.append(theme.id)
    hanging.bring_up_to_date(session, filled)
    mark(session, joining.passages, last.id, later=True)
    discoveries.forget_previews(session, study_id)


ASSIGNING = Phase(
    "new segments", "Placing new segments among the themes", plan_joining, join_themes
)
