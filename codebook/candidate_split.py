"""Splitting a candidate theme: the members a person picked move out into one of their own."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.candidate_members import choose_examples, recount
from capture.errors import Conflict, Unfit
from capture.models import CandidateMember, CandidateTheme
from codebook.candidate_acts import checked_name
from codebook.candidate_record import record, undecided_of


def split(
    session: Session,
    study_id: int,
    candidate_id: int,
    passage_ids: Collection[int],
    name: str,
    *,
    user_id: int,
) -> CandidateTheme:
    """Move members out into a new candidate theme called `name`; gives the new one."""
    candidate = undecided_of(session, study_id, candidate_id)
    name = checked_name(name)
    members = {
        member.passage_id: member
        for member in session.scalars(
            select(CandidateMember).where(CandidateMember.candidate_id == candidate.id)
        )
    }
    picked = set(passage_ids)
    _check_picked(picked, members.keys())
    made = _made(session, candidate, name)
    marks = [[p, m.exemplar, m.at_edge] for p, m in members.items() if _marked(m)]
    record(session, candidate, "split", user_id, made=made.id, marks=marks)
    for passage_id in picked:
        member = members[passage_id]
        member.candidate_id, member.exemplar, member.at_edge = made.id, None, False
    for one in (candidate, made):
        choose_examples(recount(session, one))
    session.flush()
    return made


def _check_picked(picked: set[int], members: Collection[int]) -> None:
    if not picked:
        raise Unfit("Nothing is picked.", way_out="Tick the passages that belong elsewhere.")
    if not picked <= set(members):
        raise Conflict(
            "Some of these passages are not in this candidate theme any more.",
            way_out="Nothing was changed. Open it again and pick anew.",
        )
    if len(picked) == len(members):
        raise Unfit(
            "All of it is picked, so nothing would be left.",
            way_out="Leave at least one passage, or rename the candidate theme.",
        )


def _marked(member: CandidateMember) -> bool:
    return member.exemplar is not None or member.at_edge


def _made(session: Session, candidate: CandidateTheme, name: str) -> CandidateTheme:
    last = session.scalar(
        select(func.max(CandidateTheme.position)).where(
            CandidateTheme.discovery_id == candidate.discovery_id,
            CandidateTheme.granularity == candidate.granularity,
        )
    )
    made = CandidateTheme(
        study_id=candidate.study_id,
        discovery_id=candidate.discovery_id,
        granularity=candidate.granularity,
        position=(last or 0) + 1,
        label=name,
        name=name,
        found_in=0,
        reruns=0,
        participants=0,
        transcripts=0,
    )
    session.add(made)
    session.flush()
    return made
