"""Where a study stands: the numbers of its home page, each one true to what it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from capture import job_rows
from capture.models import (
    Appearance,
    CandidateTheme,
    Job,
    Passage,
    Quote,
    Segment,
    Transcript,
    TranscriptVersion,
    Vector,
)
from capture.standing import looked_at, speaks
from codebook.asking import ANALYSIS
from codebook.codings import codings

MIDDLE = "middle"
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of one study. Segments and codings are those of the texts that stand."""

    transcripts: int
    unnamed: int
    """Transcripts in which someone who answers has no role yet."""
    segments: int
    embedded: int
    candidates: int
    """In any state, merged ones too, as their page lists them."""
    undecided: int
    coded: int
    """Segments and other passages on which a coding stands."""
    disputed: int
    chosen: int
    kinds: Mapping[str, int]
    waves: Mapping[int, int]
    job: Job | None


def overview(session: Session, study_id: int) -> Overview:
    """Count what the study's home page shows."""
    here = Transcript.study_id == study_id
    found = codings(session, study_id)
    standing = {coding.passage_id for coding in found if coding.state == "stands"}
    states = _candidate_states(session, study_id)
    return Overview(
        transcripts=_count(session, select(func.count(Transcript.id)).where(here)),
        unnamed=_count(session, _unnamed(here)),
        segments=_count(session, _segments(here)),
        embedded=_count(session, _segments(here, _has_vector())),
        candidates=sum(states.values()),
        undecided=states.get("undecided", 0),
        coded=len(standing),
        disputed=len({c.passage_id for c in found if c.state == "disputed"}),
        chosen=_count(session, select(func.count(Quote.id)).where(Quote.study_id == study_id)),
        kinds=_by(session, Transcript.kind, here),
        waves=_by(session, Transcript.wave, here & Transcript.wave.is_not(None)),
        job=job_rows.latest(session, study_id, ANALYSIS),
    )


def not_analysed(session: Session, study_id: int) -> int:
    """Segments that no analysis has read yet; 0 while one is asked for."""
    if job_rows.unfinished(session, study_id, ANALYSIS) is not None:
        return 0
    here = Transcript.study_id == study_id
    return _count(session, _segments(here, looked_at(), ~_has_vector()))


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _unnamed(here: ColumnElement[bool]) -> Select[int]:
    return (
        select(func.count(func.distinct(Transcript.id)))
        .join(Appearance, Appearance.transcript_id == Transcript.id)
        .where(
            here,
            Appearance.facilitator.is_(False),
            Appearance.role.is_(None),
            speaks(Appearance.id),
        )
    )


def _segments(here: ColumnElement[bool], *more: ColumnElement[bool]) -> Select[int]:
    return (
        select(func.count(Segment.passage_id))
        .join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(here, TranscriptVersion.number == Transcript.version, *more)
    )


def _has_vector() -> ColumnElement[bool]:
    return select(Vector.text_sha256).where(Vector.text_sha256 == Segment.text_sha256).exists()


def _candidate_states(session: Session, study_id: int) -> dict[str, int]:
    return dict(
        session.execute(
            select(CandidateTheme.state, func.count())
            .where(
                CandidateTheme.study_id == study_id,
                CandidateTheme.granularity == MIDDLE,
                CandidateTheme.superseded.is_(False),
            )
            .group_by(CandidateTheme.state)
        ).all()
    )


def _by(
    session: Session,
    column: SQLColumnExpression[Key] | SQLColumnExpression[Key | None],
    where: ColumnElement[bool],
) -> dict[Key, int]:
    rows = session.execute(select(column, func.count()).where(where).group_by(column))
    return dict(sorted((row[0], row[1]) for row in rows if row[0] is not None))
