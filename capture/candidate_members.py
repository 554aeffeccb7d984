"""The members of a candidate theme: who they come from, and which speak for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import (
    Appearance,
    CandidateMember,
    CandidateTheme,
    Passage,
    Segment,
    TranscriptVersion,
    Turn,
)
from capture.standing import looked_at

EXEMPLARS = 3
"""Shown at least, where there are so many people."""


@dataclass(frozen=True, slots=True)
class MemberSource:
    """A member and where it comes from; `person` is one participant, or one unmapped speaker."""

    row: CandidateMember
    person: tuple[str, int | None]
    transcript_id: int
    place: str | None
    """Where the person was then, where that was said of them rather than of the transcript."""


def sources(session: Session, candidate_id: int) -> list[MemberSource]:
    """All members that take part, of a text that stands, strongest first, and whose they are."""
    rows = session.execute(
        select(
            CandidateMember,
            Appearance.participant_id,
            Appearance.id,
            Appearance.place,
            TranscriptVersion.transcript_id,
        )
        .join(Passage, Passage.id == CandidateMember.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Segment, Segment.passage_id == Passage.id)
        .join(Turn, Turn.id == Segment.turn_id)
        .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
        .where(CandidateMember.candidate_id == candidate_id, looked_at())
        .order_by(CandidateMember.strength.desc(), CandidateMember.passage_id)
    )
    return [
        MemberSource(member, _person(participant, appearance, transcript), transcript, place)
        for member, participant, appearance, place, transcript in rows
    ]


def _person(
    participant: int | None, appearance: int | None, transcript: int
) -> tuple[str, int | None]:
    if participant is not None:
        return "participant", participant
    return ("speaker", appearance) if appearance is not None else ("unnamed in", transcript)


def recount(session: Session, candidate: CandidateTheme) -> list[MemberSource]:
    """Bring a candidate's counts to its members; gives the members."""
    session.flush()
    found = sources(session, candidate.id)
    candidate.participants = len({source.person for source in found})
    candidate.transcripts = len({source.transcript_id for source in found})
    candidate.single_source = candidate.participants <= 1 or candidate.transcripts <= 1
    return found


def choose_examples(members: Sequence[MemberSource]) -> None:
    """Mark exemplars and the one at the edge, keeping those already marked.

    Members come strongest first. Exemplars are of different people; the edge is the weakest.
    """
    chosen = sorted(
        (m for m in members if m.row.exemplar is not None), key=lambda m: m.row.exemplar or 0
    )
    people = {member.person for member in chosen}
    for member in members:
        if len(chosen) < EXEMPLARS and member.person not in people:
            chosen.append(member)
            people.add(member.person)
    for rank, member in enumerate(chosen):
        member.row.exemplar = rank
    others = [member for member in members if member.row.exemplar is None]
    if others and not any(member.row.at_edge for member in others):
        others[-1].row.at_edge = True
