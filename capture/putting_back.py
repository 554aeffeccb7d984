"""Words that were taken out of a text stand in it again, where a researcher says so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.correcting import Corrected, correct
from capture.errors import Conflict, NotFound, Unfit
from capture.models import Replacement, Transcript, TranscriptVersion
from capture.replaced import in_turns
from capture.versions import log_of, reading_of_version, versions_of
from transcripts.replacing import Offsets, Stretch, TakenOut
from transcripts.turns import Reading

PUT_BACK = "put back"


@dataclass(frozen=True, slots=True)
class WordsBack:
    """What putting words back would make of a text: nothing is changed yet."""

    row: Replacement
    transcript: Transcript
    standing: TranscriptVersion
    reading: Reading
    """The text with the words in it again."""
    log: tuple[TakenOut, ...]
    """What is taken out of the reading, and brackets inside the words stand for."""


def put_back(
    session: Session, study_id: int, replacement_id: int, *, made_by: int | None
) -> Corrected:
    """Let the words stand again that were taken out at one place: a new version of the text.

    Raises as `words_back` does.
    """
    back = words_back(session, study_id, replacement_id)
    return correct(
        session, back.transcript, back.reading, why=PUT_BACK, made_by=made_by, log=back.log
    )


def words_back(session: Session, study_id: int, replacement_id: int) -> WordsBack:
    """The text with the words in it again that were taken out at one place, to be looked at.

    NotFound for what isn't this study's; Conflict where the text was corrected since; Unfit in a
    speaker's label, which is said under "Who spoke".
    """
    row, version, transcript = _find(session, study_id, replacement_id)
    if version.number != transcript.version:
        raise Conflict(
            "The text was corrected in the meantime.", way_out="Open the log of replacements again."
        )
    if not in_turns(session, version.id, [row])[0]:
        raise Unfit(
            "These words stand in a speaker's label or a heading.",
            way_out="Say who spoke under “Who spoke”.",
        )
    reading = _restored(reading_of_version(session, version), row)
    return WordsBack(row, transcript, version, reading, tuple(_inside(session, transcript, row)))


def _find(
    session: Session, study_id: int, replacement_id: int
) -> tuple[Replacement, TranscriptVersion, Transcript]:
    found = session.execute(
        select(Replacement, TranscriptVersion, Transcript)
        .join(TranscriptVersion, TranscriptVersion.id == Replacement.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Replacement.id == replacement_id, Transcript.study_id == study_id)
    ).one_or_none()
    if found is None:
        raise NotFound(
            "Nothing of that kind was taken out.", way_out="Open the log of replacements again."
        )
    row, version, transcript = found
    return row, version, transcript


def _restored(reading: Reading, row: Replacement) -> Reading:
    offsets = Offsets([Stretch(row.start, row.end, row.original, row.kind)])
    turns = tuple(
        replace(turn, start=offsets.start(turn.start), end=offsets.end(turn.end))
        for turn in reading.turns
    )
    text = reading.text[: row.start] + row.original + reading.text[row.end :]
    return replace(reading, text=text, turns=turns)


def _inside(session: Session, transcript: Transcript, row: Replacement) -> Iterator[TakenOut]:
    """What brackets stand for that come back inside the words, as the log of their version has it.

    A name may have been replaced before the stretch around it was put off the record.
    """
    for version in versions_of(session, transcript) if "[" in row.original else ():
        at = version.text.find(row.original)
        if at < 0:
            continue
        for one in log_of(session, version.id):
            if at <= one.start and one.end <= at + len(row.original):
                shift = row.start - at
                yield replace(one, start=one.start + shift, end=one.end + shift)
        return
