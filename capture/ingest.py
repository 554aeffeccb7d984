"""Taking a reading into the record: transcript, speakers, turns and segments, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from capture.appearances import (
    Appearances,
    add_appearances,
    add_values,
    silent_speakers,
)
from capture.corrections.version_rows import add_turns, add_version
from capture.keeping_out import kept_out
from capture.kinds import guess_kind
from capture.models import DEFAULT_SCOPE, Passage, Segment, Transcript, TranscriptVersion, Turn
from capture.searching.word_index import index_version
from transcripts import segments as cutting
from transcripts.manifest import FileEntry
from transcripts.turns import LeftOut, Reading, count_words


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
    undecided: Mapping[str, int] = field(default_factory=dict)
    """Names and identifiers by kind that stand in the text and that nobody decided."""


def content_key(data: bytes) -> str:
    """SHA-256 of a file's bytes: the same content is never added twice."""
    return sha256(data).hexdigest()


def already_there(session: Session, study_id: int, key: str) -> Ingested | None:
    """The transcript a file of this content became, or a version of one, if it is in the study."""
    read_later = select(TranscriptVersion.transcript_id).where(TranscriptVersion.file_sha256 == key)
    found = session.scalar(
        select(Transcript).where(
            Transcript.study_id == study_id,
            or_(Transcript.file_sha256 == key, Transcript.id.in_(read_later)),
        )
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
    made_by: int | None = None,
) -> Ingested:
    """Store one reading; `key` is its file's `content_key`, `kind` overrules manifest and guess.

    What is off the record, or replaced, has been taken out of it before (`capture.draft.storing`).
    """
    there = already_there(session, study_id, key)
    if there is not None:
        return there
    entry = entry or FileEntry()
    if entry.off_record:
        raise ValueError("what is off the record is taken out before a reading is stored")
    transcript = Transcript(
        study_id=study_id,
        name=entry.title or title_of(reading.name),
        file_name=PurePath(reading.name).name,
        file_sha256=key,
        kind=kind or guess_kind(reading, entry),
        record=entry.record or "verbatim",
        held_on=entry.date,
        wave=entry.wave,
        place=entry.place,
    )
    session.add(transcript)
    session.flush()
    version = add_version(session, transcript.id, reading, file_sha256=key, made_by=made_by)
    who = add_appearances(session, transcript, reading, entry)
    add_values(session, transcript, None, entry.attributes)
    turns = add_turns(session, version.id, reading, who.ids)
    count = _segments(session, version.id, reading, turns, who)
    index_version(session, version)
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


def title_of(file_name: str) -> str:
    """What a transcript is called as long as nobody says otherwise."""
    stem = PurePath(file_name).stem.replace("_", " ").replace("-", " ").strip()
    return (stem[:1].upper() + stem[1:]) or file_name


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
