"""Words that were taken out of a transcript before, where its corrected file still has them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from capture.draft_said import DraftSaid, FindSaid, Span
from capture.models import Replacement, Transcript
from capture.register import replacements_of
from capture.transcript_view import standing_version
from capture.versions import text_of
from transcripts.replacing import OFF_THE_RECORD
from transcripts.spoken_words import Spoken
from transcripts.through_brackets import originals_in
from transcripts.turns import Reading


def carried_over(
    session: Session, transcript_id: int, reading: Reading, said: DraftSaid
) -> DraftSaid:
    """What was off the record, or replaced, in the transcript's text is so in this file too."""
    gone = replacements_of(session, transcript_id)
    off = [span for span in _stretches_again(session, transcript_id, reading) if span is not None]
    decided = {(one.start, one.end) for one in said.finds if one.accepted is not None}
    again = {
        span: FindSaid(*span, one.kind, one.instead, accepted=True)
        for one in gone
        if not _is_off(one)
        for span in _places(reading, one.original)
        if span not in decided
    }
    finds = [one for one in said.finds if (one.start, one.end) not in again]
    return replace(
        said,
        off_record=tuple(sorted({*said.off_record, *off})),
        finds=tuple(sorted([*finds, *again.values()], key=lambda one: one.start)),
    )


def missing(session: Session, transcript_id: int, reading: Reading) -> int:
    """How many stretches off the record of the transcript are not in this file word for word.

    Where they are worded otherwise they are marked too, as far as they can be found.
    """
    gone = replacements_of(session, transcript_id)
    return sum(1 for one in gone if _is_off(one) and not any(_places(reading, one.original)))


def _stretches_again(session: Session, transcript_id: int, reading: Reading) -> list[Span | None]:
    """Where each stretch off the record stands in this file, if it does: by its words and what was
    said around it. Words that were mended since are found; "yes" is not found everywhere.
    """
    off = [one for one in replacements_of(session, transcript_id) if _is_off(one)]
    if not off:
        return []
    transcript = session.get_one(Transcript, transcript_id)
    old = text_of(session, standing_version(session, transcript))
    new = Spoken(reading.text, [(turn.start, turn.end) for turn in reading.turns])
    found = originals_in(old, new)
    spans: list[Span | None] = []
    for one in off:
        anchor = found.get((one.start, one.end))
        there = list(_places(reading, one.original))
        if anchor is not None and (anchor.same or len(there) != 1):
            spans.append((anchor.start, anchor.end))
        else:
            spans += there or [None]
    return spans


def _is_off(one: Replacement) -> bool:
    return one.kind == OFF_THE_RECORD


def _places(reading: Reading, words: str) -> Iterator[Span]:
    """Where the words stand, line ends aside."""
    together = r"\s+".join(map(re.escape, words.split()))
    if together:
        pattern = re.compile(rf"(?<!\w){together}(?!\w)")
        yield from (match.span() for match in pattern.finditer(reading.text))
