"""Why a code is suggested, or none: what people need to weigh the machine's word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import (
    Decision,
    Learning,
    Passage,
    Segment,
    Transcript,
    TranscriptVersion,
)
from capture.standing import heard_from_who_withdrew
from codebook.codings import latest_words
from codebook.in_context import first_words
from codebook.proposals import Proposal

MOST_WORDS = 160
"""Characters of a passage: enough to see the likeness, short enough to read three."""


@dataclass(frozen=True, slots=True)
class Near:
    """A decided passage that is near the one in view."""

    passage_id: int
    transcript_id: int
    transcript: str
    words: str
    rejected: bool = False
    """Somebody rejected the code there; else it was gone through without it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a code and against it, the nearest first; either may be empty."""

    confirmed: tuple[Near, ...]
    without: tuple[Near, ...]
    """Rejected for it; where fewer than three were, reviewed without it."""


def reasons_for(session: Session, offered: Sequence[Proposal]) -> dict[int, Reason]:
    """By code id, the reasons of the suggestions that rest on decisions."""
    known = _near(session, {abs(one) for proposal in offered for one in proposal.because})
    rejected = _rejected(session, known, [proposal.code_id for proposal in offered])
    found = {}
    for proposal in offered:
        confirmed = [known[one] for one in proposal.because if one in known]
        without = [
            replace(known[-one], rejected=(-one, proposal.code_id) in rejected)
            for one in proposal.because
            if -one in known
        ]
        if confirmed or without:
            found[proposal.code_id] = Reason(tuple(confirmed), tuple(without))
    return found


def _rejected(
    session: Session, passage_ids: Collection[int], code_ids: Collection[int]
) -> set[tuple[int, int]]:
    """Passage and code where the latest word of somebody is to reject."""
    decisions = session.scalars(
        select(Decision)
        .where(Decision.passage_id.in_(passage_ids), Decision.code_id.in_(code_ids))
        .order_by(Decision.id)
    )
    latest = latest_words(decisions).items()
    return {place for place, said in latest if any(one.verdict == "reject" for one in said)}


def _near(session: Session, passage_ids: Collection[int]) -> dict[int, Near]:
    """Passages in the texts that stand, without those of somebody who has withdrawn since."""
    words = func.substr(TranscriptVersion.text, Passage.start + 1, Passage.end - Passage.start)
    rows = session.execute(
        select(Passage.id, Transcript.id, Transcript.name, words)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .outerjoin(Segment, Segment.passage_id == Passage.id)
        .where(
            Passage.id.in_(passage_ids),
            TranscriptVersion.number == Transcript.version,
            Segment.kept_out.is_distinct_from(WITHDRAWN),
            Segment.passage_id.is_not(None) | ~heard_from_who_withdrew(),
        )
    )
    return {row[0]: Near(row[0], row[1], row[2], first_words(row[3], MOST_WORDS)) for row in rows}


def learnt_from(session: Session, study_id: int) -> str:
    """What suggestions rest on, and how they did, in a sentence or two; "" before an analysis."""
    one = session.get(Learning, study_id)
    if one is None:
        return ""
    if one.decided == 0:
        return "Nothing was decided when this was worked out: it goes by the codebook's own words."
    passages = "1 decided passage" if one.decided == 1 else f"{one.decided:,} decided passages"
    if one.checked == 0:
        return f"Learnt from {passages} and the codebook's words."
    where = "transcripts" if one.sources > 1 else "stretches of the transcript"
    return (
        f"Learnt from {passages}. Tried on {where} it had not seen, a right code was among its "
        f"first three for {one.found:,} of {one.checked:,}. People saw "
        "suggestions as they decided, which flatters it."
    )


def why_none(session: Session, study_id: int, passage_id: int) -> str:
    """Why no code is suggested for a passage, in a sentence."""
    if session.get(Learning, study_id) is None:
        return "This study has not been analysed yet."
    if session.get(Segment, passage_id) is None:
        return "Codes are suggested for the passages the machine cut, and somebody marked this one."
    return "For no code there is a chance of one in ten or more that it applies."
