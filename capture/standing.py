"""What is true of a transcript's text as it stands: who speaks in it, and what is new in it."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from capture.keeping_out import NEVER_LOOKED_AT, WITHDRAWN
from capture.models import (
    Appearance,
    Discovery,
    Passage,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
    Vector,
)

Columns = TypeVarTuple("Columns")


def speaks(appearance_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether an appearance has a turn in the text that stands, not only in an earlier one."""
    return exists().where(
        Turn.appearance_id == appearance_id,
        TranscriptVersion.id == Turn.version_id,
        Transcript.id == TranscriptVersion.transcript_id,
        TranscriptVersion.number == Transcript.version,
    )


def looked_at() -> ColumnElement[bool]:
    """Whether a segment takes part in what the machine does; who withdrew does so no more."""
    return Segment.kept_out.is_(None) | Segment.kept_out.not_in(NEVER_LOOKED_AT)


def in_standing_texts(asked: Select[*Columns], study_id: int) -> Select[*Columns]:
    """Narrow what is asked of segments to those of a study's texts that stand."""
    return (
        asked.join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
    )


def heard_from_who_withdrew() -> ColumnElement[bool]:
    """Whether a passage holds words of somebody who has withdrawn."""
    return exists().where(
        Appearance.id == Turn.appearance_id,
        Turn.version_id == Passage.version_id,
        Turn.start < Passage.end,
        Turn.end > Passage.start,
        Appearance.scope == WITHDRAWN,
    )


def new_since_analysis(session: Session, transcript: Transcript) -> int:
    """Segments of a transcript that the last analysis did not read; 0 before there was one."""
    analysed = select(Discovery.id).where(Discovery.study_id == transcript.study_id).limit(1)
    if session.scalar(analysed) is None:
        return 0
    read = exists().where(Vector.text_sha256 == Segment.text_sha256)
    asked = (
        select(func.count(Segment.passage_id))
        .join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .where(
            TranscriptVersion.transcript_id == transcript.id,
            TranscriptVersion.number == transcript.version,
            looked_at(),
            ~read,
        )
    )
    return session.scalar(asked) or 0
