"""A study's segments as the machine sees them, in an order that no import order can change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from capture.corrections.hanging import in_lots
from capture.keeping_out import NEVER_LOOKED_AT
from capture.models import Appearance, Participant, Passage, Segment, Transcript, TranscriptVersion
from capture.models import Turn as TurnRow


@dataclass(frozen=True, slots=True)
class StudySegment:
    """One segment with the keys the theme finder needs."""

    passage_id: int
    transcript_id: int
    source: str
    """What is resampled as a whole: a transcript, or one respondent of a survey."""
    person: str
    """The participant, or the speaker of this transcript alone."""
    text: str
    text_sha256: str
    kept_out: str | None


def study_segments(session: Session, study_id: int) -> list[StudySegment]:
    """Segments of the versions that stand, sorted by transcript content and place in it."""
    texts = dict(
        session.execute(
            select(TranscriptVersion.id, TranscriptVersion.text)
            .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
            .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        ).all()
    )
    found = []
    for row in session.execute(_rows(study_id)):
        alone = f"{row.file_sha256}:{row.label or ''}"
        found.append(
            StudySegment(
                passage_id=row.id,
                transcript_id=row.transcript_id,
                source=alone if row.kind == "survey" else row.file_sha256,
                person=f"participant:{row.pseudonym}" if row.pseudonym else alone,
                text=texts[row.version_id][row.start : row.end],
                text_sha256=row.text_sha256,
                kept_out=row.kept_out,
            )
        )
    return found


def still_stand(session: Session, segments: Sequence[StudySegment]) -> bool:
    """Whether each says what it said when it was read, and may be looked at as it might then.

    Words may have been taken out of a text since, or whoever said them may have withdrawn.
    """
    read = {one.passage_id: one for one in segments}
    there = 0
    for some in in_lots(list(read)):
        columns = select(Segment.passage_id, Segment.text_sha256, Segment.kept_out)
        for passage_id, text, kept_out in session.execute(
            columns.where(Segment.passage_id.in_(some))
        ):
            one = read[passage_id]
            looked_at = (kept_out in NEVER_LOOKED_AT) == (one.kept_out in NEVER_LOOKED_AT)
            there += text == one.text_sha256 and looked_at
    return there == len(read)


def _rows(study_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Passage.id,
            Passage.version_id,
            Passage.start,
            Passage.end,
            Segment.text_sha256,
            Segment.kept_out,
            Transcript.id.label("transcript_id"),
            Transcript.file_sha256,
            Transcript.kind,
            Appearance.label,
            Participant.pseudonym,
        )
        .join(Segment, Segment.passage_id == Passage.id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .join(TurnRow, TurnRow.id == Segment.turn_id)
        .outerjoin(Appearance, Appearance.id == TurnRow.appearance_id)
        .outerjoin(Participant, Participant.id == Appearance.participant_id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .order_by(Transcript.file_sha256, Segment.position)
    )
