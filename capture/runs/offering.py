"""Passages near a candidate theme that people decided on: offered to them, never put in."""

from collections.abc import Mapping

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from capture.models import CandidateMember, CandidateOffer, Segment
from capture.standing import Columns, looked_at


def offer(session: Session, candidate_id: int, near: Mapping[int, float], discovery_id: int) -> int:
    """Offer passages to a theme; gives how many are offered that were not before.

    What it has already, or what a person left out of it, is not offered again.
    """
    has = set(session.scalars(_members(candidate_id)))
    there = {
        row.passage_id: row
        for row in session.scalars(
            select(CandidateOffer).where(CandidateOffer.candidate_id == candidate_id)
        )
    }
    new = 0
    for passage_id, strength in sorted(near.items()):
        if passage_id in has:
            continue
        if passage_id in there:
            there[passage_id].strength = strength
            continue
        new += 1
        session.add(
            CandidateOffer(
                candidate_id=candidate_id,
                passage_id=passage_id,
                strength=strength,
                discovery_id=discovery_id,
            )
        )
    session.flush()
    return new


def offered(session: Session, candidate_id: int) -> list[CandidateOffer]:
    """What waits to be added to a theme or left out of it, the nearest first."""
    return list(
        session.scalars(
            unanswered(select(CandidateOffer))
            .where(CandidateOffer.candidate_id == candidate_id)
            .order_by(CandidateOffer.strength.desc(), CandidateOffer.passage_id)
        )
    )


def unanswered(asked: Select[*Columns]) -> Select[*Columns]:
    """Of offers, those that nobody answered, of segments that may be seen."""
    has = exists().where(
        CandidateMember.candidate_id == CandidateOffer.candidate_id,
        CandidateMember.passage_id == CandidateOffer.passage_id,
    )
    with_segment = asked.join(Segment, Segment.passage_id == CandidateOffer.passage_id)
    return with_segment.where(CandidateOffer.declined.is_(False), looked_at(), ~has)


def take_back(session: Session, discovery_id: int) -> None:
    """Offer no longer what this run offered and nobody answered yet."""
    session.execute(
        delete(CandidateOffer).where(
            CandidateOffer.discovery_id == discovery_id, CandidateOffer.declined.is_(False)
        )
    )


def _members(candidate_id: int) -> Select[int]:
    return select(CandidateMember.passage_id).where(CandidateMember.candidate_id == candidate_id)
