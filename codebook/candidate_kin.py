"""Where the passages of a candidate theme stand in the study's other lists, coarser and finer.

Each granularity is a list of its own, so what is decided in one list says nothing in another. A
person who decides must at least see that much the same was decided on before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from capture.models import CandidateMember, CandidateTheme, Segment
from capture.standing import looked_at
from capture.theming.found import LEVELS
from codebook.candidate_record import decided_how, title

HALF = 0.5
"""Of the smaller of two candidates: from which share on they are kin."""
SAME = 0.8
"""Passages of both, of those of either, from which on they are the same but for a few."""
SHOWN = 4
"""Kin in one list, those first that share most."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A candidate of another granularity that shares passages with the one in view."""

    id: int
    title: str
    granularity: str
    passages: int
    shared: int
    same: bool
    """Much the same passages, so that one decision was meant."""
    decided: str
    """What was decided, to follow the title; empty while undecided."""


def kin(session: Session, row: CandidateTheme) -> list[Kin]:
    """Candidates of the other lists that stand, from coarse to fine."""
    sharing = _sharing(session, row)
    sizes = _sizes(session, [row.id, *(other.id for other, _ in sharing)])
    size = sizes.get(row.id, 0)
    near = [one for one in sharing if one[1] >= HALF * min(size, sizes[one[0].id])]
    shown = [
        one
        for level in LEVELS
        for one in [other for other in near if other[0].granularity == level][:SHOWN]
    ]
    return [
        Kin(
            other.id,
            title(other),
            other.granularity,
            sizes[other.id],
            shared,
            shared >= SAME * (size + sizes[other.id] - shared),
            "" if other.state == "undecided" else decided_how(session, other),
        )
        for other, shared in shown
    ]


def finer(row: CandidateTheme, its_kin: Sequence[Kin]) -> list[Kin]:
    """Of a candidate's kin, those of finer lists that are only a part of it: ways to split it."""
    level = LEVELS.index(row.granularity) if row.granularity in LEVELS else len(LEVELS)
    return [one for one in its_kin if one.granularity in LEVELS[level + 1 :] and not one.same]


def _sharing(session: Session, row: CandidateTheme) -> list[tuple[CandidateTheme, int]]:
    """Candidates with passages of this one, and how many; those with the most come first."""
    own, theirs = aliased(CandidateMember), aliased(CandidateMember)
    rows = session.execute(
        select(CandidateTheme, func.count())
        .join(theirs, theirs.candidate_id == CandidateTheme.id)
        .join(own, own.passage_id == theirs.passage_id)
        .join(Segment, Segment.passage_id == own.passage_id)
        .where(
            own.candidate_id == row.id,
            CandidateTheme.study_id == row.study_id,
            CandidateTheme.granularity != row.granularity,
            CandidateTheme.state != "merged",
            CandidateTheme.superseded.is_(False),
            looked_at(),
        )
        .group_by(CandidateTheme.id)
        .order_by(func.count().desc(), CandidateTheme.id)
    )
    return [(other, shared) for other, shared in rows]


def _sizes(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many members that take part each candidate has."""
    rows = session.execute(
        select(CandidateMember.candidate_id, func.count())
        .join(Segment, Segment.passage_id == CandidateMember.passage_id)
        .where(CandidateMember.candidate_id.in_(ids), looked_at())
        .group_by(CandidateMember.candidate_id)
    )
    return dict(rows.all())
