"""Carrying out what a coder asked for, once: a page sent twice, or gone stale, records nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.review.form import Asked, Undoing, chosen_code
from api.review.page import Showing
from api.review.place import Place
from api.review.words import what_was_done
from capture.errors import Unfit
from capture.models import Act, Code, Decision
from codebook.decisions import (
    Outcome,
    Verdict,
    check_passage,
    own_decisions,
    own_review,
    record_act,
)
from codebook.ticks import Ticks, verdicts_of
from codebook.undo import last_act_id, undo_last, undoable

STALE = (
    "You decided on this passage in another tab meanwhile. This is how it stands; what you sent "
    "from here was not added."
)
OUTCOMES: dict[str, Outcome] = {"confirm": "reviewed", "none": "none applies"}


@dataclass(frozen=True, slots=True)
class Done:
    """What to show after an act, where and how, and the sentence to say."""

    place: Place
    said: str
    showing: Showing | None = None
    moved: bool = False
    """Another passage is in view now."""
    counts: bool = False
    """The sentence goes on with how far this coder is."""


def perform(session: Session, user_id: int, place: Place, asked: Asked) -> Done:
    """Record the act that was asked for, unless it is there already."""
    check_passage(session, place.study_id, asked.on)
    verdicts, outcome = _judged(session, user_id, asked)
    ticks = _ticks_after(asked)
    if asked.seen != last_act_id(session, user_id=user_id, passage_id=asked.on):
        if not _there_already(session, user_id, asked, verdicts, outcome):
            showing = Showing(notice=STALE)
            return Done(place.at(asked.on), "Nothing was recorded.", showing)
        said = "That was recorded already."
    else:
        said = _record(session, user_id, place.study_id, asked, verdicts, outcome)
    if outcome is not None:
        return Done(place.on_from(asked.on), said, moved=True, counts=True)
    showing = Showing(ticks, focus=asked.code_id)
    return Done(place.at(asked.on), said, showing)


def _judged(session: Session, user_id: int, asked: Asked) -> tuple[list[Verdict], Outcome | None]:
    memo = asked.ticks().memo(asked.code_id)
    if asked.gesture == "reject":
        return [Verdict(asked.code_id, "reject", memo=memo)], None
    if asked.gesture == "unsure":
        return [Verdict(asked.code_id, "unsure", memo=memo)], None
    if asked.gesture == "relabel":
        new = chosen_code(asked.add)
        return [Verdict(new, "confirm"), Verdict(asked.code_id, "reject", memo=memo)], None
    if asked.gesture == "none" and asked.confirm:
        raise Unfit(
            "A code is ticked, so “none applies” was not recorded.",
            way_out="Untick it first, or confirm what is ticked.",
        )
    own = own_decisions(session, user_id, asked.on)
    retired = session.scalars(select(Code.id).where(Code.id.in_(own), Code.retired)).all()
    return verdicts_of(asked.ticks(), own, retired), OUTCOMES[asked.gesture]


def _ticks_after(asked: Asked) -> Ticks:
    """The page's ticks with the act's own codes as they are now recorded."""
    ticks = asked.ticks()
    stances = {code: stance for code, stance in ticks.stances.items() if code != asked.code_id}
    if asked.gesture == "relabel":
        stances.setdefault(chosen_code(asked.add), None)
    return replace(ticks, stances=stances)


def _there_already(
    session: Session,
    user_id: int,
    asked: Asked,
    verdicts: Sequence[Verdict],
    outcome: Outcome | None,
) -> bool:
    if outcome is not None:
        return not verdicts and own_review(session, user_id, asked.on) == outcome
    own = own_decisions(session, user_id, asked.on)
    return all(v.code_id in own and own[v.code_id].verdict == v.verdict for v in verdicts)


def _record(
    session: Session,
    user_id: int,
    study_id: int,
    asked: Asked,
    verdicts: Sequence[Verdict],
    outcome: Outcome | None,
) -> str:
    act = record_act(
        session,
        study_id=study_id,
        user_id=user_id,
        passage_id=asked.on,
        verdicts=verdicts,
        outcome=outcome,
        shown=asked.in_view(),
    )
    return what_was_done(session, act)


def take_back(session: Session, user_id: int, place: Place, page: Undoing) -> Done:
    """Take back the act the page knew as the last; say so when there has been another since."""
    study_id = place.study_id
    last = undoable(session, study_id=study_id, user_id=user_id)
    here = place.at(page.on)
    showing = Showing(page.ticks())
    if last is None:
        return Done(here, "There is nothing of yours to take back.", showing)
    if last.id != page.last:
        return Done(here, "That was taken back already, or you did more in another tab.", showing)
    done = what_was_done(session, last)
    ticks = _ticks_before(session, last, page)
    undo_last(session, study_id=study_id, user_id=user_id)
    skipped = tuple(p for p in place.skipped if p != last.passage_id)
    back = tuple(p for p in place.back if p != last.passage_id)
    there = replace(place, skipped=skipped, back=back, passage=last.passage_id)
    return Done(there, f"Taken back: {done}", Showing(ticks, why="You took this back."), moved=True)


def _ticks_before(session: Session, last: Act, page: Undoing) -> Ticks:
    """What was ticked when the act was made, so that it can be put right, not done again."""
    kept = page.ticks() if page.on == last.passage_id else Ticks()
    made = session.scalars(select(Decision).where(Decision.act_id == last.id)).all()
    confirmed = {d.code_id: d.stance for d in made if d.verdict == "confirm"}
    memos = {d.code_id: d.memo for d in made if d.memo}
    return Ticks({**kept.stances, **confirmed}, {**kept.memos, **memos})
