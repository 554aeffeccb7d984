"""The versions of a transcript's text: each as it was, and who may see the older ones."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from capture.corrections.version_rows import left_out_of
from capture.errors import NotFound
from capture.models import Appearance, Replacement, Transcript, TranscriptVersion
from capture.models import Turn as TurnRow
from transcripts.replacing import TakenOut
from transcripts.spoken_words import Spoken
from transcripts.through_brackets import Text
from transcripts.turns import Reading, Turn


def find_version(session: Session, transcript: Transcript, number: int) -> TranscriptVersion:
    """A version of a transcript's text by its number; NotFound where there is none."""
    found = session.scalar(
        select(TranscriptVersion).where(
            TranscriptVersion.transcript_id == transcript.id, TranscriptVersion.number == number
        )
    )
    if found is None:
        raise NotFound(
            f"“{transcript.name}” has no version {number}.", way_out="Choose one of its versions."
        )
    return found


def versions_of(
    session: Session, transcript: Transcript, *, before: int | None = None, most: int | None = None
) -> Sequence[TranscriptVersion]:
    """The versions of a transcript's text, the newest first: all, or some `before` a number."""
    asked = select(TranscriptVersion).where(TranscriptVersion.transcript_id == transcript.id)
    if before is not None:
        asked = asked.where(TranscriptVersion.number < before)
    return session.scalars(asked.order_by(TranscriptVersion.number.desc()).limit(most)).all()


def is_hidden(session: Session, version: TranscriptVersion) -> bool:
    """Whether words were taken out after this version: it is for researchers alone."""
    later = aliased(TranscriptVersion)
    asked = exists().where(
        later.transcript_id == version.transcript_id,
        later.number > version.number,
        later.hides_earlier,
    )
    return bool(session.scalar(select(asked)))


def reading_of_version(session: Session, version: TranscriptVersion) -> Reading:
    """A version as a reading: speakers by the label their appearance has now."""
    transcript = session.get_one(Transcript, version.transcript_id)
    rows = session.execute(
        select(TurnRow, Appearance.label)
        .outerjoin(Appearance, Appearance.id == TurnRow.appearance_id)
        .where(TurnRow.version_id == version.id)
        .order_by(TurnRow.position)
    )
    turns = tuple(
        Turn(label, row.start, row.end, row.starts_at, row.ends_at, row.question)
        for row, label in rows
    )
    left_out = left_out_of(version, [(turn.start, turn.end) for turn in turns])
    return Reading(transcript.file_name, version.text, turns, left_out)


def log_of(session: Session, version_id: int) -> list[TakenOut]:
    """What was taken out of a version, in the order of its text."""
    rows = session.scalars(
        select(Replacement)
        .where(Replacement.version_id == version_id)
        .order_by(Replacement.start, Replacement.id)
    )
    return [TakenOut(one.start, one.end, one.original, one.instead, one.kind) for one in rows]


def text_of(session: Session, version: TranscriptVersion) -> Text:
    """A version's text, turns and log, to anchor passages in."""
    rows = session.execute(
        select(TurnRow.start, TurnRow.end)
        .where(TurnRow.version_id == version.id)
        .order_by(TurnRow.start)
    )
    spans = [(start, end) for start, end in rows]
    return Text(Spoken(version.text, spans), log_of(session, version.id))
