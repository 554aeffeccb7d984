"""Candidate themes: the list to choose from, and what people may do with each.

Mapping, adopting or merging makes suggestions for the members, never a coding: that stays a
person's judgement on each passage.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Float, cast, func, select
from sqlalchemy.orm import Session

from capture.models import CandidateMember, CandidateTheme, Segment
from capture.runs.standing import shaped_by_people
from capture.standing import looked_at
from capture.theming.found import LEVELS
from codebook.candidate_acts import adopt, dismiss, map_to_code, merge, rename
from codebook.candidate_additions import additions, count_offered, take_in
from codebook.candidate_record import find_candidate
from codebook.candidate_split import split
from codebook.candidate_undo import undo
from codebook.candidate_view import MEMBERS_A_PAGE, CandidateView, members_page, view

__all__ = [
    "MEMBERS_A_PAGE",
    "CandidateLine",
    "CandidateView",
    "additions",
    "adopt",
    "candidate_lines",
    "counts",
    "dismiss",
    "find_candidate",
    "map_to_code",
    "members_page",
    "merge",
    "rename",
    "split",
    "take_in",
    "undo",
    "view",
]

Order = Literal["size", "steadiness"]


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate theme as one line of the list; `size` is its number of passages."""

    id: int
    title: str
    state: str
    size: int
    found_in: int
    reruns: int
    participants: int
    transcripts: int
    single_source: bool
    offered: int
    """Passages found since near it, that wait for a person."""
    by_hand: bool
    """Whether people merged or split it, or added to it, since it was found."""

    @property
    def warning(self) -> str:
        """Why it needs a look, when all of it comes from one source."""
        if self.participants == 1:
            return "one person only"
        if self.transcripts == 1:
            return "one transcript only"
        return "one source only" if self.single_source else ""


def candidate_lines(
    session: Session,
    study_id: int,
    *,
    granularity: str = "middle",
    state: str = "undecided",
    order: Order = "size",
    keep: int | None = None,
) -> list[CandidateLine]:
    """The candidates of one granularity in one state (or "all"), largest or steadiest first.

    `keep` names a candidate to list whatever its state, because someone has it open.
    """
    size = func.count(Segment.passage_id).label("size")
    steady = cast(CandidateTheme.found_in, Float) / func.nullif(CandidateTheme.reruns, 0)
    first = size if order == "size" else func.coalesce(steady, 0.0)
    query = (
        select(CandidateTheme, size)
        .outerjoin(CandidateMember, CandidateMember.candidate_id == CandidateTheme.id)
        .outerjoin(Segment, (Segment.passage_id == CandidateMember.passage_id) & looked_at())
        .where(*_standing(study_id), CandidateTheme.granularity == granularity)
        .group_by(CandidateTheme.id)
        .order_by(first.desc(), size.desc(), CandidateTheme.id)
    )
    if state != "all":
        query = query.where((CandidateTheme.state == state) | (CandidateTheme.id == (keep or 0)))
    waiting = count_offered(session, study_id)
    rows = session.execute(query).all()
    by_hand = shaped_by_people(session, [row.id for row, _ in rows])
    return [_line(row, count, waiting.get(row.id, 0), row.id in by_hand) for row, count in rows]


def counts(session: Session, study_id: int) -> dict[str, dict[str, int]]:
    """How many candidates there are, by granularity, then by state."""
    found: dict[str, dict[str, int]] = {granularity: {} for granularity in LEVELS}
    rows = session.execute(
        select(CandidateTheme.granularity, CandidateTheme.state, func.count())
        .where(*_standing(study_id))
        .group_by(CandidateTheme.granularity, CandidateTheme.state)
    )
    for granularity, state, count in rows:
        found.setdefault(granularity, {})[state] = count
    return found


def _standing(study_id: int) -> tuple[ColumnElement[bool], ...]:
    return (CandidateTheme.study_id == study_id, CandidateTheme.superseded.is_(False))


def _line(row: CandidateTheme, size: int, offered: int, by_hand: bool) -> CandidateLine:
    return CandidateLine(
        id=row.id,
        title=row.name or row.label,
        state=row.state,
        size=size,
        found_in=row.found_in,
        reruns=row.reruns,
        participants=row.participants,
        transcripts=row.transcripts,
        single_source=row.single_source,
        offered=offered,
        by_hand=by_hand,
    )
