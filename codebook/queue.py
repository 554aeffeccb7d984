"""The review queue: the passages a person hasn't reviewed yet, in an order worth their time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from capture.models import Segment
from codebook.queue_order import Filters, conditions_of, queued, rungs_of
from codebook.reviewed import reviewed_by

__all__ = ["Filters", "Progress", "Waiting", "next_passage", "progress"]


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
    unseen = [*conditions_of(filters), ~reviewed_by(user_id, Segment.passage_id)]
    aside = Segment.passage_id.in_(skipped)
    first = _first(session, study_id, filters, [*unseen, ~aside])
    if first is not None or not skipped:
        return first
    again = _first(session, study_id, filters, [*unseen, aside])
    return again and Waiting(again.passage_id, "You skipped it; the rest of the queue is done.")


def progress(session: Session, *, study_id: int, user_id: int, filters: Filters) -> Progress:
    """How many of the queue's passages this person has reviewed."""
    seen = case((reviewed_by(user_id, Segment.passage_id), 1), else_=0)
    counts = select(func.coalesce(func.sum(seen), 0), func.count()).select_from(Segment)
    query = queued(counts, study_id).where(*conditions_of(filters.to_show()))
    reviewed, total = session.execute(query).one()
    return Progress(reviewed, total)


def _first(
    session: Session, study_id: int, filters: Filters, conditions: Sequence[ColumnElement[bool]]
) -> Waiting | None:
    for rung in rungs_of(filters):
        found = rung(session, study_id, conditions)
        if found is not None:
            return Waiting(*found)
    return None
