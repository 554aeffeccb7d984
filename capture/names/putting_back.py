"""Words that were taken out of a text stand in it again, where a researcher says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.correcting import Corrected, correct
from capture.corrections.versions import log_of, reading_of_version, versions_of
from capture.errors import Conflict, NotFound, Unfit
from capture.models import Replacement, Transcript, TranscriptVersion
from capture.names.register import known_names
from capture.names.replaced import in_turns
from transcripts.redaction.known_names import known_names as known_names_in
from transcripts.replacing import (
    OFF_THE_RECORD,
    Offsets,
    Renamed,
    Stretch,
    TakenOut,
    in_order,
    take_out,
)
from transcripts.turns import Reading

PUT_BACK = "put back"
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class WordsBack:
    """What putting words back would make of a text: nothing is changed yet."""

    row: Replacement
    transcript: Transcript
    standing: TranscriptVersion
    reading: Reading
    """The text with the words in it again."""
    log: tuple[TakenOut, ...]
    """What brackets inside the words stand for."""
    names: tuple[str, ...] = ()
    """What stands for names inside a stretch off the record that are known: they stay replaced."""


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
    speaker's label, which is said under "Who spoke". Names that the study's register knows, or that
    are replaced elsewhere in the text, don't come back with a stretch that was off the record.
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
    names = _known_inside(session, study_id, version, row)
    inside = take_out(Reading("", row.original, ()), names)
    reading = _restored(reading_of_version(session, version), row, inside.reading.text)
    offsets, at = Offsets(names), row.start
    brackets = [
        replace(one, start=at + offsets.start(one.start), end=at + offsets.end(one.end))
        for one in _inside(session, transcript, row)
    ]
    known = [replace(one, start=at + one.start, end=at + one.end) for one in inside.log]
    log = sorted([*brackets, *known], key=lambda one: one.start)
    stand = tuple(dict.fromkeys(one.instead for one in known))
    return WordsBack(row, transcript, version, reading, tuple(log), stand)


def _known_inside(
    session: Session, study_id: int, version: TranscriptVersion, row: Replacement
) -> list[Stretch]:
    """Names in a stretch off the record that something stands for already: in the register, or
    elsewhere in this text. Nobody was asked about them while the stretch was out.
    """
    if row.kind != OFF_THE_RECORD:
        return []
    words = row.original
    found = [
        Stretch(one.start, one.end, one.instead, one.kind)
        for one in known_names_in(words, known_names(session, study_id))
        if one.instead
    ]
    elsewhere = [one for one in log_of(session, version.id) if one.kind != OFF_THE_RECORD]
    kinds = {one.instead: one.kind for one in elsewhere}
    renamed = Renamed({one.original: one.instead for one in elsewhere})
    for start, end, instead in renamed.places(words, 0, len(words), any_case=True):
        found.append(Stretch(start, end, instead, kinds[instead]))
    there = [match.span() for match in _BRACKETS.finditer(words)]
    return in_order(
        [one for one in found if all(one.end <= start or end <= one.start for start, end in there)]
    )


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


def _restored(reading: Reading, row: Replacement, words: str) -> Reading:
    offsets = Offsets([Stretch(row.start, row.end, words, row.kind)])
    turns = tuple(
        replace(turn, start=offsets.start(turn.start), end=offsets.end(turn.end))
        for turn in reading.turns
    )
    text = reading.text[: row.start] + words + reading.text[row.end :]
    return replace(reading, text=text, turns=turns)


def _inside(session: Session, transcript: Transcript, row: Replacement) -> Iterator[TakenOut]:
    """What brackets stand for that come back inside the words, as the log of their version has it;
    places are those in the words.

    A name may have been replaced before the stretch around it was put off the record.
    """
    for version in versions_of(session, transcript) if "[" in row.original else ():
        at = version.text.find(row.original)
        if at < 0:
            continue
        for one in log_of(session, version.id):
            if at <= one.start and one.end <= at + len(row.original):
                yield replace(one, start=one.start - at, end=one.end - at)
        return
