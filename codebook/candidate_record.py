"""Finding a candidate theme to act on, and writing down what was done so it can be undone."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.errors import Conflict, NotFound
from capture.models import CandidateAction, CandidateTheme, Code, User

KEPT = ("state", "name", "reason", "code_id", "merged_into_id")
"""What every action keeps of a candidate as it was before."""


def title(candidate: CandidateTheme) -> str:
    """The name a person gave it, else the machine's label."""
    return candidate.name or candidate.label


def find_candidate(session: Session, study_id: int, candidate_id: int) -> CandidateTheme:
    """A candidate, also one that a later run replaced; NotFound when it is another study's."""
    candidate = session.get(CandidateTheme, candidate_id)
    if candidate is None or candidate.study_id != study_id:
        raise NotFound(
            "There is no such candidate theme in this study.",
            way_out="Go back to the candidate themes.",
        )
    return candidate


def candidate_of(session: Session, study_id: int, candidate_id: int) -> CandidateTheme:
    """A candidate to act on; Conflict once a later run replaced it."""
    candidate = find_candidate(session, study_id, candidate_id)
    if candidate.superseded:
        raise Conflict(
            f"“{title(candidate)}” has given way to a later analysis.",
            way_out="Go back to the candidate themes and open the ones found since.",
        )
    return candidate


def undecided_of(session: Session, study_id: int, candidate_id: int) -> CandidateTheme:
    """A candidate nobody has decided on; Conflict says who did, what and when."""
    candidate = candidate_of(session, study_id, candidate_id)
    if candidate.state != "undecided":
        raise Conflict(
            f"“{title(candidate)}” {decided_how(session, candidate)}.",
            way_out="Nothing was changed. If you see it differently, undo that first.",
        )
    return candidate


def decided_how(session: Session, candidate: CandidateTheme) -> str:
    """What was decided and by whom, to follow the candidate's name: "was mapped to …"."""
    action = last_action(session, candidate.id)
    who = ""
    if action is not None:
        name = session.scalar(select(User.name).where(User.id == action.user_id))
        who = f" by {name} on {action.created_at.day} {action.created_at:%B %Y at %H:%M} UTC"
    return f"was {_outcome(session, candidate)}{who}"


def _outcome(session: Session, candidate: CandidateTheme) -> str:
    if candidate.state in {"mapped", "adopted"}:
        name = session.scalar(select(Code.name).where(Code.id == candidate.code_id))
        how = "mapped to the code" if candidate.state == "mapped" else "adopted as the code"
        return f"{how} “{name}”"
    if candidate.state == "merged":
        into = session.get(CandidateTheme, candidate.merged_into_id)
        return f"merged into “{title(into)}”" if into else "merged"
    return f"dismissed ({candidate.reason})" if candidate.reason else candidate.state


def last_action(session: Session, candidate_id: int) -> CandidateAction | None:
    """The newest action on a candidate that was not undone."""
    return session.scalar(
        select(CandidateAction)
        .where(CandidateAction.candidate_id == candidate_id, CandidateAction.undone.is_(False))
        .order_by(CandidateAction.id.desc())
        .limit(1)
    )


def undoable(session: Session, candidate_id: int) -> CandidateAction | None:
    """The newest action, unless another candidate was merged into this one since.

    That merge is to be undone first; a new name rests on nothing.
    """
    action = last_action(session, candidate_id)
    if action is None or action.action == "rename":
        return action
    return None if later_merge(session, candidate_id, action.id) else action


def record(
    session: Session, candidate: CandidateTheme, action: str, user_id: int, **more: object
) -> CandidateAction:
    """Write an action down, with the candidate as it is now and whatever more undoing needs.

    Called before the candidate is changed.
    """
    row = CandidateAction(
        candidate_id=candidate.id,
        user_id=user_id,
        action=action,
        before={field: getattr(candidate, field) for field in KEPT} | more,
    )
    session.add(row)
    session.flush()
    return row


def later_merge(session: Session, candidate_id: int, after: int) -> CandidateTheme | None:
    """A candidate that was merged into this one after an action, if any."""
    newest = func.max(CandidateAction.id)
    return session.scalar(
        select(CandidateTheme)
        .join(CandidateAction, CandidateAction.candidate_id == CandidateTheme.id)
        .where(
            CandidateTheme.merged_into_id == candidate_id,
            CandidateTheme.state == "merged",
            CandidateAction.action == "merge",
            CandidateAction.undone.is_(False),
        )
        .group_by(CandidateTheme.id)
        .having(newest > after)
        .order_by(newest.desc())
        .limit(1)
    )
