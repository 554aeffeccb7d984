"""Undoing a run of the theme finder: the candidate themes stand as they did before it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import Conflict
from capture.models import (
    CandidateAction,
    CandidateTheme,
    Discovery,
    Segment,
    ThemeCandidate,
    ThemeChange,
)
from capture.runs import discoveries, offering
from capture.runs.rows import put_back
from capture.runs.seeing import mark


def undo_run(session: Session, study_id: int, discovery_id: int) -> Discovery:
    """Put a study's themes back to before its last run; gives the run that stands again.

    Conflict when it isn't the last, when what was before is not known any more, or when people
    have worked since with a theme it found: their work is never undone along with it.
    """
    run = discoveries.latest(session, study_id)
    if run is None or run.id != discovery_id:
        raise Conflict(
            "Themes have been looked for again since.",
            way_out="Nothing was changed. Open the candidate themes anew.",
        )
    if run.before is None:
        raise Conflict(
            "This run can't be undone: how themes stood before it is not kept.",
            way_out="Nothing was changed. Dismiss the themes you don't want.",
        )
    changes = list(session.scalars(select(ThemeChange).where(ThemeChange.discovery_id == run.id)))
    _refuse_after_work(session, run)
    for change in changes:
        _take_back(session, change)
    offering.take_back(session, run.id)
    session.flush()
    run.state = "undone"
    session.flush()
    before = discoveries.latest(session, study_id)
    if before is None:
        raise Conflict("There is no earlier run.", way_out="Nothing was changed.")
    _see_as_before(session, run, before)
    run.before = None
    discoveries.forget_previews(session, study_id)
    return before


def worked_with_since(session: Session, run: Discovery) -> CandidateTheme | None:
    """A theme that a run found or found again and that people have worked with since, if any."""
    touched = (
        select(CandidateTheme)
        .join(ThemeChange, ThemeChange.candidate_id == CandidateTheme.id)
        .where(ThemeChange.discovery_id == run.id, ThemeChange.what.in_(("kept", "new")))
        .order_by(CandidateTheme.id)
        .limit(1)
    )
    acted = touched.join(CandidateAction, CandidateAction.candidate_id == CandidateTheme.id).where(
        CandidateAction.created_at > run.created_at, CandidateAction.undone.is_(False)
    )
    rested = touched.join(ThemeCandidate, ThemeCandidate.candidate_id == CandidateTheme.id).where(
        ThemeChange.what == "new"
    )
    return session.scalar(acted) or session.scalar(rested)


def _refuse_after_work(session: Session, run: Discovery) -> None:
    theme = worked_with_since(session, run)
    if theme is not None:
        raise Conflict(
            f"Something was done with “{theme.name or theme.label}” since.",
            way_out="Nothing was changed. Undo that first, then this run.",
        )


def _take_back(session: Session, change: ThemeChange) -> None:
    if change.candidate_id is None:
        return
    theme = session.get_one(CandidateTheme, change.candidate_id)
    if change.what == "new":
        theme.superseded = True
    elif change.what == "gone":
        theme.superseded = False
    elif change.before is not None:
        put_back(session, theme, change.before)
    change.before = None


def _see_as_before(session: Session, run: Discovery, before: Discovery) -> None:
    """What came during the run or after it is new again: the next analysis places it."""
    kept = run.before or {}
    new, later = set(kept.get("new", ())), set(kept.get("later", ()))
    rows = session.execute(
        select(Segment.passage_id, Segment.came_later).where(Segment.seen_in == run.id)
    ).all()
    back = {p for p, came_later in rows if came_later or p in new}
    there = {p for p, _ in rows} - back
    mark(session, back, None)
    mark(session, there - later, before.id)
    mark(session, there & later, before.id, later=True)
