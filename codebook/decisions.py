"""Recording what a coder decides: one act, with its judgements, appended and never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.waiting import check_stands
from capture.errors import NotFound, Unfit
from capture.models import (
    Act,
    Code,
    Decision,
    Facet,
    Passage,
    Review,
    Transcript,
    TranscriptVersion,
)
from capture.models.decision import STANCES
from codebook.asking import ask_for_learning
from codebook.bookshelf import codebook_version

Outcome = Literal["reviewed", "none applies"]
LONGEST_MEMO = 4_000
"""Characters; a memo is a thought, not a chapter."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement on a code; `withdrawn` takes back what the same person said before."""

    code_id: int
    verdict: Literal["confirm", "reject", "unsure", "withdrawn"]
    stance: str | None = None
    memo: str | None = None


def record_act(
    session: Session,
    *,
    study_id: int,
    user_id: int,
    passage_id: int,
    verdicts: Sequence[Verdict],
    outcome: Outcome | None,
    shown: Sequence[Mapping[str, Any]] = (),
) -> Act:
    """Append one act: judgements on a passage and, with an outcome, that it was reviewed.

    `shown` is what the coder had in view (`code`, `score`, `source` of each suggestion; empty when
    blind). Raises NotFound for a passage or code of another study, Conflict for a passage whose
    text was corrected since, Unfit for what can't be said.
    """
    check_passage(session, study_id, passage_id)
    check_stands(session, passage_id)
    _check_verdicts(session, study_id, verdicts, outcome)
    act = Act(study_id=study_id, user_id=user_id, passage_id=passage_id)
    session.add(act)
    session.flush()
    version = codebook_version(session, study_id)
    session.add_all(
        Decision(
            act_id=act.id,
            passage_id=passage_id,
            code_id=verdict.code_id,
            user_id=user_id,
            verdict=verdict.verdict,
            stance=verdict.stance,
            memo=verdict.memo or None,
            codebook_version=version,
            shown=[dict(one) for one in shown],
        )
        for verdict in verdicts
    )
    if outcome is not None:
        session.add(_reviewed(act, outcome, version))
    session.flush()
    ask_for_learning(session, study_id)
    return act


def _reviewed(act: Act, outcome: str, version: int) -> Review:
    return Review(
        act_id=act.id,
        passage_id=act.passage_id,
        user_id=act.user_id,
        outcome=outcome,
        codebook_version=version,
    )


def check_passage(session: Session, study_id: int, passage_id: int) -> None:
    """Raise NotFound unless the passage stands in a transcript of this study."""
    query = (
        select(Transcript.study_id)
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .join(Passage, Passage.version_id == TranscriptVersion.id)
        .where(Passage.id == passage_id)
    )
    if session.scalar(query) != study_id:
        raise NotFound("That passage isn't in this study.", way_out="Go back to the review queue.")


def _check_verdicts(
    session: Session, study_id: int, verdicts: Sequence[Verdict], outcome: Outcome | None
) -> None:
    wanted = [verdict.code_id for verdict in verdicts]
    rows = session.execute(
        select(Code, Facet.takes_stance)
        .join(Facet, Facet.id == Code.facet_id)
        .where(Code.id.in_(wanted), Code.study_id == study_id)
    ).all()
    codes = {code.id: (code, takes_stance) for code, takes_stance in rows}
    for verdict in verdicts:
        if verdict.code_id not in codes:
            raise NotFound("That code isn't in this study's codebook.")
        _check_verdict(verdict, *codes[verdict.code_id])
    if len(set(wanted)) != len(wanted):
        raise Unfit("One act can say only one thing about a code.")
    if outcome == "none applies" and _confirmed(verdicts):
        raise Unfit(
            "A code is ticked, so “none applies” can't be recorded.",
            way_out="Untick it first, or confirm what is ticked.",
        )


def _check_verdict(verdict: Verdict, code: Code, takes_stance: bool) -> None:
    if code.retired and verdict.verdict != "withdrawn":
        raise Unfit(
            f"“{code.name}” was retired from the codebook, so it can't be decided on any more.",
            way_out="Choose another code; what was decided before still stands.",
        )
    if verdict.stance is not None and verdict.stance not in STANCES:
        raise Unfit("A stance is enabler, barrier, tension or none.")
    if verdict.stance is not None and not takes_stance:
        raise Unfit(f"“{code.name}” takes no stance.", way_out="Confirm it without one.")
    if verdict.stance is not None and verdict.verdict != "confirm":
        raise Unfit("Only a confirmed code has a stance.", way_out="Leave the stance out.")
    if len(verdict.memo or "") > LONGEST_MEMO:
        raise Unfit(f"A memo holds at most {LONGEST_MEMO} characters.", way_out="Shorten it.")


def _confirmed(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.verdict == "confirm"]


def own_decisions(session: Session, user_id: int, passage_id: int) -> dict[int, Decision]:
    """What one person's judgements on a passage come to now, by code; withdrawn ones are gone."""
    query = (
        select(Decision)
        .where(Decision.passage_id == passage_id, Decision.user_id == user_id)
        .order_by(Decision.id)
    )
    latest = {decision.code_id: decision for decision in session.scalars(query)}
    return {code: found for code, found in latest.items() if found.verdict != "withdrawn"}


def own_review(session: Session, user_id: int, passage_id: int) -> str | None:
    """The outcome with which one person reviewed a passage; None when they haven't."""
    query = (
        select(Review.outcome)
        .where(Review.user_id == user_id, Review.passage_id == passage_id)
        .order_by(Review.id.desc())
        .limit(1)
    )
    outcome = session.scalar(query)
    return None if outcome == "withdrawn" else outcome
