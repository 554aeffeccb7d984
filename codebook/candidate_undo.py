"""Undoing the last action on a candidate theme: what was before stands again, exactly."""

from collections.abc import Callable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from capture.candidate_members import recount
from capture.errors import Conflict
from capture.models import (
    CandidateAction,
    CandidateMember,
    CandidateTheme,
    Code,
    Decision,
    ThemeCandidate,
    ThemeCode,
)
from codebook.candidate_additions import give_back, undo_take_in
from codebook.candidate_record import KEPT, candidate_of, last_action, later_merge, title
from codebook.candidate_suggestions import follow
from codebook.curation import retire_code


def undo(
    session: Session,
    study_id: int,
    candidate_id: int,
    *,
    user_id: int,
    action_id: int | None = None,
) -> CandidateAction:
    """Undo the newest action on a candidate; `action_id` is the one the person had in view.

    Conflict when there is none, when another came after it, or when later work rests on it.
    """
    candidate = candidate_of(session, study_id, candidate_id)
    action = last_action(session, candidate_id)
    if action is None:
        raise Conflict(f"There is nothing to undo on “{title(candidate)}”.")
    if action_id is not None and action.id != action_id:
        raise Conflict(
            f"Something else was done with “{title(candidate)}” since.",
            way_out="Nothing was changed. Look at it again before you undo.",
        )
    if action.action != "rename":
        _refuse_after_merge(session, candidate.id, action.id)
    code_id = candidate.code_id
    _BACK.get(action.action, _nothing_more)(session, candidate, action, user_id)
    for field in KEPT:
        setattr(candidate, field, action.before[field])
    action.undone = True
    if code_id is not None and candidate.code_id is None:
        follow(session, study_id, code_id, candidate.id)
    session.flush()
    if action.action == "adopt":
        _retire_made(session, candidate, action.before["made_code"], user_id)
    return action


def _nothing_more(
    session: Session, candidate: CandidateTheme, action: CandidateAction, user_id: int
) -> None:
    del session, candidate, action, user_id


def _undo_merge(
    session: Session, candidate: CandidateTheme, action: CandidateAction, user_id: int
) -> None:
    del user_id
    into = session.get_one(CandidateTheme, action.before["into"])
    _refuse_after(session, into, action)
    session.execute(
        delete(CandidateMember).where(
            CandidateMember.candidate_id == into.id,
            CandidateMember.passage_id.in_(action.before["added"]),
        )
    )
    for passage_id, strength in action.before["raised"]:
        raised = session.get(CandidateMember, (into.id, passage_id))
        if raised is not None:  # its text may have been corrected since
            raised.strength = strength
    give_back(session, candidate.id, into.id, action.before.get("offered", ()))
    if into.name_is_copied and "target" in action.before:  # merges no longer name what they fill
        into.name = action.before["target"]["name"]
    recount(session, into)
    if into.code_id is not None:
        follow(session, into.study_id, into.code_id, into.id, candidate.id)


def _undo_split(
    session: Session, candidate: CandidateTheme, action: CandidateAction, user_id: int
) -> None:
    del user_id
    made = session.get_one(CandidateTheme, action.before["made"])
    _refuse_after(session, made, action)
    if session.scalar(
        select(ThemeCandidate.theme_id).where(ThemeCandidate.candidate_id == made.id).limit(1)
    ):
        raise Conflict(
            f"A theme rests on “{title(made)}”, which was split off.",
            way_out="Nothing was changed. Take it out of the theme first.",
        )
    for owner in (made.id, candidate.id):
        session.execute(
            update(CandidateMember)
            .where(CandidateMember.candidate_id == owner)
            .values(candidate_id=candidate.id, exemplar=None, at_edge=False)
        )
    session.expire_all()
    for passage_id, exemplar, at_edge in action.before["marks"]:
        member = session.get(CandidateMember, (candidate.id, passage_id))
        if member is not None:
            member.exemplar, member.at_edge = exemplar, at_edge
    made.superseded = True
    recount(session, candidate)


def _refuse_after(session: Session, other: CandidateTheme, action: CandidateAction) -> None:
    """Refuse when the other candidate was acted on since, but for a new name."""
    later = session.scalar(
        select(CandidateAction.id)
        .where(
            CandidateAction.candidate_id == other.id,
            CandidateAction.id > action.id,
            CandidateAction.undone.is_(False),
            CandidateAction.action != "rename",
        )
        .limit(1)
    )
    if later is not None:
        raise Conflict(
            f"Something was done with “{title(other)}” since.",
            way_out="Nothing was changed. Undo that first, then this.",
        )
    _refuse_after_merge(session, other.id, action.id)


def _refuse_after_merge(session: Session, candidate_id: int, action_id: int) -> None:
    merged = later_merge(session, candidate_id, action_id)
    if merged is not None:
        raise Conflict(
            f"“{title(merged)}” was merged into this one since.",
            way_out=f"Nothing was changed. Open “{title(merged)}” and undo that first.",
        )


def _retire_made(session: Session, candidate: CandidateTheme, code_id: int, user_id: int) -> None:
    """Retire the code an adoption made, unless something has come to rest on it."""
    code = session.get_one(Code, code_id)
    rests = (
        select(Decision.id).where(Decision.code_id == code_id),
        select(CandidateTheme.id).where(CandidateTheme.code_id == code_id),
        select(ThemeCode.theme_id).where(ThemeCode.code_id == code_id),
        select(Code.id).where(Code.parent_id == code_id),
    )
    if code.retired or any(session.scalar(one.limit(1)) is not None for one in rests):
        return
    why = f"its adoption from “{title(candidate)}” was undone"
    retire_code(session, candidate.study_id, code_id, user_id=user_id, why=why)


def _undo_take_in(
    session: Session, candidate: CandidateTheme, action: CandidateAction, user_id: int
) -> None:
    del user_id
    undo_take_in(session, candidate, action)


_BACK: dict[str, Callable[[Session, CandidateTheme, CandidateAction, int], None]] = {
    "merge": _undo_merge,
    "split": _undo_split,
    "take in": _undo_take_in,
}
