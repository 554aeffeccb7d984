"""What the review page shows: a passage in its context, and a row for every code in question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.clock import clock
from api.review.place import Place
from api.review.words import points
from capture.models import CandidateTheme, Decision, Transcript
from codebook.decisions import own_decisions, own_review
from codebook.in_context import in_context
from codebook.proposals import CodeCard, Proposal, code_cards, proposals
from codebook.queue import next_passage, progress
from codebook.reasoning import learnt_from, reasons_for, why_none
from codebook.ticks import Ticks
from codebook.undo import last_act_id, undoable


@dataclass(frozen=True, slots=True)
class Row:
    """A code in question: suggested, decided on by this coder, or added; and how it stands."""

    code: CodeCard
    proposal: Proposal | None
    ticked: bool
    stance: str | None
    memo: str
    verdict: str | None
    """What this coder has said about it so far."""


@dataclass(frozen=True, slots=True)
class Showing:
    """How to show a passage: ticks not yet recorded, where the focus goes, what to point out."""

    ticks: Ticks | None = None
    focus: int | None = None
    notice: str = ""
    why: str = ""
    """Why this passage; empty while it stays in view."""


def review_context(
    session: Session, user_id: int, place: Place, showing: Showing | None = None
) -> dict[str, Any]:
    """Everything the template needs for the passage at a place, or for the end of the queue."""
    showing = showing or Showing(why="You came back to it.")
    study_id, filters = place.study_id, place.filters
    undo = undoable(session, study_id=study_id, user_id=user_id)
    context: dict[str, Any] = {
        "place": place,
        "progress": progress(session, study_id=study_id, user_id=user_id, filters=filters),
        "last": undo.id if undo else 0,
        "notice": showing.notice,
        "passage": None,
        "clock": clock,
        "points": points,
    }
    passage_id = place.passage
    if passage_id is None:
        waiting = next_passage(
            session, study_id=study_id, user_id=user_id, filters=filters, skipped=place.skipped
        )
        if waiting is None:
            return context
        passage_id, showing = waiting.passage_id, replace(showing, why=waiting.why)
    return context | _passage(session, user_id, place, passage_id, showing)


def _passage(
    session: Session, user_id: int, place: Place, passage_id: int, showing: Showing
) -> dict[str, Any]:
    passage = in_context(session, place.study_id, passage_id)
    cards = code_cards(session, place.study_id)
    offered = [] if place.filters.blind else proposals(session, passage_id)
    own = own_decisions(session, user_id, passage_id)
    review = own_review(session, user_id, passage_id)
    rows = rows_of(cards, offered, own, showing.ticks)
    return {
        "passage": passage,
        "why": showing.why,
        "rows": rows,
        "current": _current(rows, showing.focus),
        "focus": showing.focus if showing.focus in [row.code.id for row in rows] else None,
        "offered": offered,
        "reasons": reasons_for(session, offered),
        "learnt_from": learnt_from(session, place.study_id) if offered else "",
        "why_none": "" if rows else why_none(session, place.study_id, passage_id),
        "seen": last_act_id(session, user_id=user_id, passage_id=passage_id),
        "review": review,
        "finder_groups": finder_groups(cards.values()),
        "skip_to": place.on_from(passage_id) if review else place.skipping(passage_id),
        "back_to": place.before(),
    }


def _current(rows: list[Row], focus: int | None) -> int | None:
    """The code in focus: the one just acted on, else the first that isn't rejected."""
    ids = [row.code.id for row in rows]
    open_ids = [row.code.id for row in rows if row.verdict != "reject"]
    return focus if focus in ids else next(iter(open_ids + ids), None)


def rows_of(
    cards: Mapping[int, CodeCard],
    offered: Iterable[Proposal],
    own: Mapping[int, Decision],
    ticks: Ticks | None,
) -> list[Row]:
    """The rows in order: suggestions, then what this coder decided on, then what was just added."""
    by_code = {proposal.code_id: proposal for proposal in offered}
    if ticks is None:
        ticks = Ticks({c: d.stance for c, d in own.items() if d.verdict == "confirm"}, {})
    asked = dict.fromkeys([*by_code, *own, *ticks.stances, *ticks.memos])
    return [
        Row(
            code=cards[code_id],
            proposal=by_code.get(code_id),
            ticked=code_id in ticks.stances,
            stance=ticks.stances.get(code_id),
            memo=ticks.memos.get(code_id, (own[code_id].memo or "") if code_id in own else ""),
            verdict=own[code_id].verdict if code_id in own else None,
        )
        for code_id in asked
        if code_id in cards and cards[code_id].open
    ]


def finder_groups(cards: Iterable[CodeCard]) -> list[dict[str, Any]]:
    """The codes that can be chosen, by facet, as the finder takes them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for card in cards:
        if card.open:
            option = {"value": card.id, "label": card.name, "hint": card.definition}
            groups.setdefault(card.facet, []).append(option)
    return [{"label": facet, "options": options} for facet, options in groups.items()]


def filter_choices(session: Session, study_id: int) -> dict[str, Any]:
    """What the queue can be narrowed to: candidate themes in use, codes and transcripts."""
    themes = session.scalars(
        select(CandidateTheme)
        .where(
            CandidateTheme.study_id == study_id,
            CandidateTheme.state.in_(("undecided", "mapped", "adopted")),
            CandidateTheme.superseded.is_(False),
        )
        .order_by(CandidateTheme.granularity != "middle", CandidateTheme.position)
    )
    transcripts = session.scalars(
        select(Transcript).where(Transcript.study_id == study_id).order_by(Transcript.id)
    )
    cards = code_cards(session, study_id).values()
    return {
        "candidates": [(theme.id, theme.name or theme.label) for theme in themes],
        "codes": [(card.id, card.name) for card in cards if card.open],
        "transcripts": [(one.id, one.name) for one in transcripts],
    }
