"""Words that were taken out of a transcript before, where its corrected file still has them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from capture.corrections.versions import find_version, log_of, text_of
from capture.draft.said import DraftSaid, FindSaid, Span
from capture.models import Replacement, Transcript
from capture.names.register import replacements_of
from capture.transcript_view import standing_version
from transcripts.redaction.finds import settled, uncovered
from transcripts.replacing import OFF_THE_RECORD
from transcripts.spoken_words import Spoken
from transcripts.through_brackets import originals_in
from transcripts.turns import Reading


def carried_over(
    session: Session, transcript_id: int, reading: Reading, said: DraftSaid, *, since: int = 0
) -> DraftSaid:
    """What was off the record, or replaced, in the transcript's text is so in this file too.

    With `since`, only what was taken out after that version, whatever was decided of it here.
    """
    gone = _gone_since(session, transcript_id, since)
    off = [span for span in _stretches_again(session, transcript_id, reading, gone) if span]
    stays = [one for one in said.finds if _is_decided(one, anew=since > 0)]
    named = dict.fromkeys((one.original, one.instead, one.kind) for one in gone if not _is_off(one))
    places = [
        FindSaid(*span, kind, instead, accepted=True)
        for original, instead, kind in named
        for span in _places(reading, original)
    ]
    # Of a whole name and a part of it, both of which were replaced, the whole is one find.
    again = uncovered(settled(places, len(reading.text)), stays)
    finds = uncovered(said.finds, again)
    return replace(
        said,
        off_record=tuple(sorted({*said.off_record, *off})),
        finds=tuple(sorted([*finds, *again], key=lambda one: one.start)),
    )


def missing(session: Session, transcript_id: int, reading: Reading) -> int:
    """How many stretches off the record of the transcript are not in this file word for word.

    Where they are worded otherwise they are marked too, as far as they can be found.
    """
    gone = replacements_of(session, transcript_id)
    originals = Counter(one.original for one in gone if _is_off(one))
    spoken = " ".join(reading.text.split())
    return sum(times for words, times in originals.items() if not _stands(spoken, words))


def _gone_since(session: Session, transcript_id: int, since: int) -> list[Replacement]:
    """What is taken out of the transcript as it stands, and was not in that version."""
    gone = replacements_of(session, transcript_id)
    if not since:
        return gone
    transcript = session.get_one(Transcript, transcript_id)
    then = log_of(session, find_version(session, transcript, since).id)
    there = Counter((one.kind, one.original) for one in then)
    new: list[Replacement] = []
    for one in gone:
        if there[one.kind, one.original]:
            there[one.kind, one.original] -= 1
        else:
            new.append(one)
    return new


def _stretches_again(
    session: Session, transcript_id: int, reading: Reading, gone: Sequence[Replacement]
) -> list[Span]:
    """Where each stretch off the record stands in this file, if it does: by its words and what was
    said around it. Words that were mended since are found; "yes" is not found everywhere.
    """
    off = [one for one in gone if _is_off(one)]
    if not off:
        return []
    transcript = session.get_one(Transcript, transcript_id)
    old = text_of(session, standing_version(session, transcript))
    new = Spoken(reading.text, [(turn.start, turn.end) for turn in reading.turns])
    found = originals_in(old, new)
    places = {one: list(_places(reading, one)) for one in {row.original for row in off}}
    spans: list[Span] = []
    for one in off:
        anchor = found.get((one.start, one.end))
        there = places[one.original]
        if anchor is not None and (anchor.same or len(there) != 1):
            spans.append((anchor.start, anchor.end))
        else:
            spans += there
    return spans


def _is_decided(one: FindSaid, *, anew: bool) -> bool:
    """Whether what was decided of a find stands; one that was left does not, asked anew."""
    return one.accepted is True or (one.accepted is False and not anew)


def _is_off(one: Replacement) -> bool:
    return one.kind == OFF_THE_RECORD


def _places(reading: Reading, words: str) -> Iterator[Span]:
    """Where the words stand, line ends aside."""
    together = r"\s+".join(map(re.escape, words.split()))
    if together:
        pattern = re.compile(rf"(?<!\w){together}(?!\w)")
        yield from (match.span() for match in pattern.finditer(reading.text))


def _stands(spoken: str, words: str) -> bool:
    """Whether words stand whole in a text with single spaces."""
    sought = " ".join(words.split())
    at = spoken.find(sought) if sought else -1
    while at >= 0:
        before, after = spoken[at - 1 : at], spoken[at + len(sought) : at + len(sought) + 1]
        if not (_is_word(before) or _is_word(after)):
            return True
        at = spoken.find(sought, at + 1)
    return False


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
