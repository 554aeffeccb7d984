"""Taking back: an undo is an act too, which appends what stood before."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from capture.models import Act, Decision, Review
from codebook.asking import ask_for_learning
from codebook.bookshelf import codebook_version


def undoable(session: Session, *, study_id: int, user_id: int) -> Act | None:
    """The act that the next undo would take back: a person's latest in a study not yet undone."""
    undo = aliased(Act)
    query = (
        select(Act)
        .where(
            Act.study_id == study_id,
            Act.user_id == user_id,
            Act.undoes_id.is_(None),
            ~select(undo.id).where(undo.undoes_id == Act.id).exists(),
        )
        .order_by(Act.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def undo_last(session: Session, *, study_id: int, user_id: int) -> Act | None:
    """Take back a person's latest act in a study; called again, the one before it.

    Gives the act that undoes (its `undoes_id` is the one taken back, its `passage_id` the passage
    that comes back); None when there is nothing left to take back.
    """
    last = undoable(session, study_id=study_id, user_id=user_id)
    if last is None:
        return None
    undo = Act(study_id=study_id, user_id=user_id, passage_id=last.passage_id, undoes_id=last.id)
    session.add(undo)
    session.flush()
    version = codebook_version(session, study_id)
    _restore_decisions(session, undo, last, version)
    _restore_review(session, undo, last, version)
    session.flush()
    ask_for_learning(session, study_id)
    return undo


def _restore_decisions(session: Session, undo: Act, last: Act, version: int) -> None:
    for taken_back in session.scalars(select(Decision).where(Decision.act_id == last.id)):
        before = session.scalar(
            select(Decision)
            .where(
                Decision.passage_id == taken_back.passage_id,
                Decision.code_id == taken_back.code_id,
                Decision.user_id == taken_back.user_id,
                Decision.id < taken_back.id,
            )
            .order_by(Decision.id.desc())
            .limit(1)
        )
        session.add(_again(undo, taken_back, before, version))


def _again(undo: Act, taken_back: Decision, before: Decision | None, version: int) -> Decision:
    restored = Decision(
        act_id=undo.id,
        passage_id=taken_back.passage_id,
        code_id=taken_back.code_id,
        user_id=taken_back.user_id,
        verdict="withdrawn",
        codebook_version=version,
    )
    if before is not None:
        restored.verdict, restored.stance, restored.memo = (
            before.verdict,
            before.stance,
            before.memo,
        )
        restored.codebook_version, restored.shown = before.codebook_version, before.shown
        # It was judged then; that it was brought back now is what the act's own time says.
        restored.created_at = before.created_at
    return restored


def _restore_review(session: Session, undo: Act, last: Act, version: int) -> None:
    taken_back = session.scalar(select(Review).where(Review.act_id == last.id))
    if taken_back is None:
        return
    before = session.scalar(
        select(Review)
        .where(
            Review.passage_id == taken_back.passage_id,
            Review.user_id == taken_back.user_id,
            Review.id < taken_back.id,
        )
        .order_by(Review.id.desc())
        .limit(1)
    )
    session.add(
        Review(
            act_id=undo.id,
            passage_id=last.passage_id,
            user_id=last.user_id,
            outcome=before.outcome if before else "withdrawn",
            codebook_version=before.codebook_version if before else version,
            created_at=before.created_at if before else undo.created_at,
        )
    )


def last_act_id(session: Session, *, user_id: int, passage_id: int) -> int:
    """The id of a person's latest act on a passage, undoing included; 0 when there is none.

    A page carries it, so that the same act sent twice, or from a page gone stale, is noticed.
    """
    query = select(func.max(Act.id)).where(Act.user_id == user_id, Act.passage_id == passage_id)
    return session.scalar(query) or 0
