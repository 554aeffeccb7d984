"""What a theme rests on: codes, candidate themes, and quotes that speak for it or against it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import NotFound
from capture.models import CandidateTheme, Code, ThemeCandidate, ThemeCode, ThemePassage
from codebook.chosen import check_quotable
from codebook.decisions import check_passage
from codebook.themes import find_theme


def codes_under(session: Session, theme_ids: Collection[int]) -> dict[int, list[int]]:
    """The codes each theme rests on, by theme."""
    found: dict[int, list[int]] = {theme_id: [] for theme_id in theme_ids}
    rows = select(ThemeCode).where(ThemeCode.theme_id.in_(theme_ids)).order_by(ThemeCode.code_id)
    for row in session.scalars(rows):
        found[row.theme_id].append(row.code_id)
    return found


def rest_on_code(session: Session, study_id: int, theme_id: int, code_id: int) -> str:
    """Let a theme rest on a code; resting on it already, nothing changes. Gives the code's name."""
    find_theme(session, study_id, theme_id)
    code = _code(session, study_id, code_id)
    if session.get(ThemeCode, (theme_id, code_id)) is None:
        session.add(ThemeCode(theme_id=theme_id, code_id=code_id))
        session.flush()
    return code.name


def take_off_code(session: Session, study_id: int, theme_id: int, code_id: int) -> None:
    """Let a theme no longer rest on a code."""
    find_theme(session, study_id, theme_id)
    _code(session, study_id, code_id)
    _take_off(session, session.get(ThemeCode, (theme_id, code_id)))


def candidates_under(session: Session, theme_id: int) -> list[CandidateTheme]:
    """The candidate themes a theme rests on."""
    return list(
        session.scalars(
            select(CandidateTheme)
            .join(ThemeCandidate, ThemeCandidate.candidate_id == CandidateTheme.id)
            .where(ThemeCandidate.theme_id == theme_id)
            .order_by(CandidateTheme.id)
        )
    )


def candidates_to_rest_on(session: Session, study_id: int) -> list[CandidateTheme]:
    """Candidate themes that nobody dismissed or merged into another."""
    return list(
        session.scalars(
            select(CandidateTheme)
            .where(
                CandidateTheme.study_id == study_id,
                CandidateTheme.superseded.is_(False),
                CandidateTheme.state.not_in(("dismissed", "merged")),
            )
            .order_by(CandidateTheme.granularity, CandidateTheme.position, CandidateTheme.id)
        )
    )


def rest_on_candidate(session: Session, study_id: int, theme_id: int, candidate_id: int) -> str:
    """Let a theme rest on a candidate theme; gives the candidate's name."""
    find_theme(session, study_id, theme_id)
    candidate = _candidate(session, study_id, candidate_id)
    if session.get(ThemeCandidate, (theme_id, candidate_id)) is None:
        session.add(ThemeCandidate(theme_id=theme_id, candidate_id=candidate_id))
        session.flush()
    return candidate.name or candidate.label


def take_off_candidate(session: Session, study_id: int, theme_id: int, candidate_id: int) -> None:
    """Let a theme no longer rest on a candidate theme."""
    find_theme(session, study_id, theme_id)
    _candidate(session, study_id, candidate_id)
    _take_off(session, session.get(ThemeCandidate, (theme_id, candidate_id)))


def stand_passage(
    session: Session, study_id: int, theme_id: int, passage_id: int, *, against: bool = False
) -> None:
    """Let a passage speak for a theme, or against it. NotFound when it may not be quoted."""
    find_theme(session, study_id, theme_id)
    check_quotable(session, study_id, passage_id)
    there = session.get(ThemePassage, (theme_id, passage_id))
    if there is None:
        session.add(ThemePassage(theme_id=theme_id, passage_id=passage_id, against=against))
    else:
        there.against = against
    session.flush()


def take_off_passage(session: Session, study_id: int, theme_id: int, passage_id: int) -> None:
    """Take a passage off a theme; where a code brings it, it goes on speaking for the theme."""
    find_theme(session, study_id, theme_id)
    check_passage(session, study_id, passage_id)
    _take_off(session, session.get(ThemePassage, (theme_id, passage_id)))


def _code(session: Session, study_id: int, code_id: int) -> Code:
    code = session.get(Code, code_id)
    if code is None or code.study_id != study_id:
        raise NotFound("There is no such code in this study.")
    return code


def _candidate(session: Session, study_id: int, candidate_id: int) -> CandidateTheme:
    candidate = session.get(CandidateTheme, candidate_id)
    if candidate is None or candidate.study_id != study_id:
        raise NotFound("There is no such candidate theme in this study.")
    return candidate


def _take_off(session: Session, row: ThemeCode | ThemeCandidate | ThemePassage | None) -> None:
    if row is not None:
        session.delete(row)
        session.flush()
