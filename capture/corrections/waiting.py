"""Passages that need a look: their text was corrected, and a person says where they belong now."""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from capture.corrections.hanging import hand_over, worked_with
from capture.corrections.rows import move
from capture.errors import Conflict, NotFound, Unfit
from capture.models import NeedsLook, Passage, Transcript, TranscriptVersion, Turn
from capture.transcript_view import standing_version
from transcripts.spoken_words import Span


def needs_look(passage_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether a passage waits for a look: its words are not in the text that stands."""
    return passage_id.in_(select(NeedsLook.passage_id))


def check_stands(session: Session, passage_id: int) -> None:
    """Raise Conflict for a passage whose text was corrected since it was shown.

    It may wait for a look, or be one that the machine had cut and nobody had worked with.
    """
    standing = (
        select(Passage.id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Passage.id == passage_id, TranscriptVersion.number == Transcript.version)
    )
    if session.scalar(standing) is not None:
        return
    if session.get(NeedsLook, passage_id) is not None:
        raise Conflict(
            "The text was corrected since, and this passage needs a look before more is decided.",
            way_out="Say under “Needs a look” where it belongs now.",
        )
    raise Conflict(
        "The text was corrected since, so this passage is not in it any more.",
        way_out="Load the page again, and go on with the passages that are there now.",
    )


def settle(
    session: Session,
    study_id: int,
    passage_id: int,
    span: Span,
    *,
    version: int,
    user_id: int,
) -> Passage:
    """Say where a passage that waits belongs: at `span` of the text, which must be `version` still.

    Conflict where that was settled meanwhile, or another passage stands on exactly these words;
    Unfit where nobody says anything there.
    """
    passage, transcript = find_waiting(session, study_id, passage_id)
    standing = standing_version(session, transcript)
    if standing.number != version:
        raise Conflict(
            f"The text was corrected since: it is version {standing.number} now.",
            way_out="Load the page again and look at it as it is now.",
        )
    span = _trimmed(session, standing, span)
    gives_way = _in_the_way(session, passage, standing, span)
    left = passage.version_id, passage.start, passage.end
    if gives_way is not None:
        gives_way.start = -gives_way.id  # out of the way, until this one's own place is free
        session.flush()
    move(session, passage, standing, span, made_by=user_id)
    session.flush()
    if gives_way is not None:
        gives_way.version_id, gives_way.start, gives_way.end = left
        hand_over(session, gives_way.id, passage.id)
    session.execute(delete(NeedsLook).where(NeedsLook.passage_id == passage_id))
    session.flush()
    return passage


def set_aside(session: Session, study_id: int, passage_id: int, *, user_id: int) -> None:
    """Say that a passage's words are gone: it is kept, and not asked about any more."""
    find_waiting(session, study_id, passage_id)
    session.get_one(NeedsLook, passage_id).set_aside_by = user_id
    session.flush()


def ask_again(session: Session, study_id: int, passage_id: int) -> None:
    """Let a passage that was set aside wait for a look again."""
    find_waiting(session, study_id, passage_id)
    session.get_one(NeedsLook, passage_id).set_aside_by = None
    session.flush()


def find_waiting(session: Session, study_id: int, passage_id: int) -> tuple[Passage, Transcript]:
    """A passage that waits, and its transcript.

    NotFound where it is another study's; Conflict where it doesn't wait any more.
    """
    row = session.execute(
        select(Passage, Transcript)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Passage.id == passage_id, Transcript.study_id == study_id)
    ).first()
    if row is None:
        raise NotFound("That passage isn't in this study.", way_out="Go back to what needs a look.")
    if session.get(NeedsLook, passage_id) is None:
        raise Conflict(
            "This passage doesn't need a look any more: it was settled meanwhile.",
            way_out="See what still needs one.",
        )
    return row[0], row[1]


def _trimmed(session: Session, standing: TranscriptVersion, span: Span) -> Span:
    """The span without white space at either end; Unfit where nobody says anything in it."""
    start, end = span
    words = standing.text[start:end] if 0 <= start < end <= len(standing.text) else ""
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    spoken = select(Turn.id).where(
        Turn.version_id == standing.id, Turn.start < end, Turn.end > start
    )
    if start >= end or session.scalar(spoken.limit(1)) is None:
        raise Unfit("Nobody says anything there.", way_out="Select some words of a turn.")
    return start, end


def _in_the_way(
    session: Session, passage: Passage, standing: TranscriptVersion, span: Span
) -> Passage | None:
    """The passage on exactly these words, where it is only the machine's and so gives way."""
    there = session.scalar(
        select(Passage).where(
            Passage.version_id == standing.id,
            Passage.start == span[0],
            Passage.end == span[1],
            Passage.origin == passage.origin,
        )
    )
    if there is None or there.id not in worked_with(session, standing.id):
        return there
    raise Conflict(
        "Another passage that people worked with stands on exactly these words.",
        way_out="Select a word more or less, or say that this one's words are gone.",
    )
