"""The order of the review queue, and what is in it.

Unfiltered: members of mapped or adopted candidate themes, theme by theme; then the strongest
suggestions; then the rest as it stands in the transcripts. A filter brings its own order. Blind,
the order is the transcripts' own, because any other would say what is suggested. Each rung is one
short query, so that the next passage is there before a hand is back on the keys.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from capture.models import (
    CandidateMember,
    CandidateTheme,
    Code,
    Passage,
    Segment,
    Suggestion,
    Transcript,
    TranscriptVersion,
)
from capture.models.suggestion import LEARNT

TAKEN_UP = ("mapped", "adopted")
"""States of a candidate theme in which people have found it worth reviewing."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the queue; blind, only the transcript does."""

    candidate: int | None = None
    code: int | None = None
    transcript: int | None = None
    blind: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether this is less than the whole queue."""
        return any(one is not None for one in (self.candidate, self.code, self.transcript))

    def to_show(self) -> "Filters":
        """The filters that may be used: blind, a theme or code would say what is suggested."""
        return Filters(transcript=self.transcript, blind=True) if self.blind else self


Columns = TypeVarTuple("Columns")
Found = tuple[int, str] | None
"""A passage, and why this one."""
Rung = Callable[[Session, int, Sequence[ColumnElement[bool]]], Found]


def rungs_of(filters: Filters) -> tuple[Rung, ...]:
    """The queries to try, one after the other, until one finds a passage."""
    if filters.blind or filters.transcript is not None:
        return (_in_order,)
    if filters.candidate is not None:
        return (_by_strength_in(filters.candidate),)
    if filters.code is not None:
        return (_by_score_of(filters.code),)
    return (_in_themes, _by_score, _in_order)


def conditions_of(filters: Filters) -> list[ColumnElement[bool]]:
    """What a filter asks of a segment."""
    found: list[ColumnElement[bool]] = []
    if filters.candidate is not None:
        members = select(CandidateMember.passage_id)
        members = members.where(CandidateMember.candidate_id == filters.candidate)
        found.append(Segment.passage_id.in_(members))
    if filters.code is not None:
        suggested = select(Suggestion.passage_id).where(Suggestion.code_id == filters.code)
        found.append(Segment.passage_id.in_(suggested))
    if filters.transcript is not None:
        found.append(Transcript.id == filters.transcript)
    return found


def queued(query: Select[*Columns], study_id: int) -> Select[*Columns]:
    """Narrow to what is reviewed at all: a study's segments as they stand, none kept out."""
    return (
        query.join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(
            Transcript.study_id == study_id,
            TranscriptVersion.number == Transcript.version,
            Segment.kept_out.is_(None),
        )
    )


def _in_order(session: Session, study_id: int, conditions: Sequence[ColumnElement[bool]]) -> Found:
    query = queued(select(Segment.passage_id), study_id).where(*conditions)
    found = session.scalar(query.order_by(Transcript.id, Segment.position).limit(1))
    return None if found is None else (found, "The next in the transcript's own order.")


def _in_themes(session: Session, study_id: int, conditions: Sequence[ColumnElement[bool]]) -> Found:
    query = select(Segment.passage_id, CandidateTheme.id)
    query = query.join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
    query = query.join(CandidateTheme, CandidateTheme.id == CandidateMember.candidate_id)
    query = queued(query, study_id).where(
        CandidateTheme.study_id == study_id, CandidateTheme.state.in_(TAKEN_UP), *conditions
    )
    order = (CandidateTheme.id, CandidateMember.strength.desc(), Segment.passage_id)
    row = session.execute(query.order_by(*order).limit(1)).first()
    if row is None:
        return None
    theme = session.get_one(CandidateTheme, row[1])
    return row[0], f"It belongs to “{theme.name or theme.label}”, a candidate theme you work with."


def _by_score(session: Session, study_id: int, conditions: Sequence[ColumnElement[bool]]) -> Found:
    return _strongest(session, study_id, conditions)


def _by_score_of(code_id: int) -> Rung:
    def rung(session: Session, study_id: int, conditions: Sequence[ColumnElement[bool]]) -> Found:
        return _strongest(session, study_id, conditions, Code.id == code_id)

    return rung


def _strongest(
    session: Session,
    study_id: int,
    conditions: Sequence[ColumnElement[bool]],
    *of_codes: ColumnElement[bool],
) -> Found:
    # Membership in two lists, not joins: joined, SQLite took four times as long over 13,000.
    waiting = queued(select(Segment.passage_id), study_id).where(*conditions)
    codes = select(Code.id).where(Code.study_id == study_id, Code.retired.is_(False), *of_codes)
    query = select(Suggestion.passage_id, Suggestion.code_id).where(
        Suggestion.passage_id.in_(waiting), Suggestion.code_id.in_(codes)
    )
    order = (Suggestion.score.desc(), Suggestion.passage_id, Suggestion.code_id)
    # A theme's hold on a passage is no likelihood, so the two are never weighed against each other.
    likely = Suggestion.source.in_(LEARNT)
    for which, reason in (
        (likely, "The strongest suggestion still waiting: {}."),
        (~likely, "It belongs to a candidate theme under the code {}."),
    ):
        row = session.execute(query.where(which).order_by(*order).limit(1)).first()
        if row is not None:
            return row[0], reason.format(session.get_one(Code, row[1]).name)
    return None


def _by_strength_in(candidate_id: int) -> Rung:
    def rung(session: Session, study_id: int, conditions: Sequence[ColumnElement[bool]]) -> Found:
        query = select(Segment.passage_id)
        query = query.join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
        query = queued(query, study_id).where(
            CandidateMember.candidate_id == candidate_id, *conditions
        )
        order = (CandidateMember.strength.desc(), Segment.passage_id)
        found = session.scalar(query.order_by(*order).limit(1))
        return None if found is None else (found, "The closest to this candidate theme's core.")

    return rung
