"""Which segments the theme finder has seen, and which were placed among its themes afterwards."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from capture.corrections.hanging import in_lots
from capture.models import Segment
from capture.standing import in_standing_texts, looked_at


@dataclass(frozen=True, slots=True)
class Seen:
    """Passages of the segments that are looked at: found with, placed later, not seen yet."""

    first: frozenset[int]
    later: frozenset[int]
    new: frozenset[int]


def seen(session: Session, study_id: int) -> Seen:
    """How the segments of a study's standing texts were seen."""
    rows = session.execute(how_seen(study_id)).all()
    return Seen(
        first=frozenset(p for p, run, later in rows if run is not None and not later),
        later=frozenset(p for p, run, later in rows if run is not None and later),
        new=frozenset(p for p, run, _ in rows if run is None),
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """The same in numbers, counted where the rows are: a page may ask for it."""

    first: int
    later: int
    new: int

    @property
    def much_is_new(self) -> bool:
        """Whether half as much again came since themes were found: too much for those to tell."""
        return 2 * (self.later + self.new) >= self.first


def counted(session: Session, study_id: int) -> Counted:
    """How many segments of a study's standing texts were seen, and how."""
    rows = how_seen(study_id).subquery()
    new = func.count().filter(rows.c.seen_in.is_(None))
    later = func.count().filter(rows.c.seen_in.is_not(None), rows.c.came_later)
    first = func.count().filter(rows.c.seen_in.is_not(None), ~rows.c.came_later)
    return Counted(*session.execute(select(first, later, new)).one())


def how_seen(study_id: int) -> Select[int, int | None, bool]:
    """Asks for (passage, run it was seen in, whether it came later) of segments looked at."""
    asked = select(Segment.passage_id, Segment.seen_in, Segment.came_later)
    return in_standing_texts(asked, study_id).where(looked_at())


def mark(
    session: Session, passage_ids: Collection[int], run: int | None, *, later: bool = False
) -> None:
    """Say in which run these segments were seen; None makes them new again."""
    for some in in_lots(sorted(passage_ids)):
        session.execute(
            update(Segment)
            .where(Segment.passage_id.in_(some))
            .values(seen_in=run, came_later=later)
            .execution_options(synchronize_session=False)
        )
