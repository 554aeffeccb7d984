"""Choosing quotes for the report, from the quote bank."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import NotFound
from capture.models import Appearance, Quote
from codebook.decisions import check_passage
from codebook.said import passages_said
from codebook.sharing import INSIDE, Held, Release

ONLY_INSIDE = "It was agreed only for use inside the programme: for the public it is held back."
"""Told when such words are chosen: they may be, but not for every report."""


def check_quotable(session: Session, study_id: int, passage_id: int) -> None:
    """Raise NotFound unless the gate lets this passage be quoted.

    It doesn't say why not: report authors are not told what a passage they can't see holds.
    """
    said = passages_said(session, study_id, {passage_id}).get(passage_id)
    if said is None or said.released().attribution is None:
        raise NotFound("That passage isn't in the quote bank.", way_out="Go back to the quotes.")


def why_held(
    session: Session, study_id: int, passage_id: int
) -> tuple[Held | None, Sequence[Appearance]]:
    """Why the gate holds a passage back, None where it doesn't; and who speaks in it."""
    said = passages_said(session, study_id, {passage_id})[passage_id]
    return said.released().held, said.speakers


def inside_only(session: Session, study_id: int, passage_id: int) -> bool:
    """Whether a passage may be quoted, but not outside the programme."""
    said = passages_said(session, study_id, {passage_id}).get(passage_id)
    answer = said.released() if said is not None else Release()
    return answer.attribution is not None and answer.travels == INSIDE


def choose(session: Session, study_id: int, passage_id: int, *, user_id: int) -> None:
    """Choose a passage for the report; chosen already, it stays as it is."""
    check_quotable(session, study_id, passage_id)
    keep(session, study_id, passage_id, user_id=user_id)


def keep(session: Session, study_id: int, passage_id: int, *, user_id: int) -> Quote:
    """The one quote of a passage, made when new. Ask the gate first: this doesn't."""
    quote = chosen(session, study_id, passage_id)
    if quote is None:
        quote = Quote(study_id=study_id, passage_id=passage_id, chosen_by=user_id)
        session.add(quote)
        session.flush()
    return quote


def leave_out(session: Session, study_id: int, passage_id: int) -> None:
    """Take a choice back; not chosen, nothing changes."""
    check_passage(session, study_id, passage_id)
    quote = chosen(session, study_id, passage_id)
    if quote is not None:
        session.delete(quote)
        session.flush()


def chosen(session: Session, study_id: int, passage_id: int) -> Quote | None:
    """The quote a passage is; None when nobody chose it."""
    return session.scalar(
        select(Quote).where(Quote.study_id == study_id, Quote.passage_id == passage_id)
    )


def transcript_of(session: Session, study_id: int, passage_id: int) -> int:
    """The transcript a passage stands in; NotFound where it isn't in this study."""
    said = passages_said(session, study_id, {passage_id}).get(passage_id)
    if said is None:
        raise NotFound("That passage isn't in this study.", way_out="Go back to the quotes.")
    return said.transcript.id
