"""What was recorded, said in a sentence; read out by screen readers and shown to everyone."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Act, Decision, Review
from codebook.proposals import CodeCard
from codebook.queue import Progress

SAID = {
    "confirm": "Confirmed",
    "reject": "Rejected",
    "unsure": "Unsure about",
    "withdrawn": "Took back",
}


def what_was_done(session: Session, act: Act, cards: Mapping[int, CodeCard]) -> str:
    """An act in a sentence: "Confirmed time and caseloads (barrier)."."""
    decisions = session.scalars(
        select(Decision).where(Decision.act_id == act.id).order_by(Decision.id)
    ).all()
    outcome = session.scalar(select(Review.outcome).where(Review.act_id == act.id))
    parts = [
        f"{said} {_names([d for d in decisions if d.verdict == verdict], cards)}."
        for verdict, said in SAID.items()
        if any(d.verdict == verdict for d in decisions)
    ]
    if outcome == "none applies":
        parts.append("None applies.")
    elif outcome == "reviewed" and not any(d.verdict == "confirm" for d in decisions):
        parts.append("Reviewed.")
    return " ".join(parts)


def _names(decisions: Sequence[Decision], cards: Mapping[int, CodeCard]) -> str:
    named = [
        cards[d.code_id].name + (f" ({d.stance})" if d.stance else "")
        for d in decisions
        if d.code_id in cards
    ]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def how_far(progress: Progress) -> str:
    """Progress in words: "213 of 340."."""
    return f"{progress.reviewed:,} of {progress.total:,}."


def points(score: float) -> str:
    """A score of 0 to 1 as a coder reads it: ".81"."""
    return f"{min(score, 0.99):.2f}"[1:]
