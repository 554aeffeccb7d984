"""Marks in a draft's text: names decided one by one or all at once, stretches off the record."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.dependencies import StudyAccess, Writing
from api.draft.decisions import Decided, Finds, Outcome, ReplacedWords, decide, replace_words
from api.draft.marked import MarkedWords, span_of
from api.draft.pages import At
from api.draft.text import page_of_turn, turns_touched
from api.policies import RESEARCHERS, Access, allow
from api.routes.drafts import ONE, DraftId, Here, answer_page, changed
from capture.draft.drafts import find_draft, reading_of, said_now, say
from capture.draft.said import Span
from capture.errors import Conflict, Unfit
from capture.models import Draft
from transcripts.off_record import whole_words
from transcripts.replacing import Stretch, in_order
from transcripts.turns import Reading, count_words

router = APIRouter(tags=["upload"])
Place = Annotated[int, Field(ge=0, le=2**53)]


class TakenBack(BaseModel):
    """A stretch by its place in the text."""

    start: Place
    end: Place


@router.post(ONE + "/finds", summary="Decide about a name", dependencies=[allow(RESEARCHERS)])
def find(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    asked: Annotated[Decided, Form()],
) -> Response:
    """A name or identifier is replaced, stays, or is written otherwise: one, or all of a kind."""
    draft = find_draft(session, access.study.id, draft_id)
    return _decided(request, session, access, draft, at, lambda r, f: decide(r, f, asked))


@router.post(ONE + "/replace", summary="Replace words", dependencies=[allow(RESEARCHERS)])
def replace_them(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    asked: Annotated[ReplacedWords, Form()],
) -> Response:
    """Words that the aid missed are replaced, there alone or wherever they stand in the text."""
    draft = find_draft(session, access.study.id, draft_id)
    return _decided(request, session, access, draft, at, lambda r, f: replace_words(r, f, asked))


@router.post(ONE + "/off", summary="Put words off the record", dependencies=[allow(RESEARCHERS)])
def off(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    marked: Annotated[MarkedWords, Form()],
) -> Response:
    """A stretch is off the record: nothing of it is stored with the transcript."""
    draft = find_draft(session, access.study.id, draft_id)
    reading = reading_of(draft)
    try:
        span = whole_words(reading.text, *span_of(reading, marked))
    except (Unfit, Conflict) as refused:
        return answer_page(request, session, access, draft, at, refused=refused)
    before = said_now(session, draft, reading)
    spans = joined([*before.off_record, span])
    say(session, draft, replace(before, off_record=spans))
    words = count_words(reading.text[slice(*span)])
    done = f"{words:,} word{'' if words == 1 else 's'} will be off the record."
    return _marked(request, session, access, draft, at, spans, done)


@router.post(
    ONE + "/off/take-back", summary="Put words back on record", dependencies=[allow(RESEARCHERS)]
)
def on_again(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    stretch: Annotated[TakenBack, Form()],
) -> Response:
    """A stretch is on the record again."""
    draft = find_draft(session, access.study.id, draft_id)
    before = said_now(session, draft, reading_of(draft))
    span = (stretch.start, stretch.end)
    kept = tuple(one for one in before.off_record if one != span)
    say(session, draft, replace(before, off_record=kept))
    spans = (span,) if span in before.off_record else ()
    return _marked(request, session, access, draft, at, spans, "It is on the record again.")


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches in the text's order; those that overlap become one."""
    whole = in_order([Stretch(start, end, "", "") for start, end in spans])
    return tuple((one.start, one.end) for one in whole)


def _decided(
    request: Request,
    session: Session,
    access: Access,
    draft: Draft,
    at: At,
    decision: Callable[[Reading, Finds], Outcome],
) -> Response:
    reading = reading_of(draft)
    before = said_now(session, draft, reading)
    at = at.model_copy(update={"open": "names"})
    try:
        outcome = decision(reading, before.finds)
    except (Unfit, Conflict) as refused:
        return answer_page(request, session, access, draft, at, refused=refused)
    say(session, draft, replace(before, finds=outcome.finds))
    return _marked(request, session, access, draft, at, outcome.places, outcome.done)


def _marked(
    request: Request,
    session: Session,
    access: Access,
    draft: Draft,
    at: At,
    spans: Iterable[Span],
    done: str,
) -> Response:
    """The turns that these places touch, as far as they are on the page."""
    touched = turns_touched(reading_of(draft), spans)
    on_page = [number for number in touched if page_of_turn(number) == at.turns]
    return changed(request, session, access, draft, at, turns=tuple(on_page), marks=True, done=done)
