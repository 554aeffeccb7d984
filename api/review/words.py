"""What was recorded, said in a sentence; read out by screen readers and shown to everyone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Act, Code, Decision, Review
from codebook.queue import Progress

SAID = {
    "confirm": "Confirmed",
    "reject": "Rejected",
    "unsure": "Unsure about",
    "withdrawn": "Took back",
}


def what_was_done(session: Session, act: Act) -> str:
    """An act in a sentence: "Confirmed time and caseloads (barrier)."."""
    rows = session.execute(
        select(Decision.verdict, Decision.stance, Code.name)
        .join(Code, Code.id == Decision.code_id)
        .where(Decision.act_id == act.id)
        .order_by(Decision.id)
    ).all()
    named: dict[str, list[str]] = {}
    for verdict, stance, name in rows:
        named.setdefault(verdict, []).append(f"{name} ({stance})" if stance else name)
    parts = [f"{said} {_listed(named[v])}." for v, said in SAID.items() if v in named]
    outcome = session.scalar(select(Review.outcome).where(Review.act_id == act.id))
    if outcome == "none applies":
        parts.append("None applies.")
    elif outcome == "reviewed" and "confirm" not in named:
        parts.append("Reviewed.")
    return " ".join(parts)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def how_far(progress: Progress) -> str:
    """Progress in words: "213 of 340."."""
    return f"{progress.reviewed:,} of {progress.total:,}."


def points(score: float) -> str:
    """A score of 0 to 1 as a coder reads it: ".81"."""
    return f"{min(score, 0.99):.2f}"[1:]
