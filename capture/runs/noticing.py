"""What the machine does with a study's segments: the phases of an analysis that need no codebook.

The arithmetic is in embed.py and themes.py; here it meets the record, in short transactions.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from capture.encoding import vectors
from capture.encoding.embed import Embedder
from capture.encoding.embedding import EMBEDDING, count_unembedded, embed_some, plan_embedding
from capture.errors import Conflict
from capture.jobs import Bench, Phase
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT
from capture.models import Discovery, Segment
from capture.runs import discoveries
from capture.runs.bonds import bonds, stood
from capture.runs.looking_again import APPLY, PREVIEW, asked_to_look
from capture.runs.seeing import counted
from capture.runs.standing import standing_themes
from capture.study_segments import StudySegment, still_stand, study_segments
from capture.theming.found import Level
from capture.theming.themes import discover, near_duplicates

__all__ = [
    "DISCOVERY",
    "EMBEDDING",
    "discover_themes",
    "embed_some",
    "embedded_segments",
    "mark_copies",
    "plan_discovery",
    "plan_embedding",
]

Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

METHOD = "5"
"""Raise it when the theme finder changes: it is said then that looking again is worth it."""
MOST_ATTEMPTS = 5
"""How often themes are looked for when texts are corrected meanwhile."""


def plan_discovery(bench: Bench, study_id: int) -> int:
    """One step when themes are to be looked for: the first time, when asked, after much is new.

    What else is new is placed among the themes there are (theme_joining.py).
    """
    with bench.store.reading() as session:
        fingerprint = _fingerprint(study_segments(session, study_id), bench.embedder)
        return int(_wanted(session, study_id, fingerprint, bench.embedder) is not None)


def discover_themes(bench: Bench, study_id: int, _number: int) -> None:
    """Find candidate themes and tell which are new beside those that stand.

    Where texts were corrected meanwhile it starts over: words that were taken out must not come
    back in what a theme is called.
    """
    for _ in range(MOST_ATTEMPTS):
        if _discovered(bench, study_id):
            return
    raise Conflict(
        "Texts were corrected each time that themes were looked for.",
        way_out="Ask again when the corrections are done.",
    )


def _discovered(bench: Bench, study_id: int) -> bool:
    segments, embedded = embedded_segments(bench, study_id)
    fingerprint = _fingerprint(segments, bench.embedder)
    with bench.store.reading() as session:
        wanted = _wanted(session, study_id, fingerprint, bench.embedder)
        if wanted is None:  # it was stored, and stopped before that was known
            return True
        position_of = {s.passage_id: i for i, s in enumerate(segments)}
        shaped = bonds(session, study_id, position_of)
        before = _leant_on(session, study_id, fingerprint, position_of)
    fitted, copies = _what_is_fitted(segments, embedded)
    found = discover(
        [segment.text for segment in segments],
        embedded,
        [segment.source for segment in segments],
        [segment.person for segment in segments],
        fitted=fitted,
        copies=copies,
        places=range(len(segments)),  # segments come in the order they were said
        bonds=shaped,
        before=before,
        progress=bench.report,
    )
    with bench.store.writing() as session:
        if not still_stand(session, segments):
            return False
        mark_copies(session, segments, copies)
        discoveries.keep(
            session,
            study_id,
            found,
            segments,
            fingerprint=fingerprint,
            embedder=bench.embedder,
            method=METHOD,
            leant=bool(before),
            preview=wanted == PREVIEW,
        )
    return True


def _leant_on(
    session: Session, study_id: int, fingerprint: str, position_of: Mapping[int, int]
) -> dict[Level, NDArray[np.int64]]:
    """The themes that stand, for a run to lean on; none where one that leant on none would come
    back just as it is."""
    last = discoveries.latest(session, study_id)
    if last is None or (last.fingerprint == fingerprint and not last.parameters.get("leant")):
        return {}
    return stood(session, study_id, position_of)


def _what_is_fitted(
    segments: Sequence[StudySegment], embedded: Vectors
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which segments form themes, shape (n,), and which only say again what another said.

    What is never looked at has no part in this: who says what an interviewer said is heard.
    """
    heard = np.array([one.kept_out not in NEVER_LOOKED_AT for one in segments], dtype=bool)
    texts = [one.text for one, counts in zip(segments, heard, strict=True) if counts]
    copies = np.zeros(len(segments), dtype=bool)
    copies[heard] = near_duplicates(texts, embedded[heard])
    return heard & ~copies, copies


def _wanted(session: Session, study_id: int, fingerprint: str, embedder: Embedder) -> str | None:
    """Whether themes are to be looked for, to apply or to preview what is found; None if not."""
    last = discoveries.latest(session, study_id)
    if last is None:
        return APPLY
    asked = asked_to_look(session, study_id)
    if asked is not None or last.fingerprint == fingerprint:
        return asked
    return APPLY if _outgrown(session, last, fingerprint, embedder) else None


def _outgrown(session: Session, last: Discovery, fingerprint: str, embedder: Embedder) -> bool:
    """Whether the last run's themes can't take in what is new, so that all must be looked at."""
    if (last.model, last.precision) != (embedder.model, embedder.precision):
        return True
    newest = discoveries.latest(session, last.study_id, "stands", "undone")
    if newest is not None and newest.state == "undone" and newest.fingerprint == fingerprint:
        return False  # people saw what looking again gives, and went back
    return counted(session, last.study_id).much_is_new or not standing_themes(
        session, last.study_id
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


def mark_copies(
    session: Session,
    segments: list[StudySegment],
    copies: NDArray[np.bool_],
) -> None:
    """Note which segments say again what another said, and take back what no longer does."""
    is_copy = {s.passage_id for s, copy in zip(segments, copies, strict=True) if copy}
    was_copy = {s.passage_id for s in segments if s.kept_out == NEAR_DUPLICATE}
    for ids, mark in ((is_copy - was_copy, NEAR_DUPLICATE), (was_copy - is_copy, None)):
        for passage_id in sorted(ids):
            segment = session.get(Segment, passage_id)
            # Its text may have been corrected while themes were found, or who said it withdrew.
            if segment is not None and segment.kept_out in (None, NEAR_DUPLICATE):
                segment.kept_out = mark


def _fingerprint(segments: list[StudySegment], embedder: Embedder) -> str:
    """SHA-256 of all that discovery depends on."""
    digest = sha256(f"{METHOD}|{embedder.model}|{embedder.precision}".encode())
    for segment in segments:
        asked = segment.kept_out in NEVER_LOOKED_AT
        digest.update(f"|{segment.source}|{segment.person}|{segment.text_sha256}|{asked}".encode())
    return digest.hexdigest()


DISCOVERY = Phase("themes", "Looking for candidate themes", plan_discovery, discover_themes)
