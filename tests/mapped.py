"""A built study whose segments have places on the map of themes."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from capture.models import CandidateTheme, Segment, Study
from tests.builders import SAID, Built


def place(session: Session, built: Built, passages: Sequence[int] | None = None) -> list[int]:
    """Give segments places, of all but the facilitator's unless said otherwise; who has one."""
    given = passages or [p for i, p in enumerate(built.passage_ids) if i % len(SAID) != 0]
    for number, passage_id in enumerate(given):
        segment = session.get_one(Segment, passage_id)
        segment.map_x, segment.map_y = float(number % 2 * 10), float(number)
    for candidate_id in built.candidate_ids:
        candidate = session.get_one(CandidateTheme, candidate_id)
        candidate.keyphrases = [candidate.label]
    session.get_one(Study, built.study_id).mapped_from = "built"
    session.flush()
    return list(given)
