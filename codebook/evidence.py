"""Passages as evidence: the words, what was said around them, and whose they are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import Appearance, Passage, Segment, Transcript, TranscriptVersion, Turn

CONTEXT = 280
"""Characters shown of what stands before and after: enough to follow, short enough to compare."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A neighbouring turn, shortened on the side away from the passage."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage's own words, the rest of its turn around them, and the turns beside it."""

    passage_id: int
    strength: float
    transcript_id: int
    turn_id: int
    transcript: str
    kind: str
    record: str
    speaker: str
    role: str | None
    place: str | None
    wave: int | None
    scope: str
    question: str | None
    at: float | None
    """Seconds into the recording, where the turn begins."""
    words: str
    lead_in: str
    lead_out: str
    before: Beside | None
    after: Beside | None

    @property
    def attribution(self) -> str:
        """Who said it, for colleagues: role or speaker, place, wave."""
        wave = f"wave {self.wave}" if self.wave is not None else ""
        return ", ".join(filter(None, (self.role or self.speaker, self.place, wave)))


Source = tuple[Passage, Turn, Transcript, Appearance | None]
Neighbour = tuple[Turn, str | None, str | None]
Neighbours = dict[tuple[int, int], Neighbour]


def load_evidence(session: Session, passages: Sequence[tuple[int, float]]) -> list[Evidence]:
    """Evidence for (passage, strength) pairs, in their order."""
    sources = _sources(session, [passage_id for passage_id, _ in passages])
    texts = _texts(session, {passage.version_id for passage, *_ in sources.values()})
    neighbours = _neighbours(session, [turn for _, turn, *_ in sources.values()])
    return [
        _evidence(sources[passage_id], strength, texts, neighbours)
        for passage_id, strength in passages
        if passage_id in sources
    ]


def _sources(session: Session, passage_ids: Sequence[int]) -> dict[int, Source]:
    rows = session.execute(
        select(Passage, Turn, Transcript, Appearance)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .join(Segment, Segment.passage_id == Passage.id)
        .join(Turn, Turn.id == Segment.turn_id)
        .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
        .where(
            Passage.id.in_(passage_ids),
            # Someone may withdraw after an analysis; their words stop being evidence at once.
            Segment.kept_out.is_distinct_from(WITHDRAWN),
        )
    )
    return {row[0].id: row for row in rows}


def _texts(session: Session, version_ids: Iterable[int]) -> dict[int, str]:
    rows = session.execute(
        select(TranscriptVersion.id, TranscriptVersion.text).where(
            TranscriptVersion.id.in_(version_ids)
        )
    )
    return dict(rows.all())


def _neighbours(session: Session, turns: Sequence[Turn]) -> Neighbours:
    """The turns just before and after each, by version and position."""
    places = {(turn.version_id, turn.position + step) for turn in turns for step in (-1, 1)}
    rows = session.execute(
        select(Turn, Appearance.label, Appearance.scope)
        .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
        .where(tuple_(Turn.version_id, Turn.position).in_(places))
    )
    return {(turn.version_id, turn.position): (turn, who, scope) for turn, who, scope in rows}


def _evidence(
    source: Source, strength: float, texts: dict[int, str], neighbours: Neighbours
) -> Evidence:
    passage, turn, transcript, who = source
    text = texts[passage.version_id]
    # In a survey the neighbouring turn is another person's answer, not part of a conversation.
    talk = {} if transcript.kind == "survey" else neighbours
    return Evidence(
        passage_id=passage.id,
        strength=strength,
        transcript_id=transcript.id,
        turn_id=turn.id,
        transcript=transcript.name,
        kind=transcript.kind,
        record=transcript.record,
        speaker=who.label if who else "Nobody named",
        role=who.role if who else None,
        place=(who.place if who else None) or transcript.place,
        wave=transcript.wave,
        scope=who.scope if who else "analysis only",
        question=turn.question,
        at=turn.starts_at,
        words=text[passage.start : passage.end],
        lead_in=_last(text[turn.start : passage.start]),
        lead_out=_first(text[passage.end : turn.end]),
        before=_beside(text, talk.get((turn.version_id, turn.position - 1)), _last),
        after=_beside(text, talk.get((turn.version_id, turn.position + 1)), _first),
    )


def _beside(text: str, neighbour: Neighbour | None, shorten: Callable[[str], str]) -> Beside | None:
    if neighbour is None:
        return None
    turn, label, scope = neighbour
    if scope == WITHDRAWN:
        return Beside(label or "Nobody named", "(withdrawn)")
    return Beside(label or "Nobody named", shorten(text[turn.start : turn.end]))


def _last(text: str) -> str:
    text = text.strip()
    return text if len(text) <= CONTEXT else f"… {text[-CONTEXT:].partition(' ')[2]}"


def _first(text: str) -> str:
    text = text.strip()
    return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rpartition(' ')[0]} …"
