"""A candidate theme's row and members: written from what was found, kept, and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from capture.corrections.hanging import in_lots
from capture.models import CandidateMember, CandidateTheme, Segment
from capture.study_segments import StudySegment
from capture.theming.found import BETWEEN, FoundTheme

FIELDS = (
    "discovery_id",
    "position",
    "label",
    "keyphrases",
    "found_in",
    "reruns",
    "participants",
    "transcripts",
    "single_source",
)
"""What a run may change of a theme it finds again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a theme was found: in which run, how coarsely, as which."""

    study_id: int
    discovery_id: int
    granularity: str
    position: int


def as_it_stands(session: Session, theme: CandidateTheme) -> dict[str, Any]:
    """A theme's fields and members, to be kept as JSON and put back."""
    rows = session.execute(
        select(
            CandidateMember.passage_id,
            CandidateMember.strength,
            CandidateMember.exemplar,
            CandidateMember.at_edge,
        )
        .where(CandidateMember.candidate_id == theme.id)
        .order_by(CandidateMember.passage_id)
    )
    fields = {field: getattr(theme, field) for field in FIELDS}
    return {**fields, "members": [list(row) for row in rows]}


def put_back(session: Session, theme: CandidateTheme, before: dict[str, Any]) -> None:
    """Let a theme stand as it was kept, but for passages that are no segments any more."""
    for field in FIELDS:
        setattr(theme, field, before[field])
    there = _segments(session, [row[0] for row in before["members"]])
    _replace(session, theme.id, [row for row in before["members"] if row[0] in there])


def make(
    session: Session,
    place: Place,
    found: FoundTheme,
    strengths: Mapping[int, float],
    segments: Sequence[StudySegment],
) -> CandidateTheme:
    """A new theme with those of the found members that have a strength (passage → 0 to 1)."""
    theme = CandidateTheme(
        study_id=place.study_id,
        discovery_id=place.discovery_id,
        granularity=place.granularity,
        position=place.position,
        label=found.label,
        found_in=found.found_in,
        reruns=found.reruns,
        participants=0,
        transcripts=0,
    )
    session.add(theme)
    session.flush()
    fill(session, theme, place, found, strengths, segments)
    return theme


def label_from(label: str, found: FoundTheme) -> str:
    """The label of a theme found again: as it was, where only the order of its phrases is new."""
    same = set(label.split(BETWEEN)) == set(found.label.split(BETWEEN))
    return label if same else found.label


def fill(
    session: Session,
    theme: CandidateTheme,
    place: Place,
    found: FoundTheme,
    strengths: Mapping[int, float],
    segments: Sequence[StudySegment],
) -> None:
    """Bring a theme that was found again to what was found; its id and its name stay."""
    ranks = {index: rank for rank, index in enumerate(found.exemplars)}
    rows: list[list[Any]] = [
        [
            segments[member.index].passage_id,
            strengths[segments[member.index].passage_id],
            ranks.get(member.index),
            member.index == found.edge,
        ]
        for member in found.members
        if segments[member.index].passage_id in strengths
    ]
    heard = [
        one for one in (segments[m.index] for m in found.members) if one.passage_id in strengths
    ]
    theme.discovery_id, theme.position = place.discovery_id, place.position
    theme.label, theme.keyphrases = label_from(theme.label, found), list(found.keyphrases)
    theme.found_in, theme.reruns = found.found_in, found.reruns
    theme.participants = len({one.person for one in heard})
    theme.transcripts = len({one.transcript_id for one in heard})
    theme.single_source = theme.transcripts == 1 or theme.participants == 1
    there = _segments(session, [row[0] for row in rows])
    _replace(session, theme.id, [row for row in rows if row[0] in there])


def _segments(session: Session, passage_ids: Sequence[int]) -> set[int]:
    """Those of the passages that are segments still: a text may have been corrected meanwhile."""
    there: set[int] = set()
    for some in in_lots(passage_ids):
        asked = select(Segment.passage_id).where(Segment.passage_id.in_(some))
        there |= set(session.scalars(asked))
    return there


def _replace(session: Session, theme_id: int, rows: Sequence[Sequence[Any]]) -> None:
    session.flush()
    session.execute(delete(CandidateMember).where(CandidateMember.candidate_id == theme_id))
    if rows:
        names = ("passage_id", "strength", "exemplar", "at_edge")
        values = [{"candidate_id": theme_id, **dict(zip(names, r, strict=True))} for r in rows]
        session.execute(insert(CandidateMember), values)
