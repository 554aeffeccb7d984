"""The review queue: a coder decides passage after passage, one request an act."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing, of_study
from api.pages import is_fragment, redirect, render
from api.policies import CODERS, Access, allow
from api.review.acts import Done, perform, take_back
from api.review.form import Adding, Asked, Undoing, chosen_code
from api.review.page import Showing, filter_choices, review_context
from api.review.place import Place, Where, place_of
from api.review.words import how_far
from capture.models import CandidateTheme, Code, Transcript
from codebook.queue import Progress, progress
from codebook.ticks import Ticks

router = APIRouter(tags=["review"])

QUEUE = "/studies/{study_id}/review"


@router.get(QUEUE, summary="Review queue", dependencies=[allow(CODERS)])
def queue(
    request: Request, session: Reading, access: StudyAccess, where: Annotated[Where, Query()]
) -> Response:
    """Shows the next passage to review, or the one that is asked for."""
    place = _place(session, access, where)
    return _show(
        request, session, access, Done(place, _step(place) if is_fragment(request) else "")
    )


@router.post(QUEUE, summary="Decide on a passage", dependencies=[allow(CODERS)])
def decide(
    request: Request, session: Writing, access: StudyAccess, asked: Annotated[Asked, Form()]
) -> Response:
    """Records one act; answers with the next passage, or the same where it isn't done yet."""
    place = _place(session, access, asked)
    return _answer(request, session, access, perform(session, access.user.id, place, asked))


@router.post(f"{QUEUE}/add", summary="Bring in a code", dependencies=[allow(CODERS)])
def add(
    request: Request, session: Reading, access: StudyAccess, page: Annotated[Adding, Form()]
) -> Response:
    """Shows the same passage with one more code, ticked; nothing is recorded."""
    place = _place(session, access, page)
    code = of_study(session, Code, chosen_code(page.add), access)
    ticks = page.ticks()
    stances = {**ticks.stances, code.id: ticks.stances.get(code.id)}
    showing = Showing(Ticks(stances, ticks.memos), focus=code.id)
    return _show(request, session, access, Done(place.at(page.on), "", showing))


@router.post(f"{QUEUE}/undo", summary="Take back the last act", dependencies=[allow(CODERS)])
def undo(
    request: Request, session: Writing, access: StudyAccess, page: Annotated[Undoing, Form()]
) -> Response:
    """Takes back the coder's last act in this study, and brings its passage back."""
    place = _place(session, access, page)
    return _answer(request, session, access, take_back(session, access.user.id, place, page))


def _place(session: Session, access: Access, where: Where) -> Place:
    place = place_of(access.study.id, where)
    filters = place.filters
    if filters.candidate is not None:
        of_study(session, CandidateTheme, filters.candidate, access)
    if filters.code is not None:
        of_study(session, Code, filters.code, access)
    if filters.transcript is not None:
        of_study(session, Transcript, filters.transcript, access)
    return place


def _answer(request: Request, session: Session, access: Access, done: Done) -> Response:
    if is_fragment(request) or not done.moved:
        return _show(request, session, access, done)
    user_id, filters = access.user.id, done.place.filters
    far = progress(session, study_id=access.study.id, user_id=user_id, filters=filters)
    return redirect(request, done.place.address, said=_sentence(done, far))


def _show(request: Request, session: Session, access: Access, done: Done) -> Response:
    context = review_context(session, access.user.id, done.place, done.showing)
    said = _sentence(done, context["progress"])
    if not is_fragment(request):
        context |= filter_choices(session, access.study.id)
        return render(request, "review/page.html", said=said, **context)
    answer = render(request, "review/passage.html", said=said, **context)
    answer.headers["HX-Replace-Url"] = done.place.address
    return answer


def _step(place: Place) -> str:
    """What a step without a decision did, for those who don't see the passage change."""
    if place.passage is not None:
        return "Back to a passage you were shown before."
    skipped = place.skipped and place.skipped[-1:] == place.back[-1:]
    return "Skipped; it comes back at the end." if skipped else "The next passage."


def _sentence(done: Done, far: Progress) -> str:
    return f"{done.said} {how_far(far)}" if done.counts else done.said
