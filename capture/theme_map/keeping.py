"""The phase of an analysis that gives segments their places on the map of themes."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from capture.jobs import Bench, Phase
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT
from capture.models import CandidateMember, CandidateTheme, Segment, Study
from capture.runs import discoveries
from capture.runs.noticing import Vectors, embedded_segments
from capture.study_segments import StudySegment, study_segments
from capture.theme_map.places import places
from capture.theming.features import Floats
from capture.theming.found import LEVELS
from capture.theming.rows import theme_rows

METHOD = "2"
"""Raise it when the way segments are placed changes, so that maps are made anew."""
ROWS_A_WRITE = 1000
"""Few enough that the write lock is held for some tens of milliseconds."""


def plan_map(bench: Bench, study_id: int) -> int:
    """One step when segments or themes are other than when the map was last made, else none."""
    with bench.store.reading() as session:
        segments = study_segments(session, study_id)
        made_from = session.get_one(Study, study_id).mapped_from
        return int(made_from != _fingerprint(session, study_id, segments))


def draw_map(bench: Bench, study_id: int, _number: int) -> None:
    """Give every segment that is looked at its place; what had one stays about where it was."""
    segments, vectors = embedded_segments(bench, study_id)
    looked_at = np.array([one.kept_out not in NEVER_LOOKED_AT for one in segments], dtype=bool)
    rows = _rows(segments, vectors, looked_at)
    chosen = [one for one, seen in zip(segments, looked_at, strict=True) if seen]
    ids = [one.passage_id for one in chosen]
    with bench.store.reading() as session:
        made_from = _fingerprint(session, study_id, segments)
        themes = memberships(session, study_id, ids)
        before = _before(session, ids)
    found = places(rows, themes, before=before, report=bench.report)
    for at in range(0, len(ids), ROWS_A_WRITE):
        some = slice(at, at + ROWS_A_WRITE)
        with bench.store.writing() as session:
            _keep(session, ids[some], found[some])
    with bench.store.writing() as session:
        session.get_one(Study, study_id).mapped_from = made_from


def memberships(session: Session, study_id: int, ids: Sequence[int]) -> list[csr_matrix]:
    """How strongly each passage belongs to each standing theme, for each granularity.

    Shape (passages, themes), coarse first. What was merged into another is no theme of its own.
    """
    row_of = {passage_id: row for row, passage_id in enumerate(ids)}
    themes = session.execute(
        select(CandidateTheme.id, CandidateTheme.granularity)
        .where(
            CandidateTheme.study_id == study_id,
            CandidateTheme.superseded.is_(False),
            CandidateTheme.state != "merged",
        )
        .order_by(CandidateTheme.discovery_id, CandidateTheme.position, CandidateTheme.id)
    ).all()
    found = []
    for granularity in LEVELS:
        columns = [theme_id for theme_id, cut in themes if cut == granularity]
        found.append(_strengths(session, columns, row_of))
    return found


def _strengths(session: Session, columns: Sequence[int], row_of: dict[int, int]) -> csr_matrix:
    column_of = {theme_id: column for column, theme_id in enumerate(columns)}
    members = session.execute(
        select(
            CandidateMember.passage_id, CandidateMember.candidate_id, CandidateMember.strength
        ).where(CandidateMember.candidate_id.in_(columns))
    ).all()
    there = [(row_of[p], column_of[c], strength) for p, c, strength in members if p in row_of]
    rows, cols, strengths = zip(*there, strict=True) if there else ((), (), ())
    shape = (len(row_of), len(columns))
    return csr_matrix((np.array(strengths, dtype=float), (rows, cols)), shape=shape)


def _rows(
    segments: Sequence[StudySegment], vectors: Vectors, looked_at: NDArray[np.bool_]
) -> Floats:
    """What themes are found by: meaning in its place, and own words; one row a segment seen."""
    if not looked_at.any():
        return np.zeros((0, 1))
    fitted = looked_at & np.array([one.kept_out != NEAR_DUPLICATE for one in segments])
    every = theme_rows(
        [one.text for one in segments],
        vectors,
        [one.source for one in segments],
        fitted=fitted,
        places=range(len(segments)),
    )
    return every[looked_at]


def _before(session: Session, ids: Sequence[int]) -> Floats:
    """The places from before, shape (passages, 2); NaN where there was none."""
    had = dict[int, tuple[float, float]]()
    for at in range(0, len(ids), ROWS_A_WRITE):
        some = ids[at : at + ROWS_A_WRITE]
        for row in session.execute(
            select(Segment.passage_id, Segment.map_x, Segment.map_y).where(
                Segment.passage_id.in_(some), Segment.map_x.is_not(None)
            )
        ):
            had[row.passage_id] = (row.map_x, row.map_y)
    nowhere = (np.nan, np.nan)
    return np.array([had.get(one, nowhere) for one in ids], dtype=float).reshape(-1, 2)


def _keep(session: Session, ids: Sequence[int], found: Floats) -> None:
    session.execute(
        update(Segment),
        [
            {"passage_id": passage_id, "map_x": round(float(x), 3), "map_y": round(float(y), 3)}
            for passage_id, (x, y) in zip(ids, found, strict=True)
        ],
    )


def _fingerprint(session: Session, study_id: int, segments: Sequence[StudySegment]) -> str:
    """SHA-256 of what the map is made from; that people rename or merge themes moves nothing."""
    last = discoveries.latest(session, study_id)
    digest = sha256(f"{METHOD}|{last.id if last else ''}".encode())
    for segment in segments:
        if segment.kept_out not in NEVER_LOOKED_AT:
            digest.update(f"|{segment.passage_id}|{segment.text_sha256}".encode())
    return digest.hexdigest()


MAPPING = Phase("map", "Placing segments on the map of themes", plan_map, draw_map)
