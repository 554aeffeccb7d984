"""Names of the register that still stand in stored texts: they were entered later, or let stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Transcript, TranscriptVersion
from capture.names.register import known_names as names_in_register
from transcripts.redaction import KnownName
from transcripts.redaction.known_names import known_names


@dataclass(frozen=True, slots=True)
class StillStanding:
    """Words of one transcript that a name of the register knows, and how often they stand there."""

    transcript_id: int
    transcript: str
    version: int
    words: str
    stands_as: str
    times: int


def still_standing(
    session: Session, study_id: int, known: Sequence[KnownName] | None = None
) -> list[StillStanding]:
    """What still stands of the register's names, or of those in `known`: by transcript, most first.

    Texts are read as they stand now. Everyday words that are names too ("Will") are looked for
    with a capital, so that some of what is given may be no name: a person decides.
    """
    sought = names_in_register(session, study_id) if known is None else known
    if not sought:
        return []
    rows = session.execute(
        select(Transcript.id, Transcript.name, Transcript.version, TranscriptVersion.text)
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .order_by(Transcript.name, Transcript.id)
    )
    return [
        StillStanding(transcript_id, name, version, words, stands_as, times)
        for transcript_id, name, version, text in rows
        for (words, stands_as), times in Counter(_found(text, sought)).most_common()
    ]


def _found(text: str, known: Sequence[KnownName]) -> Iterator[tuple[str, str]]:
    for find in known_names(text, known):
        yield " ".join(find.words.split()), find.instead or ""
