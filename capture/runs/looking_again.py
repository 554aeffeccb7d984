"""Whether it is worth looking for candidate themes again, and asking for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from capture.models import (
    CandidateAction,
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Discovery,
    Segment,
    Study,
)
from capture.runs.seeing import Counted, counted, how_seen

PREVIEW, APPLY = "preview", "apply"
MIDDLE = "middle"
MUCH = 0.2
"""From this part on, what came later may shift themes and not only fill them."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What looking again is likely to give, counted in segments."""

    later: int
    """Placed among the themes since they were found."""
    near_none: int
    """Of these, near no theme of the middle granularity."""
    waiting: int
    """Not looked at yet; the next analysis places them."""
    shaped: int
    """Merges and splits by people since."""
    worth: bool
    sentence: str


def asked_to_look(session: Session, study_id: int) -> str | None:
    """What the next analysis was asked for: a preview of a new look, to apply it, or neither."""
    return session.scalar(select(Study.look_again).where(Study.id == study_id))


def ask_to_look(session: Session, study_id: int, what: str) -> None:
    """Ask the next analysis to look for themes anew, and show or apply what would change."""
    session.get_one(Study, study_id).look_again = what


def outlook(session: Session, last: Discovery) -> Outlook:
    """What has come since a study's themes were found, and what looking again would likely do."""
    have = counted(session, last.study_id)
    near_none = have.later - _near_some(session, last.study_id)
    shaped = _shaped(session, last)
    gain = _gain(have, near_none, shaped, _sizes(session, last.study_id))
    since = _since(have.later, near_none, have.new)
    return Outlook(
        later=have.later,
        near_none=near_none,
        waiting=have.new,
        shaped=shaped,
        worth=bool(gain),
        sentence=f"{since} {gain or _little(have.later, have.new)}",
    )


def _since(later: int, near_none: int, waiting: int) -> str:
    if not later and waiting:
        return "Nothing was placed among these themes since they were found."
    if not later:
        return "No segment has come since these themes were found."
    came = "1 new segment" if later == 1 else f"{later:,} new segments"
    near = "is" if near_none == 1 else "are"
    near_them = f"{near_none:,} {near} near none" if near_none else "each is near one"
    return f"{came} since these themes were found; {near_them}."


def _gain(have: Counted, near_none: int, shaped: int, sizes: Sequence[int]) -> str:
    """What looking again would likely do; empty when that is little."""
    says = []
    if sizes and near_none >= max(3, _small(sizes)):
        themes = max(1, round(near_none / median(sizes)))
        most = "a theme" if themes == 1 else f"up to {themes} themes"
        says.append(f"would likely add {most}")
    if have.first and have.later >= MUCH * have.first:
        share = round(100 * have.later / (have.later + have.first))
        says.append(f"may shift others, as {share} % of the text came later")
    if shaped:
        by = "1 merge or split" if shaped == 1 else f"{shaped} merges and splits"
        says.append(f"would fit the others around {by} made since")
    return f"Looking again {', and '.join(says)}." if says else ""


def _little(later: int, waiting: int) -> str:
    if waiting:
        return "Whether looking again is worth it shows when they are placed."
    if later:
        return "Looking again would likely change little."
    return "Looking again would find the same."


def _small(sizes: Sequence[int]) -> float:
    """The size of a small theme here: a quarter are no larger."""
    return quantiles(sizes, n=4)[0] if len(sizes) > 1 else sizes[0]


def _middle(study_id: int) -> ColumnElement[bool]:
    return (
        (CandidateTheme.study_id == study_id)
        & (CandidateTheme.granularity == MIDDLE)
        & CandidateTheme.superseded.is_(False)
        & (CandidateTheme.state != "merged")
    )


def _sizes(session: Session, study_id: int) -> Sequence[int]:
    """How many segments each theme of the middle granularity has."""
    return session.scalars(
        select(func.count(Segment.passage_id))
        .join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
        .join(CandidateTheme, CandidateTheme.id == CandidateMember.candidate_id)
        .where(_middle(study_id))
        .group_by(CandidateTheme.id)
    ).all()


def _near_some(session: Session, study_id: int) -> int:
    """How many of the later segments are in a middle theme or near one, as far as nobody has said
    that they don't belong there."""
    later = how_seen(study_id).where(Segment.came_later.is_(True)).subquery()
    near = [
        select(row.passage_id)
        .join(CandidateTheme, CandidateTheme.id == row.candidate_id)
        .where(row.passage_id == later.c.passage_id, _middle(study_id), stands)
        .exists()
        for row, stands in (
            (CandidateMember, true()),
            (CandidateOffer, CandidateOffer.declined.is_(False)),
        )
    ]
    return session.scalar(select(func.count()).select_from(later).where(or_(*near))) or 0


def _shaped(session: Session, last: Discovery) -> int:
    asked = (
        select(func.count(CandidateAction.id))
        .join(CandidateTheme, CandidateTheme.id == CandidateAction.candidate_id)
        .where(
            CandidateTheme.study_id == last.study_id,
            CandidateTheme.superseded.is_(False),
            CandidateAction.action.in_(("merge", "split")),
            CandidateAction.undone.is_(False),
            CandidateAction.created_at > last.created_at,
        )
    )
    return session.scalar(asked) or 0
