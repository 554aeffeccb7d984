"""The review queue: the passages a person hasn't reviewed yet, in an order worth their time.

Unfiltered: members of mapped or adopted candidate themes, theme by theme; then the strongest
suggestions; then the rest as it stands in the transcripts. A filter brings its own order. Blind,
the order is the transcripts' own, because any other would say what is suggested. Each rung is one
short query, so that the next passage is there before a hand is back on the keys.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select
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
from codebook.reviewed import reviewed_by

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """The passage to review next, and why this one, in a sentence."""

    passage_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is: `reviewed` of `total` passages."""

    reviewed: int
    total: int


Columns = TypeVarTuple("Columns")
Found = tuple[int, str] | None
Rung = Callable[[Session, int, "list[ColumnElement[bool]]"], Found]


def next_passage(
    session: Session,
    *,
    study_id: int,
    user_id: int,
    filters: Filters,
    skipped: Collection[int] = (),
) -> Waiting | None:
    """The next passage this person hasn't reviewed; skipped ones come last. None when done."""
    filters = filters.to_show()
    unseen = [*_conditions(filters), ~reviewed_by(user_id, Segment.passage_id)]
    aside = Segment.passage_id.in_(skipped)
    for found in _climb(session, study_id, filters, [*unseen, ~aside]):
        return Waiting(*found)
    if not skipped:
        return None
    for passage_id, _ in _climb(session, study_id, filters, [*unseen, aside]):
        return Waiting(passage_id, "You skipped it before; the rest of the queue is done.")
    return None


def progress(session: Session, *, study_id: int, user_id: int, filters: Filters) -> Progress:
    """How many of the queue's passages this person has reviewed."""
    filters = filters.to_show()
    conditions = _conditions(filters)
    seen = [*conditions, reviewed_by(user_id, Segment.passage_id)]
    return Progress(_count(session, study_id, seen), _count(session, study_id, conditions))


def _climb(
    session: Session, study_id: int, filters: Filters, conditions: list[ColumnElement[bool]]
) -> Iterator[tuple[int, str]]:
    for rung in _rungs(filters):
        found = rung(session, study_id, conditions)
        if found is not None:
            yield found


def _rungs(filters: Filters) -> tuple[Rung, ...]:
    if filters.blind or filters.transcript is not None:
        return (_in_order,)
    if filters.candidate is not None:
        return (_by_strength_in(filters.candidate),)
    if filters.code is not None:
        return (_by_score_of(filters.code),)
    return (_in_themes, _by_score, _in_order)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
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


def _queued(query: Select[*Columns], study_id: int) -> Select[*Columns]:
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


def _count(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> int:
    query = _queued(select(func.count()).select_from(Segment), study_id).where(*conditions)
    return session.scalar(query) or 0


def _in_order(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
    query = _queued(select(Segment.passage_id), study_id).where(*conditions)
    found = session.scalar(query.order_by(Transcript.id, Segment.position).limit(1))
    return None if found is None else (found, "The next in the transcript's own order.")


def _in_themes(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
    query = select(Segment.passage_id, CandidateTheme.id)
    query = query.join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
    query = query.join(CandidateTheme, CandidateTheme.id == CandidateMember.candidate_id)
    query = _queued(query, study_id).where(
        CandidateTheme.study_id == study_id, CandidateTheme.state.in_(TAKEN_UP), *conditions
    )
    order = (CandidateTheme.id, CandidateMember.strength.desc(), Segment.passage_id)
    row = session.execute(query.order_by(*order).limit(1)).first()
    if row is None:
        return None
    theme = session.get_one(CandidateTheme, row[1])
    return row[0], f"It belongs to “{theme.name or theme.label}”, a candidate theme you work with."


def _by_score(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
    return _strongest(session, study_id, conditions)


def _by_score_of(code_id: int) -> Rung:
    def rung(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
        return _strongest(session, study_id, [*conditions, Suggestion.code_id == code_id])

    return rung


def _strongest(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
    query = select(Segment.passage_id, Suggestion.code_id)
    query = query.join(Suggestion, Suggestion.passage_id == Segment.passage_id)
    query = query.join(Code, Code.id == Suggestion.code_id)
    query = _queued(query, study_id).where(
        Code.study_id == study_id, Code.retired.is_(False), *conditions
    )
    order = (Suggestion.score.desc(), Segment.passage_id, Suggestion.code_id)
    row = session.execute(query.order_by(*order).limit(1)).first()
    if row is None:
        return None
    code = session.get_one(Code, row[1])
    return row[0], f"The strongest suggestion still waiting: {code.name}."


def _by_strength_in(candidate_id: int) -> Rung:
    def rung(session: Session, study_id: int, conditions: list[ColumnElement[bool]]) -> Found:
        query = select(Segment.passage_id)
        query = query.join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
        query = _queued(query, study_id).where(
            CandidateMember.candidate_id == candidate_id, *conditions
        )
        order = (CandidateMember.strength.desc(), Segment.passage_id)
        found = session.scalar(query.order_by(*order).limit(1))
        return None if found is None else (found, "The closest to this candidate theme's core.")

    return rung
