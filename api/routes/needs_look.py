"""What needs a look: passages whose text was corrected, each with both texts side by side."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.corrections.needs_look import place_page, waiting_page
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import CODERS, RESEARCHERS, Access, allow
from api.routes.transcripts import ONE, TranscriptId
from api.selection import Id, Marked, Units, marked_span
from capture.corrections.waiting import ask_again, find_waiting, set_aside, settle
from capture.corrections.waiting_list import Wanted, count_wanted
from capture.errors import NotFound, Unfit

router = APIRouter(tags=["needs a look"])

ALL = "/studies/{study_id}/needs-a-look"
OF_ONE = ONE + "/needs-a-look"
PASSAGE = OF_ONE + "/{passage_id}"
Page = Annotated[int, Query(ge=1, le=100_000)]
Everywhere = Annotated[bool, Form()]
"""Whether the list that was acted on is the whole study's: one goes back to it."""


class Here(BaseModel):
    """The place that was proposed, in the version that was on the page."""

    version: Id
    start: Units
    end: Units
    everywhere: bool = False


class Chosen(Marked):
    """A segment, or a selection, chosen as a passage's place."""

    everywhere: bool = False


@router.get(ALL, summary="What needs a look", dependencies=[allow(CODERS)])
def of_study(
    request: Request, session: Reading, access: StudyAccess, page: Page = 1, aside: bool = False
) -> Response:
    """Lists passages whose text was corrected, with both texts; or those that were set aside."""
    context = waiting_page(session, access, page=page, aside=aside)
    return render(request, "corrections/waiting.html", **context)


@router.get(OF_ONE, summary="What needs a look in a transcript", dependencies=[allow(CODERS)])
def of_transcript(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    page: Page = 1,
    aside: bool = False,
) -> Response:
    """Lists the passages of one transcript whose text was corrected, with both texts."""
    context = waiting_page(session, access, transcript_id=transcript_id, page=page, aside=aside)
    return render(request, "corrections/waiting.html", **context)


@router.get(PASSAGE, summary="Select another place", dependencies=[allow(CODERS)])
def choose(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
    first: Annotated[int | None, Query(ge=0, le=10_000_000)] = None,
) -> Response:
    """Shows the text around, in which the passage's place can be selected."""
    context = place_page(session, access, transcript_id, passage_id, first=first)
    return render(request, "corrections/place.html", **context)


@router.post(PASSAGE + "/here", summary="It stands here", dependencies=[allow(CODERS)])
def here(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
    said: Annotated[Here, Form()],
) -> Response:
    """Lets a passage stand where it was proposed, with all that hangs on it."""
    _check(session, access, transcript_id, passage_id)
    span = (said.start, said.end)
    _settle(session, access, passage_id, span, said.version)
    return _back(request, access, transcript_id, said.everywhere, "It stands there now.")


@router.post(PASSAGE + "/place", summary="It stands in another place", dependencies=[allow(CODERS)])
def place(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
    chosen: Annotated[Chosen, Form()],
) -> Response:
    """Lets a passage stand on the words that were selected."""
    _check(session, access, transcript_id, passage_id)
    try:
        span = marked_span(session, access.study.id, transcript_id, chosen)
        _settle(session, access, passage_id, span, chosen.version)
    except Unfit as refused:
        context = place_page(session, access, transcript_id, passage_id, refused=refused)
        return render(request, "corrections/place.html", status=refused.status, **context)
    return _back(request, access, transcript_id, chosen.everywhere, "It stands there now.")


@router.post(PASSAGE + "/gone", summary="Its words are gone", dependencies=[allow(CODERS)])
def gone(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
    everywhere: Everywhere = False,
) -> Response:
    """Sets a passage aside: it is kept with all that hangs on it, and not asked about any more."""
    _check(session, access, transcript_id, passage_id)
    set_aside(session, access.study.id, passage_id, user_id=access.user.id)
    said = "It is set aside, and kept. It can be asked about again."
    return _back(request, access, transcript_id, everywhere, said)


@router.post(PASSAGE + "/ask-again", summary="Ask about it again", dependencies=[allow(CODERS)])
def again(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
    everywhere: Everywhere = False,
) -> Response:
    """Brings a passage back that was set aside: it needs a look again."""
    _check(session, access, transcript_id, passage_id)
    ask_again(session, access.study.id, passage_id)
    return _back(request, access, transcript_id, everywhere, "It needs a look again.")


def _check(session: Session, access: Access, transcript_id: int, passage_id: int) -> None:
    _, transcript = find_waiting(session, access.study.id, passage_id)
    all_words = access.may(RESEARCHERS)
    seen = count_wanted(
        session, access.study.id, Wanted(passage_id=passage_id), all_words=all_words
    )
    if transcript.id != transcript_id or not seen:
        raise NotFound("That passage isn't in this transcript.", way_out="Load the page again.")


def _settle(
    session: Session, access: Access, passage_id: int, span: tuple[int, int], version: int
) -> None:
    study_id, user_id = access.study.id, access.user.id
    settle(session, study_id, passage_id, span, version=version, user_id=user_id)


def _back(
    request: Request, access: Access, transcript_id: int, everywhere: bool, said: str
) -> Response:
    base = f"/studies/{access.study.id}"
    one = f"{base}/transcripts/{transcript_id}/needs-a-look"
    return redirect(request, f"{base}/needs-a-look" if everywhere else one, said=said)
