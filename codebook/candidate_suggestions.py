"""Suggestions that follow from a decided candidate theme: derived, so undoing leaves none behind.

A code's suggestions are what its mapped and adopted candidates support now, each passage with its
greatest strength. After any action the rows are brought to that state; they are never a coding.
"""

from collections.abc import Collection

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import CandidateMember, CandidateTheme, Discovery, Segment, Suggestion
from codebook.bookshelf import codebook_version

SOURCE = "candidate theme"
SUPPORTING = ("mapped", "adopted")


def follow(
    session: Session,
    study_id: int,
    code_id: int,
    *candidate_ids: int,
    passages: Collection[int] = (),
) -> None:
    """Bring a code's suggestions to what now supports them: on the members of these candidates,
    and on `passages`, which may be members no more."""
    session.flush()
    members = select(CandidateMember.passage_id).where(
        CandidateMember.candidate_id.in_(candidate_ids)
    )
    touched = select(Segment.passage_id).where(
        Segment.passage_id.in_(members) | Segment.passage_id.in_(passages)
    )
    supported = _supported(session, code_id, touched)
    rows = session.scalars(
        select(Suggestion).where(
            Suggestion.code_id == code_id,
            Suggestion.source == SOURCE,
            Suggestion.passage_id.in_(touched),
        )
    ).all()
    gone = [row.id for row in rows if row.passage_id not in supported]
    for row in rows:
        if row.passage_id in supported:
            row.score, row.candidate_id, row.model = supported.pop(row.passage_id)
    session.execute(delete(Suggestion).where(Suggestion.id.in_(gone)))
    version = codebook_version(session, study_id)
    session.add_all(
        Suggestion(
            passage_id=passage_id,
            code_id=code_id,
            score=strength,
            source=SOURCE,
            model=model,
            codebook_version=version,
            candidate_id=candidate_id,
        )
        for passage_id, (strength, candidate_id, model) in supported.items()
    )
    session.flush()


def _supported(
    session: Session, code_id: int, touched: Select[int]
) -> dict[int, tuple[float, int, str]]:
    """Passage → (strength, candidate, model) of the strongest candidate standing for the code."""
    rows = session.execute(
        select(
            CandidateMember.passage_id,
            CandidateMember.strength,
            CandidateTheme.id,
            Discovery.model,
        )
        .join(CandidateTheme, CandidateTheme.id == CandidateMember.candidate_id)
        .join(Discovery, Discovery.id == CandidateTheme.discovery_id)
        .join(Segment, Segment.passage_id == CandidateMember.passage_id)
        .where(
            Segment.kept_out.is_distinct_from(WITHDRAWN),
            CandidateTheme.code_id == code_id,
            CandidateTheme.state.in_(SUPPORTING),
            CandidateMember.passage_id.in_(touched),
        )
        .order_by(CandidateMember.strength, CandidateTheme.id.desc())
    )
    return {passage: (strength, candidate, model) for passage, strength, candidate, model in rows}
