"""More like this: what of a passage the others are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.waiting import check_stands
from capture.errors import NotFound
from capture.models import Passage, Segment, Transcript, TranscriptVersion, Vector
from capture.searching.meaning import Meant
from capture.searching.memory import Memory, Source, common_source
from capture.searching.question import Term, telling_terms
from capture.searching.search import Hits, Wanted, more_like
from capture.searching.word_index import find
from capture.standing import heard_from_who_withdrew

LOOKED_AT = 40
"""Telling words of a passage whose rarity is looked up."""
COMPARED = 12
"""The rarest of them, which are compared."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A passage of the text that stands, and the segments it touches."""

    passage_id: int
    transcript_id: int
    words: str
    segments: tuple[int, ...]


def pattern(session: Session, study_id: int, passage_id: int) -> Pattern:
    """The passage others are to be like; NotFound for another study's, or one that was withdrawn.

    Conflict where the text was corrected since.
    """
    row = session.execute(
        select(Passage, TranscriptVersion.text, Transcript.id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Passage.id == passage_id, Transcript.study_id == study_id)
    ).first()
    if row is None:
        raise NotFound("That passage isn't in this study.", way_out="Go back to the transcripts.")
    passage, text, transcript_id = row
    check_stands(session, passage_id)
    if _withdrawn(session, passage):
        raise NotFound(
            "Whoever said this has withdrawn their words.", way_out="Look for something else."
        )
    touched = session.scalars(
        select(Segment.passage_id)
        .join(Passage, Passage.id == Segment.passage_id)
        .where(
            Passage.version_id == passage.version_id,
            Passage.start < passage.end,
            Passage.end > passage.start,
        )
        .order_by(Segment.position)
    )
    words = text[passage.start : passage.end]
    return Pattern(passage_id, transcript_id, words, tuple(touched))


@dataclass(frozen=True, slots=True)
class Alike:
    """What is like a passage, and the words of it that were compared."""

    hits: Hits
    terms: tuple[Term, ...]


def like(
    session: Session,
    memory: Memory,
    study_id: int,
    one: Pattern,
    wanted: Wanted | None = None,
    source: Source | None = None,
) -> Alike:
    """Segments like a passage, without its own; by its words alone where it has no vector yet."""
    source = source or common_source(session)
    meant = None if source is None else _meant(session, one, source)
    terms = _rarest(session, telling_terms(one.words))
    hits = more_like(session, memory, study_id, terms, meant, one.segments, wanted)
    return Alike(hits, terms)


def _withdrawn(session: Session, passage: Passage) -> bool:
    asked = select(Passage.id).where(Passage.id == passage.id, heard_from_who_withdrew())
    return session.scalar(asked) is not None


def _meant(session: Session, one: Pattern, source: Source) -> Meant | None:
    """The mean of the passage's segments, each by how many words it has."""
    rows = session.execute(
        select(Vector.data, Segment.words)
        .join(Segment, Segment.text_sha256 == Vector.text_sha256)
        .where(
            Segment.passage_id.in_(one.segments),
            Vector.model == source[0],
            Vector.precision == source[1],
        )
        .order_by(Segment.position)
    ).all()
    if not rows:
        return None
    vectors = np.stack([np.frombuffer(data, dtype="<f4") for data, _ in rows])
    mean = vectors.T @ np.array([max(words, 1) for _, words in rows], dtype=np.float32)
    return Meant(*source, (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32))


def _rarest(session: Session, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The words that fewest segments hold; those nobody else says tell nothing of others."""
    heard = {term: len(find(session, term).passages) for term in terms[:LOOKED_AT]}
    telling = [term for term, often in heard.items() if often > 1]
    return tuple(sorted(telling, key=lambda term: heard[term])[:COMPARED])
