"""Passages found since near a theme that people made their own: they say which belong."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from capture.candidate_members import recount
from capture.errors import Conflict
from capture.models import (
    CandidateAction,
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Passage,
)
from capture.runs.offering import offered, unanswered
from codebook.candidate_record import candidate_of, decided_how, record, title
from codebook.candidate_suggestions import SUPPORTING, follow
from codebook.evidence import Evidence, load_evidence


def additions(session: Session, candidate_id: int) -> list[Evidence]:
    """What is offered to a candidate, with its words, the nearest first."""
    return load_evidence(
        session, [(row.passage_id, row.strength) for row in offered(session, candidate_id)]
    )


def count_offered(session: Session, study_id: int) -> dict[int, int]:
    """How many passages each candidate is offered; those without any are not in it."""
    counted = select(CandidateOffer.candidate_id, func.count()).select_from(CandidateOffer)
    rows = session.execute(
        unanswered(counted)
        .join(CandidateTheme, CandidateTheme.id == CandidateOffer.candidate_id)
        .where(
            CandidateTheme.study_id == study_id,
            CandidateTheme.superseded.is_(False),
            CandidateTheme.state.in_(("undecided", *SUPPORTING)),
        )
        .group_by(CandidateOffer.candidate_id)
    )
    return dict(rows.all())


def take_in(
    session: Session,
    study_id: int,
    candidate_id: int,
    shown: Collection[int],
    picked: Collection[int],
    *,
    user_id: int,
) -> CandidateAction:
    """Add the picked of the offered passages that were shown; the others are left out for good.

    A mapped or adopted candidate's code is suggested for what joins it.
    """
    candidate = candidate_of(session, study_id, candidate_id)
    _check_open(session, candidate)
    offers = {row.passage_id: row for row in offered(session, candidate_id)}
    if not shown or not {*shown, *picked} <= offers.keys():
        raise Conflict(
            "What is offered to this candidate theme has changed since.",
            way_out="Nothing was changed. Open it again and pick anew.",
        )
    joining = [offers[one] for one in sorted(set(picked))]
    left = sorted(set(shown) - set(picked))
    action = record(
        session,
        candidate,
        "take in",
        user_id,
        taken=[[row.passage_id, row.strength, row.discovery_id] for row in joining],
        left=left,
    )
    for passage_id in left:
        offers[passage_id].declined = True
    _join(session, candidate, joining)
    recount(session, candidate)
    if candidate.code_id is not None:
        follow(session, study_id, candidate.code_id, candidate.id)
    return action


def pass_on(session: Session, from_id: int, into_id: int) -> list[int]:
    """What is offered to a candidate is offered to the one it is merged into; gives what moved.

    Not what that one has, was offered itself or was told to leave out.
    """
    has = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == into_id)
    asked = select(CandidateOffer.passage_id).where(CandidateOffer.candidate_id == into_id)
    known = {*session.scalars(has), *session.scalars(asked)}
    moving = [row for row in offered(session, from_id) if row.passage_id not in known]
    for row in moving:
        row.candidate_id = into_id
    session.flush()
    return sorted(row.passage_id for row in moving)


def give_back(session: Session, from_id: int, into_id: int, moved: Collection[int]) -> None:
    """Offer again to a candidate what went over with a merge, where nobody answered meanwhile."""
    for row in offered(session, into_id):
        if row.passage_id in moved:
            row.candidate_id = from_id
    session.flush()


def undo_take_in(session: Session, candidate: CandidateTheme, action: CandidateAction) -> None:
    """Take out what was added, and offer all of it again."""
    taken: Sequence[tuple[int, float, int]] = action.before["taken"]
    passages = [passage for passage, _, _ in taken]
    session.execute(
        delete(CandidateMember).where(
            CandidateMember.candidate_id == candidate.id, CandidateMember.passage_id.in_(passages)
        )
    )
    there = set(session.scalars(select(Passage.id).where(Passage.id.in_(passages))))
    for passage_id, strength, run in taken:
        if passage_id in there:
            session.add(
                CandidateOffer(
                    candidate_id=candidate.id,
                    passage_id=passage_id,
                    strength=strength,
                    discovery_id=run,
                )
            )
    for passage_id in action.before["left"]:
        row = session.get(CandidateOffer, (candidate.id, passage_id))
        if row is not None:
            row.declined = False
    recount(session, candidate)
    if candidate.code_id is not None:
        follow(session, candidate.study_id, candidate.code_id, candidate.id, passages=passages)


def _check_open(session: Session, candidate: CandidateTheme) -> None:
    if candidate.state not in {"undecided", *SUPPORTING}:
        raise Conflict(
            f"“{title(candidate)}” {decided_how(session, candidate)}.",
            way_out="Nothing was changed. If you see it differently, undo that first.",
        )


def _join(session: Session, candidate: CandidateTheme, offers: Sequence[CandidateOffer]) -> None:
    if offers:
        rows = [
            {"candidate_id": candidate.id, "passage_id": o.passage_id, "strength": o.strength}
            for o in offers
        ]
        session.execute(insert(CandidateMember), rows)
    for row in offers:
        session.delete(row)
    session.flush()
