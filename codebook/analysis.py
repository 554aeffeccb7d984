"""The analysis of a study as a durable job: embed, find candidate themes, suggest codes."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from capture import jobs
from capture.jobs import Bench, Phase
from capture.keeping_out import NEVER_LOOKED_AT
from capture.models import (
    Passage,
    Segment,
    Study,
    Suggestion,
    Transcript,
    TranscriptVersion,
)
from capture.noticing import DISCOVERY, EMBEDDING, embedded_segments
from capture.study_segments import StudySegment, study_segments
from codebook.asking import ANALYSIS
from codebook.bookshelf import codebook_version, live_codes, load_book
from codebook.entries import CodeEntry
from codebook.suggest import beside, propose, score_codes

SOURCE = "codebook"
METHOD = "1"
"""Raise it when the scorer changes, so that suggestions are made anew."""
PASSAGES_A_WRITE = 400
"""Few enough that the write lock is held for some tens of milliseconds."""


def plan_suggesting(bench: Bench, study_id: int) -> int:
    """One step when segments or codebook are other than when suggestions were last made."""
    with bench.store.reading() as session:
        segments = _looked_at(study_segments(session, study_id))
        made_from = session.get_one(Study, study_id).suggested_from
        return int(made_from != _fingerprint(session, study_id, segments, bench.embedder.model))


def suggest_codes(bench: Bench, study_id: int, _number: int) -> None:
    """Suggest codes from the codebook's words, replacing what was suggested that way before."""
    segments, vectors = embedded_segments(bench, study_id)
    rows = [at for at, segment in enumerate(segments) if segment.kept_out not in NEVER_LOOKED_AT]
    segments, model = [segments[at] for at in rows], bench.embedder.model
    with bench.store.reading() as session:
        codes = _codes(session, study_id)
        version = codebook_version(session, study_id)
        made_from = _fingerprint(session, study_id, segments, model)
    scores = score_codes(
        [segment.text for segment in segments],
        vectors[rows],
        [entry for _, entry in codes],
        bench.embedder.encode,
        neighbours=beside([segment.source for segment in segments]),
    )
    proposed = propose(scores, facets=[entry.facet for _, entry in codes])
    ids = [code_id for code_id, _ in codes]
    with bench.store.writing() as session:
        _drop_what_is_not_looked_at(session, study_id)
    for at in range(0, len(segments), PASSAGES_A_WRITE):
        some = slice(at, at + PASSAGES_A_WRITE)
        choices = {
            segment.passage_id: [(ids[code], score) for code, score in choice]
            for segment, choice in zip(segments[some], proposed[some], strict=True)
        }
        with bench.store.writing() as session:
            _replace(session, choices, model=model, version=version)
        bench.report(min(at + PASSAGES_A_WRITE, len(segments)), len(segments))
    with bench.store.writing() as session:
        session.get_one(Study, study_id).suggested_from = made_from


def _looked_at(segments: Sequence[StudySegment]) -> list[StudySegment]:
    return [segment for segment in segments if segment.kept_out not in NEVER_LOOKED_AT]


def _fingerprint(
    session: Session, study_id: int, segments: Sequence[StudySegment], model: str
) -> str:
    """SHA-256 of all that suggestions are made from."""
    digest = sha256(f"{METHOD}|{model}|{codebook_version(session, study_id)}".encode())
    for segment in segments:
        digest.update(f"|{segment.passage_id}|{segment.text_sha256}".encode())
    return digest.hexdigest()


def _drop_what_is_not_looked_at(session: Session, study_id: int) -> None:
    """Who withdrew, or turned out to be the one who asks, has no suggestions any more."""
    stale = (
        select(Segment.passage_id)
        .join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.study_id == study_id, Segment.kept_out.in_(NEVER_LOOKED_AT))
    )
    session.execute(delete(Suggestion).where(Suggestion.passage_id.in_(stale)))


def _replace(
    session: Session,
    choices: dict[int, list[tuple[int, float]]],
    *,
    model: str,
    version: int,
) -> None:
    session.execute(
        delete(Suggestion).where(Suggestion.passage_id.in_(choices), Suggestion.source == SOURCE)
    )
    session.add_all(
        Suggestion(
            passage_id=passage_id,
            code_id=code_id,
            score=round(score, 4),
            source=SOURCE,
            model=model,
            codebook_version=version,
        )
        for passage_id, choice in choices.items()
        for code_id, score in choice
    )


def _codes(session: Session, study_id: int) -> Sequence[tuple[int, CodeEntry]]:
    """The codes in use, with the rows they stand in."""
    ids = {code.key: code.id for code in live_codes(session, study_id)}
    return [(ids[entry.key], entry) for entry in load_book(session, study_id).codes]


SUGGESTING = Phase("suggest", "Suggesting codes", plan_suggesting, suggest_codes)
jobs.register(ANALYSIS, EMBEDDING, DISCOVERY, SUGGESTING)
