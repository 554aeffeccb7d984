"""Taking a reading into the record: transcript, speakers, turns and segments, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.appearances import (
    Appearances,
    add_appearances,
    add_values,
    facilitators_of,
    silent_speakers,
)
from capture.keeping_out import kept_out
from capture.models import DEFAULT_SCOPE, Passage, Segment, Transcript, TranscriptVersion, Turn
from transcripts import segments as cutting
from transcripts.manifest import FileEntry
from transcripts.turns import LeftOut, Reading, count_words

FALLBACK_KIND = "interview"
GROUP_FROM = 3
"""From so many speakers on (facilitators apart), a transcript of unknown kind is a group."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of one file; `added` is False when its content was there already."""

    transcript_id: int
    name: str
    added: bool
    turns: int = 0
    segments: int = 0
    words: int = 0
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences about what should be looked at."""


def content_key(data: bytes) -> str:
    """SHA-256 of a file's bytes: the same content is never added twice."""
    return sha256(data).hexdigest()


def already_there(session: Session, study_id: int, key: str) -> Ingested | None:
    """The transcript a file of this content became, if it is in the study."""
    found = session.scalar(
        select(Transcript).where(Transcript.study_id == study_id, Transcript.file_sha256 == key)
    )
    return None if found is None else Ingested(found.id, found.name, added=False)


def ingest(
    session: Session,
    study_id: int,
    reading: Reading,
    *,
    key: str,
    entry: FileEntry | None = None,
    kind: str | None = None,
) -> Ingested:
    """Store one reading; `key` is its file's `content_key`, `kind` overrules manifest and guess."""
    there = already_there(session, study_id, key)
    if there is not None:
        return there
    entry = entry or FileEntry()
    transcript = Transcript(
        study_id=study_id,
        name=_name(reading),
        file_name=PurePath(reading.name).name,
        file_sha256=key,
        kind=kind or entry.kind or reading.kind or guess_kind(reading),
        record=entry.record or "verbatim",
        held_on=entry.date,
        wave=entry.wave,
        place=entry.place,
    )
    session.add(transcript)
    session.flush()
    version = _version(session, transcript.id, reading)
    who = add_appearances(session, transcript, reading, entry)
    add_values(session, transcript, None, entry.attributes)
    turns = _turns(session, version.id, reading, who.ids)
    count = _segments(session, version.id, reading, turns, who)
    return Ingested(
        transcript.id,
        transcript.name,
        added=True,
        turns=len(turns),
        segments=count,
        words=sum(count_words(reading.text[t.start : t.end]) for t in reading.turns),
        left_out=reading.left_out,
        notes=silent_speakers(reading, entry),
    )


def guess_kind(reading: Reading) -> str:
    """Interview for one or two voices besides the facilitator's, focus group for more."""
    speakers = {turn.speaker for turn in reading.turns if turn.speaker}
    others = speakers - facilitators_of(reading, FileEntry())
    return "focus group" if len(others) >= GROUP_FROM else FALLBACK_KIND


def _name(reading: Reading) -> str:
    stem = PurePath(reading.name).stem.replace("_", " ").replace("-", " ").strip()
    return (stem[:1].upper() + stem[1:]) or reading.name


def _version(session: Session, transcript_id: int, reading: Reading) -> TranscriptVersion:
    version = TranscriptVersion(
        transcript_id=transcript_id,
        text=reading.text,
        text_sha256=sha256(reading.text.encode()).hexdigest(),
        left_out=[
            {"what": one.what, "where": one.where, "why": one.why, "words": one.words}
            for one in reading.left_out
        ],
    )
    session.add(version)
    session.flush()
    return version


def _turns(
    session: Session, version_id: int, reading: Reading, appearances: Mapping[str, int]
) -> list[Turn]:
    turns = [
        Turn(
            version_id=version_id,
            position=position,
            appearance_id=appearances.get(turn.speaker or ""),
            start=turn.start,
            end=turn.end,
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            question=turn.question,
        )
        for position, turn in enumerate(reading.turns)
    ]
    session.add_all(turns)
    session.flush()
    return turns


def _segments(
    session: Session,
    version_id: int,
    reading: Reading,
    turns: list[Turn],
    who: Appearances,
) -> int:
    cut = cutting.segment(reading.text, reading.turns)
    passages = [Passage(version_id=version_id, start=one.start, end=one.end) for one in cut]
    session.add_all(passages)
    session.flush()
    for position, (one, passage) in enumerate(zip(cut, passages, strict=True)):
        said = reading.text[one.start : one.end]
        speaker = reading.turns[one.turn].speaker or ""
        session.add(
            Segment(
                passage_id=passage.id,
                turn_id=turns[one.turn].id,
                position=position,
                words=one.words,
                text_sha256=sha256(said.encode()).hexdigest(),
                kept_out=kept_out(
                    said,
                    facilitator=speaker in who.facilitators,
                    scope=who.scopes.get(speaker, DEFAULT_SCOPE),
                ),
            )
        )
    session.flush()
    return len(cut)
