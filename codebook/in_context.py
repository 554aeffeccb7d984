"""A passage where it was said: lit in its own turn, with the turn before and the turn after."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.waiting import check_stands
from capture.errors import NotFound
from capture.keeping_out import WITHDRAWN
from capture.models import Appearance, Passage, Transcript, TranscriptVersion, Turn

NEIGHBOUR = 480
"""Characters shown of a turn before or after."""
OWN = 900
"""Characters shown of the passage's own turn, either side of the passage."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class TurnAround:
    """One turn: who, when, and the words before, in and after the passage; neighbours lit none."""

    turn_id: int
    speaker: str | None
    role: str | None
    facilitator: bool
    at: float | None
    """Seconds into the recording."""
    question: str | None
    before: str
    lit: str
    after: str


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with its surroundings and the transcript it stands in."""

    passage_id: int
    transcript: Transcript
    turns: tuple[TurnAround, ...]


def in_context(session: Session, study_id: int, passage_id: int) -> InContext:
    """The passage as it was said; NotFound when it belongs to another study.

    Conflict where the text was corrected since: old words are never shown as if they stood.
    """
    row = session.execute(
        select(Passage, TranscriptVersion, Transcript)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Passage.id == passage_id, Transcript.study_id == study_id)
    ).first()
    if row is None:
        raise NotFound("That passage isn't in this study.", way_out="Go back to the review queue.")
    passage, version, transcript = row
    check_stands(session, passage_id)
    near = _turns_near(session, passage)
    if transcript.kind == "survey":
        near = _same_person(near, passage)
    turns = tuple(_around(version.text, turn, speaker, passage) for turn, speaker in near)
    return InContext(passage_id, transcript, turns)


def _same_person(
    near: Sequence[tuple[Turn, Appearance | None]], passage: Passage
) -> Sequence[tuple[Turn, Appearance | None]]:
    """A survey is no conversation: the next answer may be another person's."""
    own = {
        turn.appearance_id
        for turn, _ in near
        if turn.start < passage.end and turn.end > passage.start
    }
    return [(turn, who) for turn, who in near if turn.appearance_id in own]


def _turns_near(session: Session, passage: Passage) -> Sequence[tuple[Turn, Appearance | None]]:
    touched = (
        Turn.version_id == passage.version_id,
        Turn.start < passage.end,
        Turn.end > passage.start,
    )
    places = session.scalars(select(Turn.position).where(*touched).order_by(Turn.position)).all()
    if not places:
        return []
    query = (
        select(Turn, Appearance)
        .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
        .where(
            Turn.version_id == passage.version_id,
            Turn.position.between(places[0] - 1, places[-1] + 1),
        )
        .order_by(Turn.position)
    )
    return [(turn, speaker) for turn, speaker in session.execute(query)]


def _around(text: str, turn: Turn, speaker: Appearance | None, passage: Passage) -> TurnAround:
    beside = turn.end <= passage.start or turn.start >= passage.end
    if beside and speaker is not None and speaker.scope == WITHDRAWN:
        before, lit, after = "(withdrawn)", "", ""
    elif turn.end <= passage.start:
        before, lit, after = last_words(text[turn.start : turn.end], NEIGHBOUR), "", ""
    elif turn.start >= passage.end:
        before, lit, after = "", "", first_words(text[turn.start : turn.end], NEIGHBOUR)
    else:
        start, end = max(turn.start, passage.start), min(turn.end, passage.end)
        before = last_words(text[turn.start : start], OWN)
        lit, after = text[start:end], first_words(text[end : turn.end], OWN)
    return TurnAround(
        turn_id=turn.id,
        speaker=speaker.label if speaker else None,
        role=speaker.role if speaker else None,
        facilitator=speaker.facilitator if speaker else False,
        at=turn.starts_at,
        question=turn.question,
        before=before,
        lit=lit,
        after=after,
    )


def first_words(text: str, most: int) -> str:
    """At most so many characters from the start, cut between words and marked when cut."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip() + f" {ELLIPSIS}"


def last_words(text: str, most: int) -> str:
    """At most so many characters from the end, cut between words and marked when cut."""
    if len(text) <= most:
        return text
    return f"{ELLIPSIS} " + text[-most:].partition(" ")[2].lstrip()
