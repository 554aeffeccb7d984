"""The analysis of a study as a durable job: embed, find candidate themes, suggest codes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from capture import jobs
from capture.jobs import Bench, Phase
from capture.keeping_out import NEVER_LOOKED_AT
from capture.models import (
    Code,
    CodebookVersion,
    Suggestion,
    Transcript,
    TranscriptVersion,
)
from capture.noticing import DISCOVERY, EMBEDDING, load_vectors
from capture.study_segments import StudySegment, study_segments
from codebook.asking import ANALYSIS
from codebook.bookshelf import codebook_version, live_codes, load_book
from codebook.entries import CodeEntry
from codebook.suggest import beside, propose, score_codes

SOURCE = "codebook"
PASSAGES_A_WRITE = 400
"""Few enough that the write lock is held for some tens of milliseconds."""


def plan_suggesting(bench: Bench, study_id: int) -> int:
    """One step when the study has segments and codes, and either is newer than the suggestions."""
    with bench.store.reading() as session:
        suggested = session.scalar(
            select(func.max(Suggestion.created_at))
            .join(Code, Code.id == Suggestion.code_id)
            .where(Code.study_id == study_id, Suggestion.source == SOURCE)
        )
        if suggested is None:
            return int(bool(study_segments(session, study_id)) and bool(_codes(session, study_id)))
        changed = _last_change(session, study_id)
        return int(changed is None or changed > suggested)


def _last_change(session: Session, study_id: int) -> datetime | None:
    return max(
        filter(
            None,
            (
                session.scalar(
                    select(func.max(CodebookVersion.created_at)).where(
                        CodebookVersion.study_id == study_id
                    )
                ),
                session.scalar(
                    select(func.max(TranscriptVersion.created_at))
                    .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
                    .where(Transcript.study_id == study_id)
                ),
            ),
        ),
        default=None,
    )


def suggest_codes(bench: Bench, study_id: int, _number: int) -> None:
    """Suggest codes from the codebook's words, replacing what was suggested that way before."""
    with bench.store.reading() as session:
        segments = [s for s in study_segments(session, study_id) if _may_have(s)]
        vectors = load_vectors(session, bench.embedder, segments)
        codes = _codes(session, study_id)
        version = codebook_version(session, study_id)
    scores = score_codes(
        [segment.text for segment in segments],
        vectors,
        [entry for _, entry in codes],
        bench.embedder.encode,
        neighbours=beside([segment.source for segment in segments]),
    )
    proposed = propose(scores, facets=[entry.facet for _, entry in codes])
    ids = [code_id for code_id, _ in codes]
    for at in range(0, len(segments), PASSAGES_A_WRITE):
        some = slice(at, at + PASSAGES_A_WRITE)
        with bench.store.writing() as session:
            _replace(
                session,
                {
                    segment.passage_id: [(ids[code], score) for code, score in choice]
                    for segment, choice in zip(segments[some], proposed[some], strict=True)
                },
                model=bench.embedder.model,
                version=version,
            )
        bench.report(min(at + PASSAGES_A_WRITE, len(segments)), len(segments))


def _may_have(segment: StudySegment) -> bool:
    return segment.kept_out not in NEVER_LOOKED_AT


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
