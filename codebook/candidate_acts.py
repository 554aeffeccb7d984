"""What people do with a candidate theme, short of splitting it. Nothing here makes a coding."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from capture.candidate_members import recount
from capture.errors import Conflict, Unfit
from capture.models import CandidateAction, CandidateMember, CandidateTheme
from codebook.bookshelf import find_code
from codebook.candidate_additions import pass_on
from codebook.candidate_record import candidate_of, record, title, undecided_of
from codebook.candidate_suggestions import SUPPORTING, follow
from codebook.curation import add_code
from codebook.drafts import tidy_name
from codebook.entries import CodeEntry

LONGEST_NAME = 120


def map_to_code(
    session: Session, study_id: int, candidate_id: int, code_id: int, *, user_id: int
) -> CandidateAction:
    """Say that a candidate is what a code means; its members become suggestions of that code."""
    candidate = undecided_of(session, study_id, candidate_id)
    code, _ = find_code(session, study_id, code_id)
    action = record(session, candidate, "map", user_id)
    candidate.state, candidate.code_id = "mapped", code.id
    follow(session, study_id, code.id, candidate.id)
    return action


def adopt(
    session: Session, study_id: int, candidate_id: int, entry: CodeEntry, *, user_id: int
) -> CandidateAction:
    """Make a candidate a new code of the codebook; its members become suggestions of it."""
    candidate = undecided_of(session, study_id, candidate_id)
    code = add_code(session, study_id, entry, user_id=user_id)
    action = record(session, candidate, "adopt", user_id, made_code=code.id)
    candidate.state, candidate.code_id = "adopted", code.id
    follow(session, study_id, code.id, candidate.id)
    return action


def rename(
    session: Session, study_id: int, candidate_id: int, name: str, *, user_id: int
) -> CandidateAction | None:
    """Give a candidate a person's name; an empty one goes back to the machine's label.

    Gives None when that is its name already.
    """
    candidate = candidate_of(session, study_id, candidate_id)
    if candidate.state not in {"undecided", *SUPPORTING}:
        candidate = undecided_of(session, study_id, candidate_id)
    name = checked_name(name, empty=True)
    if (name or None) == candidate.name:
        return None
    action = record(session, candidate, "rename", user_id)
    candidate.name = name or None
    return action


def dismiss(
    session: Session, study_id: int, candidate_id: int, reason: str, *, user_id: int
) -> CandidateAction:
    """Put a candidate aside, with the reason a colleague will want to know."""
    candidate = undecided_of(session, study_id, candidate_id)
    reason = tidy_name(reason)
    if not reason:
        raise Unfit(
            "Dismissing a candidate theme needs a reason.",
            way_out="Say in a few words why it is no theme, so that a colleague can follow.",
        )
    action = record(session, candidate, "dismiss", user_id)
    candidate.state, candidate.reason = "dismissed", reason
    return action


def merge(
    session: Session, study_id: int, candidate_id: int, into_id: int, *, user_id: int
) -> CandidateAction:
    """Unite a candidate with another: members of both, each with its greater strength.

    The other may be mapped or adopted already; then the new members become suggestions too.
    """
    candidate = undecided_of(session, study_id, candidate_id)
    into = candidate_of(session, study_id, into_id)
    _check_merge(candidate, into)
    own, theirs = _strengths(session, candidate.id), _strengths(session, into.id)
    added = {passage: s for passage, s in own.items() if passage not in theirs}
    raised = {p: theirs[p] for p in own.keys() & theirs.keys() if own[p] > theirs[p]}
    action = record(
        session,
        candidate,
        "merge",
        user_id,
        into=into.id,
        added=sorted(added),
        raised=sorted(raised.items()),
    )
    _take_in(session, into, added, {passage: own[passage] for passage in raised})
    action.before = action.before | {"offered": pass_on(session, candidate.id, into.id)}
    candidate.state, candidate.merged_into_id = "merged", into.id
    recount(session, into)
    if into.code_id is not None:
        follow(session, study_id, into.code_id, into.id)
    return action


def checked_name(name: str, *, empty: bool = False) -> str:
    """A name on one line; Unfit when it is too long, or missing where one is needed."""
    name = tidy_name(name)
    if len(name) > LONGEST_NAME:
        raise Unfit(f"The name has {len(name)} characters; it may have {LONGEST_NAME}.")
    if not name and not empty:
        raise Unfit("It needs a name.", way_out="A few words that a colleague would use.")
    return name


def _check_merge(candidate: CandidateTheme, into: CandidateTheme) -> None:
    if candidate.id == into.id:
        raise Unfit("A candidate theme can't be merged into itself.", way_out="Choose another.")
    if into.granularity != candidate.granularity:
        raise Unfit(
            "These two are of different coarseness: one may well lie within the other.",
            way_out="Choose one from the same list.",
        )
    if into.state not in {"undecided", *SUPPORTING}:
        raise Conflict(
            f"“{title(into)}” was {into.state}, so nothing can be merged into it.",
            way_out="Nothing was changed. Undo that first, or choose another.",
        )


def _strengths(session: Session, candidate_id: int) -> dict[int, float]:
    rows = session.execute(
        select(CandidateMember.passage_id, CandidateMember.strength).where(
            CandidateMember.candidate_id == candidate_id
        )
    )
    return dict(rows.all())


def _take_in(
    session: Session, into: CandidateTheme, added: dict[int, float], raised: dict[int, float]
) -> None:
    if added:
        session.execute(
            insert(CandidateMember),
            [
                {"candidate_id": into.id, "passage_id": passage, "strength": strength}
                for passage, strength in added.items()
            ],
        )
    for passage, strength in raised.items():
        session.get_one(CandidateMember, (into.id, passage)).strength = strength
    session.flush()
