"""A transcript as it is read: its text, who spoke, and the turns with their segments.

Rows are fetched as plain columns, because a long meeting has ten thousand turns. Offsets are code
points, half-open, into the one stored text.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Result, func, or_, select
from sqlalchemy.orm import Session

from capture.errors import NotFound
from capture.models import (
    Appearance,
    Participant,
    Passage,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
)

FACILITATOR_SHAPE = "●"
NO_ROLE_SHAPE = "□"
ROLE_SHAPES = "■▲▼★✚▬◗◐"
"""One a role, in the order roles are first met; after the eighth they begin again."""

Between = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One appearance; `shape` is shared by everybody with the same role."""

    id: int
    label: str
    role: str | None
    place: str | None
    scope: str
    facilitator: bool
    pseudonym: str | None
    shape: str
    audience: str
    also_called: tuple[str, ...]
    """Further labels the transcript writes for them."""


@dataclass(frozen=True, slots=True)
class SaidSegment:
    """A segment inside a turn; `kept_out` says why the theme finder leaves it aside."""

    passage_id: int
    start: int
    end: int
    kept_out: str | None


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """A turn with its speaker (none where the transcript names nobody) and its segments."""

    id: int
    position: int
    start: int
    end: int
    speaker: Speaker | None
    starts_at: float | None
    question: str | None
    segments: tuple[SaidSegment, ...]


@dataclass(frozen=True, slots=True)
class TranscriptText:
    """The transcript and the version of its text that stands, with turns in order."""

    transcript: Transcript
    version: TranscriptVersion
    speakers: tuple[Speaker, ...]
    turns: tuple[SaidTurn, ...]

    @property
    def timed(self) -> bool:
        """Whether any turn says when it was spoken."""
        return any(turn.starts_at is not None for turn in self.turns)


def find_transcript(session: Session, study_id: int, transcript_id: int) -> Transcript:
    """The transcript, or NotFound, also where it belongs to another study."""
    found = session.get(Transcript, transcript_id)
    if found is None or found.study_id != study_id:
        raise NotFound(
            "There is no such transcript in this study.", way_out="Go back to its transcripts."
        )
    return found


def standing_version(session: Session, transcript: Transcript) -> TranscriptVersion:
    """The version of the transcript's text that stands now."""
    return session.scalars(
        select(TranscriptVersion).where(
            TranscriptVersion.transcript_id == transcript.id,
            TranscriptVersion.number == transcript.version,
        )
    ).one()


def load_text(
    session: Session,
    study_id: int,
    transcript_id: int,
    *,
    between: Between | None = None,
    speaker_id: int | None = None,
    beside: bool = False,
) -> TranscriptText:
    """The transcript with its turns: all, those a span touches, or those of one speaker.

    With `beside`, the turns just before and after one speaker's come too, whoever says them.
    """
    transcript = find_transcript(session, study_id, transcript_id)
    version = standing_version(session, transcript)
    speakers = load_speakers(session, transcript_id)
    segments = _segments(session, version.id, between)
    turns = _turns(session, version.id, between, speaker_id, beside)
    by_id = {speaker.id: speaker for speaker in speakers}
    said = tuple(
        SaidTurn(
            key,
            position,
            start,
            end,
            by_id.get(who or 0),
            at,
            question,
            tuple(segments.get(key, ())),
        )
        for key, position, start, end, who, at, question in turns
    )
    return TranscriptText(transcript, version, speakers, said)


def load_speakers(session: Session, transcript_id: int) -> tuple[Speaker, ...]:
    """Who spoke, in the order the transcript was read."""
    rows = session.execute(
        select(Appearance, Participant.pseudonym)
        .outerjoin(Participant, Participant.id == Appearance.participant_id)
        .where(Appearance.transcript_id == transcript_id)
        .order_by(Appearance.id)
    ).all()
    shapes = role_shapes([a.role for a, _ in rows if a.role and not a.facilitator])
    return tuple(
        Speaker(
            id=a.id,
            label=a.label,
            role=a.role,
            place=a.place,
            scope=a.scope,
            facilitator=a.facilitator,
            pseudonym=pseudonym,
            shape=_shape(a, shapes),
            audience=a.audience,
            also_called=tuple(a.also_called),
        )
        for a, pseudonym in rows
    )


def role_shapes(roles: list[str]) -> dict[str, str]:
    """A shape for each role, in the order they are first met."""
    return {
        role: ROLE_SHAPES[number % len(ROLE_SHAPES)]
        for number, role in enumerate(dict.fromkeys(roles))
    }


def words_by_speaker(session: Session, version_id: int) -> Mapping[int | None, int]:
    """Words each appearance said in a version; None is for turns without a speaker."""
    rows = session.execute(
        select(Turn.appearance_id, func.sum(Segment.words))
        .join(Segment, Segment.turn_id == Turn.id)
        .where(Turn.version_id == version_id)
        .group_by(Turn.appearance_id)
    )
    return {appearance_id: int(words) for appearance_id, words in rows}


def _shape(appearance: Appearance, shapes: dict[str, str]) -> str:
    if appearance.facilitator:
        return FACILITATOR_SHAPE
    return shapes.get(appearance.role or "", NO_ROLE_SHAPE)


def _turns(
    session: Session,
    version_id: int,
    between: Between | None,
    speaker_id: int | None,
    beside: bool,
) -> Result[int, int, int, int, int | None, float | None, str | None]:
    asked = (
        select(
            Turn.id,
            Turn.position,
            Turn.start,
            Turn.end,
            Turn.appearance_id,
            Turn.starts_at,
            Turn.question,
        )
        .where(Turn.version_id == version_id)
        .order_by(Turn.position)
    )
    if between is not None:
        asked = asked.where(Turn.start < between[1], Turn.end > between[0])
    if speaker_id is not None:
        asked = asked.where(_said_by(version_id, speaker_id, 1 if beside else 0))
    return session.execute(asked)


def _said_by(version_id: int, speaker_id: int, around: int) -> ColumnElement[bool]:
    """Turns of a speaker, with so many before and after each."""
    own = select(Turn.position).where(
        Turn.version_id == version_id, Turn.appearance_id == speaker_id
    )
    steps = range(-around, around + 1)
    return or_(*((Turn.position + step).in_(own) for step in steps))


def _segments(
    session: Session, version_id: int, between: Between | None
) -> dict[int, list[SaidSegment]]:
    asked = (
        select(Segment.turn_id, Passage.id, Passage.start, Passage.end, Segment.kept_out)
        .join(Passage, Passage.id == Segment.passage_id)
        .where(Passage.version_id == version_id)
        .order_by(Segment.position)
    )
    if between is not None:
        touched = select(Turn.id).where(
            Turn.version_id == version_id, Turn.start < between[1], Turn.end > between[0]
        )
        asked = asked.where(Segment.turn_id.in_(touched))
    found: dict[int, list[SaidSegment]] = defaultdict(list)
    for turn_id, passage_id, start, end, kept_out in session.execute(asked):
        found[turn_id].append(SaidSegment(passage_id, start, end, kept_out))
    return found
