"""The candidate themes of a study as they stand, and how far people have made each their own."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import CandidateAction, CandidateMember, CandidateTheme, Segment, ThemeCandidate
from capture.runs.matching import Hold
from capture.standing import looked_at

DECIDED = ("mapped", "adopted", "dismissed")
SHAPED_BY = ("split", "take in")
"""Actions on a theme's members: from then on they are a person's choice."""
Strengths = dict[int, float]


def standing_themes(session: Session, study_id: int) -> list[CandidateTheme]:
    """All themes that stand for themselves, oldest first: what was merged stands in another."""
    return list(
        session.scalars(
            select(CandidateTheme)
            .where(
                CandidateTheme.study_id == study_id,
                CandidateTheme.superseded.is_(False),
                CandidateTheme.state != "merged",
            )
            .order_by(CandidateTheme.id)
        )
    )


def members_of(session: Session, themes: Sequence[CandidateTheme]) -> dict[int, Strengths]:
    """Theme id → passage → strength, of passages that take part, of a text that stands."""
    found: dict[int, Strengths] = {theme.id: {} for theme in themes}
    rows = session.execute(
        select(CandidateMember.candidate_id, CandidateMember.passage_id, CandidateMember.strength)
        .join(Segment, Segment.passage_id == CandidateMember.passage_id)
        .where(CandidateMember.candidate_id.in_(found.keys()), looked_at())
        .order_by(CandidateMember.candidate_id, CandidateMember.passage_id)
    )
    for theme_id, passage_id, strength in rows:
        found[theme_id][passage_id] = strength
    return found


def holds(session: Session, themes: Sequence[CandidateTheme]) -> dict[int, Hold]:
    """How far each theme is a person's: decided, put together or parted ones are closed."""
    ids = [theme.id for theme in themes]
    shaped = shaped_by_people(session, ids)
    shaped |= set(
        session.scalars(
            select(ThemeCandidate.candidate_id).where(ThemeCandidate.candidate_id.in_(ids))
        )
    )
    return {theme.id: _hold(theme, theme.id in shaped) for theme in themes}


def _hold(theme: CandidateTheme, shaped: bool) -> Hold:
    if theme.state in DECIDED or shaped or theme.reruns == 0:
        return "closed"
    return "open" if theme.name is None else "named"


def shaped_by_people(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of these themes whose passages are a person's choice: merged, split or added to."""
    return {*_acted_on(session, ids), *merge_targets(session, ids)}


def _acted_on(session: Session, ids: Sequence[int]) -> Sequence[int]:
    return session.scalars(
        select(CandidateAction.candidate_id).where(
            CandidateAction.candidate_id.in_(ids),
            CandidateAction.action.in_(SHAPED_BY),
            CandidateAction.undone.is_(False),
        )
    ).all()


def merge_targets(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of these themes that others were merged into."""
    rows = session.scalars(
        select(CandidateTheme.merged_into_id).where(
            CandidateTheme.merged_into_id.in_(ids), CandidateTheme.state == "merged"
        )
    )
    return {one for one in rows if one is not None}
