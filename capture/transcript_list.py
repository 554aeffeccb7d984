"""What a study has collected: its transcripts, each with what is in it and what needs a look."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from capture.models import Appearance, Passage, Segment, Transcript, TranscriptVersion
from capture.standing import speaks


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which transcripts to list; None means all."""

    kind: str | None = None
    wave: int | None = None
    place: str | None = None

    def takes(self, transcript: Transcript) -> bool:
        """Whether a transcript is among those wanted."""
        return (
            self.kind in (None, transcript.kind)
            and self.wave in (None, transcript.wave)
            and self.place in (None, transcript.place)
        )


@dataclass(frozen=True, slots=True)
class ListedTranscript:
    """One transcript in the list. Words are those of its turns; `left_out` are further words."""

    transcript: Transcript
    speakers: int
    facilitators: int
    unmapped: int
    """Speakers who are neither facilitators nor mapped to a participant."""
    words: int
    segments: int
    left_out: int
    left_out_items: int

    @property
    def needs_a_look(self) -> str:
        """What a researcher should still say, as a phrase; empty when all is said.

        A survey's respondents speak once, so nobody is asked who they are elsewhere.
        """
        if not self.unmapped or self.transcript.kind == "survey":
            return ""
        noun = "speaker" if self.unmapped == 1 else "speakers"
        return f"{self.unmapped} {noun} without a participant"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a study's transcripts can be filtered by."""

    kinds: tuple[str, ...]
    waves: tuple[int, ...]
    places: tuple[str, ...]


def list_transcripts(session: Session, study_id: int) -> list[ListedTranscript]:
    """Every transcript of the study, by date (undated last), then by name."""
    transcripts = session.scalars(
        select(Transcript)
        .where(Transcript.study_id == study_id)
        .order_by(Transcript.held_on.is_(None), Transcript.held_on, Transcript.name, Transcript.id)
    ).all()
    people = _people(session, study_id)
    spoken = _spoken(session, study_id)
    left_out = _left_out(session, study_id)
    return [
        ListedTranscript(
            one,
            *people.get(one.id, (0, 0, 0)),
            *spoken.get(one.id, (0, 0)),
            *left_out.get(one.id, (0, 0)),
        )
        for one in transcripts
    ]


def choices(collected: list[ListedTranscript]) -> Choices:
    """The kinds, waves and places that occur."""
    rows = [one.transcript for one in collected]
    return Choices(
        tuple(sorted({row.kind for row in rows})),
        tuple(sorted({row.wave for row in rows if row.wave is not None})),
        tuple(sorted({row.place for row in rows if row.place})),
    )


def _people(session: Session, study_id: int) -> Mapping[int, tuple[int, int, int]]:
    asks = func.count().filter(Appearance.facilitator)
    unmapped = func.count().filter(Appearance.participant_id.is_(None), ~Appearance.facilitator)
    rows = session.execute(
        select(Appearance.transcript_id, func.count(), asks, unmapped)
        .join(Transcript, Transcript.id == Appearance.transcript_id)
        .where(Transcript.study_id == study_id, speaks(Appearance.id))
        .group_by(Appearance.transcript_id)
    )
    return {key: (all_, asking, open_) for key, all_, asking, open_ in rows}


def _spoken(session: Session, study_id: int) -> Mapping[int, tuple[int, int]]:
    rows = session.execute(
        select(Transcript.id, func.sum(Segment.words), func.count())
        .join(TranscriptVersion, _stands())
        .join(Passage, Passage.version_id == TranscriptVersion.id)
        .join(Segment, Segment.passage_id == Passage.id)
        .where(Transcript.study_id == study_id)
        .group_by(Transcript.id)
    )
    return {key: (int(words), segments) for key, words, segments in rows}


def _left_out(session: Session, study_id: int) -> Mapping[int, tuple[int, int]]:
    rows = session.execute(
        select(Transcript.id, TranscriptVersion.left_out)
        .join(TranscriptVersion, _stands())
        .where(Transcript.study_id == study_id)
    )
    return {key: (sum(int(item["words"]) for item in items), len(items)) for key, items in rows}


def _stands() -> ColumnElement[bool]:
    return (TranscriptVersion.transcript_id == Transcript.id) & (
        TranscriptVersion.number == Transcript.version
    )
