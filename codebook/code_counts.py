"""How much rests on each code: codings that stand, and passages suggested for it."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.models import Code, Passage, Suggestion, Transcript, TranscriptVersion
from codebook.codings import codings


@dataclass(frozen=True, slots=True)
class CodeCount:
    """Passages with a coding that stands, disputed ones, and passages it is suggested for."""

    codings: int = 0
    disputed: int = 0
    suggested: int = 0


def code_counts(session: Session, study_id: int) -> dict[int, CodeCount]:
    """Counts of every code of a study on which anything rests, by the code's id."""
    states = Counter((coding.code_id, coding.state) for coding in codings(session, study_id))
    rows = session.execute(
        select(Suggestion.code_id, func.count(Suggestion.passage_id.distinct()))
        .join(Code, Code.id == Suggestion.code_id)
        .join(Passage, Passage.id == Suggestion.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Code.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .group_by(Suggestion.code_id)
    )
    suggested: dict[int, int] = dict(rows.all())
    return {
        code_id: CodeCount(
            states[code_id, "stands"], states[code_id, "disputed"], suggested.get(code_id, 0)
        )
        for code_id in {*suggested, *(code_id for code_id, _ in states)}
    }
