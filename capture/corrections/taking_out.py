"""Taking words out of a text that stands: a stretch put off the record, a name replaced.

The same way as before a text is stored: the words are cut out of the text itself, what stands
instead is in brackets, and what was cut goes to the log. Codings go with their words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from capture.corrections.correcting import Corrected, correct, foresee
from capture.corrections.plan import Plan
from capture.corrections.versions import reading_of_version
from capture.errors import Conflict, Unfit
from capture.models import Transcript
from capture.names.pseudonyms import next_for, words_of_bracket
from capture.names.register import known_names, used_brackets
from capture.transcript_view import standing_version
from transcripts.manifest_entries import same_name
from transcripts.off_record import stretches_off
from transcripts.redaction import NAMES
from transcripts.redaction.finds import NAME, ORGANISATION, PERSON, PLACE
from transcripts.redaction.known_names import parts_of
from transcripts.replacing import (
    Renamed,
    Replaced,
    Stretch,
    beside_speech,
    in_order,
    take_out,
)
from transcripts.spoken_words import Span
from transcripts.turns import Reading

PUT_OFF_THE_RECORD = "put off the record"
REPLACED = "words replaced"
KINDS = (PERSON, PLACE, ORGANISATION, NAME, "identifier")
"""What words that are replaced can be; an identifier does not go into the register of names."""
LONGEST_INSTEAD = 80
LONGEST_NAME = 200
MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: their span, with some words before and after."""

    span: Span
    before: str
    words: str
    after: str


def put_off_record(
    session: Session, transcript: Transcript, span: Span, *, version: int, made_by: int
) -> Corrected:
    """Put a stretch of the text off the record; whole words, in every turn it touches."""
    replaced = without_stretch(session, transcript, span, version=version)
    return _store(session, transcript, replaced, why=PUT_OFF_THE_RECORD, made_by=made_by)


def replace_words(
    session: Session,
    transcript: Transcript,
    words: str,
    instead: str,
    kind: str,
    *,
    spans: Sequence[Span],
    version: int,
    made_by: int,
) -> Corrected:
    """Let `instead` stand in the place of words: where `spans` say, in labels, and in what was
    said of the transcript. A name goes into the study's register.
    """
    replaced = with_instead(session, transcript, words, instead, kind, spans, version=version)
    return _store(session, transcript, replaced, why=REPLACED, made_by=made_by)


def without_stretch(
    session: Session, transcript: Transcript, span: Span, *, version: int
) -> Replaced:
    """The text as it would be with a stretch off the record; Unfit where nothing was said."""
    reading = _reading(session, transcript, version)
    told, going = stretches_off(reading, [span])
    if not going:
        raise Unfit("No words were selected.", way_out="Select some words of a turn.")
    return take_out(told, going)


def with_instead(
    session: Session,
    transcript: Transcript,
    words: str,
    instead: str,
    kind: str,
    spans: Sequence[Span],
    *,
    version: int,
) -> Replaced:
    """The text as it would be with words replaced. Raises Unfit for what can't stand instead."""
    reading = _reading(session, transcript, version)
    if kind not in KINDS:
        raise Unfit("That kind of word isn't known.", way_out="Choose one of: " + ", ".join(KINDS))
    if not words_of_bracket(instead) or len(instead) > LONGEST_INSTEAD:
        raise Unfit(
            f"What stands instead needs one to {LONGEST_INSTEAD} characters.",
            way_out="Write something like [School A].",
        )
    stands = bracketed(instead)
    going = [Stretch(*span, stands, kind) for span in spans]
    if {same_name(reading.text[one.start : one.end]) for one in going} != {same_name(words)}:
        raise Conflict(
            "These words don't stand there any more.", way_out="Load the page again and reselect."
        )
    beside = beside_speech(reading, {words: Stretch(0, 0, stands, kind)})
    return take_out(reading, in_order([*going, *beside]))


def places_of(session: Session, transcript: Transcript, words: str) -> list[Place]:
    """Every place where words are said as whole words, whatever their capitals; an everyday word
    in small letters is no name, unless it was written so."""
    if not words.strip() or len(words) > LONGEST_NAME:
        raise Unfit(
            f"A name has one to {LONGEST_NAME} characters.",
            way_out="Select only the name, or put the stretch off the record.",
        )
    reading = reading_of_version(session, standing_version(session, transcript))
    found: list[Place] = []
    looked_for = Renamed({words: "[]"})
    found_at = looked_for.places(reading.text, 0, len(reading.text), any_case=True)
    if len(list(islice(found_at, MOST_PLACES + 1))) > MOST_PLACES:
        raise too_many_places()
    for turn in reading.turns:
        for start, end, _ in looked_for.places(reading.text, turn.start, turn.end, any_case=True):
            before = reading.text[max(turn.start, start - 60) : start]
            after = reading.text[end : min(turn.end, end + 60)]
            found.append(Place((start, end), before, reading.text[start:end], after))
    return found


def too_many_places() -> Unfit:
    """The refusal of words that are said in more than `MOST_PLACES` places, to be raised."""
    return Unfit(
        f"These words stand in more than {MOST_PLACES} places, too many to be a name.",
        way_out="Select more words, or put the stretch off the record.",
    )


def proposed_instead(session: Session, study_id: int, words: str, kind: str = NAME) -> str:
    """What is to stand for words: what does in the study already, else something new."""
    parts = parts_of(words)
    for known in known_names(session, study_id):
        if parts in {parts_of(name) for name in (known.name, *known.also)}:
            return known.stands_as
    if kind not in NAMES:
        return f"[{kind}]"
    return next_for(kind, words, used_brackets(session, study_id))


def foresee_taking(session: Session, transcript: Transcript, replaced: Replaced) -> Plan:
    """What taking these words out would do to the passages."""
    return foresee(session, transcript, replaced.reading, replaced.log)


def bracketed(instead: str) -> str:
    """What stands instead, in square brackets whatever was typed."""
    return f"[{words_of_bracket(instead)}]"


def _reading(session: Session, transcript: Transcript, version: int) -> Reading:
    standing = standing_version(session, transcript)
    if standing.number != version:
        raise Conflict(
            f"The text was corrected since: it is version {standing.number} now.",
            way_out="Load the page again and select the words there.",
        )
    return reading_of_version(session, standing)


def _store(
    session: Session, transcript: Transcript, replaced: Replaced, *, why: str, made_by: int
) -> Corrected:
    return correct(
        session,
        transcript,
        replaced.reading,
        why=why,
        made_by=made_by,
        log=replaced.log,
        hides_earlier=True,
    )
