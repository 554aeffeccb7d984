"""What the machine does with a study's segments: the phases of an analysis that need no codebook.

The arithmetic is in embed.py and themes.py; here it meets the record, in short transactions.
"""

from hashlib import sha256

import numpy as np
from sqlalchemy.orm import Session

from capture import discoveries, vectors
from capture.embed import Embedder
from capture.embedding import EMBEDDING, count_unembedded, embed_some, plan_embedding
from capture.jobs import Bench, Phase
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT
from capture.models import Segment
from capture.study_segments import StudySegment, study_segments
from capture.themes import discover, near_duplicates

__all__ = [
    "DISCOVERY",
    "EMBEDDING",
    "discover_themes",
    "embed_some",
    "embedded_segments",
    "plan_discovery",
    "plan_embedding",
]

Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

METHOD = "2"
"""Raise it when the theme finder changes, so that a study is worked through again."""


def plan_discovery(bench: Bench, study_id: int) -> int:
    """One step when the study's segments have changed since the last time, else none."""
    with bench.store.reading() as session:
        segments = study_segments(session, study_id)
        last = discoveries.latest(session, study_id)
    return int(last is None or last.fingerprint != _fingerprint(segments, bench.embedder))


def discover_themes(bench: Bench, study_id: int, _number: int) -> None:
    """Find candidate themes and put them beside those that people already decided on."""
    embedder = bench.embedder
    segments, embedded = embedded_segments(bench, study_id)
    fingerprint = _fingerprint(segments, embedder)
    with bench.store.reading() as session:
        last = discoveries.latest(session, study_id)
    if last is not None and last.fingerprint == fingerprint:
        return
    texts = [segment.text for segment in segments]
    asked = np.array([segment.kept_out in NEVER_LOOKED_AT for segment in segments])
    copies = near_duplicates(texts, embedded) & ~asked
    found = discover(
        texts,
        embedded,
        [segment.source for segment in segments],
        [segment.person for segment in segments],
        fitted=~(asked | copies),
        places=range(len(segments)),  # segments come in the order they were said
        progress=bench.report,
    )
    with bench.store.writing() as session:
        _mark_copies(session, segments, copies)
        discoveries.keep(
            session, study_id, found, segments, fingerprint=fingerprint, embedder=embedder
        )


def embedded_segments(bench: Bench, study_id: int) -> tuple[list[StudySegment], Vectors]:
    """A study's segments and their vectors, shape (n, dimensions), of one moment.

    A file may have been uploaded since the embedding was planned: what it brought is embedded now.
    """
    while True:
        with bench.store.reading() as session:
            segments = study_segments(session, study_id)
            if not count_unembedded(session, study_id, bench.embedder):
                return segments, _load_vectors(session, bench.embedder, segments)
        embed_some(bench, study_id, 0)


def _load_vectors(session: Session, embedder: Embedder, segments: list[StudySegment]) -> Vectors:
    return vectors.load(
        session,
        [segment.text_sha256 for segment in segments],
        model=embedder.model,
        precision=embedder.precision,
        dimensions=embedder.dimensions,
    )


def _mark_copies(
    session: Session,
    segments: list[StudySegment],
    copies: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> None:
    """Note which segments say again what another said, and take back what no longer does."""
    is_copy = {s.passage_id for s, copy in zip(segments, copies, strict=True) if copy}
    was_copy = {s.passage_id for s in segments if s.kept_out == NEAR_DUPLICATE}
    for ids, mark in ((is_copy - was_copy, NEAR_DUPLICATE), (was_copy - is_copy, None)):
        for passage_id in sorted(ids):
            segment = session.get(Segment, passage_id)
            if segment is not None:  # its text may have been corrected while themes were found
                segment.kept_out = mark


def _fingerprint(segments: list[StudySegment], embedder: Embedder) -> str:
    """SHA-256 of all that discovery depends on."""
    digest = sha256(f"{METHOD}|{embedder.model}|{embedder.precision}".encode())
    for segment in segments:
        asked = segment.kept_out in NEVER_LOOKED_AT
        digest.update(f"|{segment.source}|{segment.person}|{segment.text_sha256}|{asked}".encode())
    return digest.hexdigest()


DISCOVERY = Phase("themes", "Looking for candidate themes", plan_discovery, discover_themes)
