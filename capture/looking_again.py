"""Whether it is worth looking for candidate themes again, and asking for it."""

from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.models import (
    CandidateAction,
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Discovery,
    Study,
)
from capture.seeing import Seen, seen
from capture.standing_themes import members_of, standing_themes

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
    have = seen(session, last.study_id)
    near_none = len(have.later) - _near_some(session, last.study_id, have)
    shaped = _shaped(session, last)
    sizes = sorted(_sizes(session, last.study_id))
    gain = _gain(have, near_none, shaped, sizes)
    return Outlook(
        later=len(have.later),
        near_none=near_none,
        waiting=len(have.new),
        shaped=shaped,
        worth=bool(gain),
        sentence=" ".join(one for one in (_since(have, near_none), gain or _little(have)) if one),
    )


def _since(have: Seen, near_none: int) -> str:
    later = len(have.later)
    if not later:
        return "No segment has come since these themes were found."
    came = "1 new segment" if later == 1 else f"{later:,} new segments"
    near = "is" if near_none == 1 else "are"
    near_them = f"{near_none:,} {near} near none" if near_none else "each is near one"
    return f"{came} since these themes were found; {near_them}."


def _gain(have: Seen, near_none: int, shaped: int, sizes: list[int]) -> str:
    """What looking again would likely do; empty when that is little."""
    says = []
    if sizes and near_none >= max(3, _small(sizes)):
        themes = max(1, round(near_none / median(sizes)))
        most = "a theme" if themes == 1 else f"up to {themes} themes"
        says.append(f"would likely add {most}")
    if have.first and len(have.later) >= MUCH * len(have.first):
        share = round(100 * len(have.later) / (len(have.later) + len(have.first)))
        says.append(f"may shift others, as {share} % of the text came later")
    if shaped:
        by = "1 merge or split" if shaped == 1 else f"{shaped} merges and splits"
        says.append(f"would fit the other themes to {by} since")
    return f"Looking again {', and '.join(says)}." if says else ""


def _little(have: Seen) -> str:
    if have.later:
        return "Looking again would likely change little."
    return "Looking again would find the same."


def _small(sizes: list[int]) -> float:
    """The size of a small theme here: a quarter are no larger."""
    return quantiles(sizes, n=4)[0] if len(sizes) > 1 else sizes[0]


def _sizes(session: Session, study_id: int) -> list[int]:
    themes = [t for t in standing_themes(session, study_id) if t.granularity == MIDDLE]
    return [len(held) for held in members_of(session, themes).values() if held]


def _near_some(session: Session, study_id: int, have: Seen) -> int:
    """How many of the later segments are in a middle theme, or offered to one."""
    near: set[int] = set()
    for row in (CandidateMember, CandidateOffer):
        near |= set(
            session.scalars(
                select(row.passage_id)
                .join(CandidateTheme, CandidateTheme.id == row.candidate_id)
                .where(
                    CandidateTheme.study_id == study_id,
                    CandidateTheme.granularity == MIDDLE,
                    CandidateTheme.superseded.is_(False),
                )
            )
        )
    return len(near & have.later)


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
