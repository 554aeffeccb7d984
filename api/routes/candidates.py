"""Candidate themes: decide with the evidence in view; nothing here makes a coding."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.candidate_pages import (
    Panel,
    Shown,
    list_page,
    open_page,
    panel_page,
    shown,
)
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import is_fragment, redirect, render
from api.policies import CODERS, Access, allow
from capture.theming.found import Level
from codebook import candidates
from codebook.candidates import MEMBERS_A_PAGE
from codebook.entries import CodeEntry

router = APIRouter(tags=["candidate themes"])

ALL = "/studies/{study_id}/candidates"
ONE = ALL + "/{candidate_id}"
CandidateId = Annotated[int, Path(ge=1, le=2**53)]
RowId = Annotated[int, Form(ge=1, le=2**53)]
Wanted = Annotated[Shown, Depends(shown)]
Words = Annotated[str, Form()]


@router.get(ALL, summary="Candidate themes", dependencies=[allow(CODERS)])
def listed(
    request: Request,
    session: Reading,
    access: StudyAccess,
    wanted: Wanted,
    granularity: Annotated[Level, Query()] = "middle",
) -> Response:
    """Lists the candidate themes of one coarseness, by state, largest or steadiest first."""
    context = list_page(session, access, wanted, granularity)
    return render(request, "candidates/page.html", at="list", **context)


@router.get(ONE, summary="A candidate theme", dependencies=[allow(CODERS)])
def opened(
    request: Request,
    session: Reading,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
) -> Response:
    """One candidate with its words in context, where it was heard, and the codes nearest to it."""
    context = open_page(session, access, wanted, candidate_id)
    template = "candidates/_candidate.html" if is_fragment(request) else "candidates/page.html"
    return render(request, template, at="candidate", **context)


@router.get(ONE + "/members", summary="Its passages", dependencies=[allow(CODERS)])
def members(
    request: Request,
    session: Reading,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Every passage of a candidate, strongest first, a page at a time."""
    one = candidates.view(session, access.study.id, candidate_id)
    return render(
        request,
        "candidates/members.html",
        base=f"/studies/{access.study.id}/candidates",
        shown=wanted,
        one=one,
        members=candidates.members_page(session, candidate_id, page),
        page=page,
        total=-(-one.heard.passages // MEMBERS_A_PAGE),
    )


@router.get(ONE + "/{panel}", summary="Do one thing with it", dependencies=[allow(CODERS)])
def panel(
    request: Request,
    session: Reading,
    access: StudyAccess,
    candidate_id: CandidateId,
    panel: Panel,
    wanted: Wanted,
    code: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    like: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """Opens the form for mapping, adopting, renaming, merging, splitting, dismissing or adding.

    `code` is the one to map to; `like` a finer candidate, whose passages are ticked for splitting.
    """
    context = panel_page(session, access, wanted, candidate_id, panel, like)
    template = "candidates/_panel.html" if is_fragment(request) else "candidates/page.html"
    return render(request, template, at="candidate", code=code, **context)


@router.post(ONE + "/map", summary="Map to a code", dependencies=[allow(CODERS)])
def map_to_code(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    code_id: RowId,
) -> Response:
    """Says that a candidate is what a code means; its passages become suggestions of the code."""
    user_id = access.user.id
    candidates.map_to_code(session, access.study.id, candidate_id, code_id, user_id=user_id)
    sentence = "Mapped. Its passages are now suggestions for review; nothing is coded yet."
    return _done(request, session, access, wanted, candidate_id, sentence)


@router.post(ONE + "/adopt", summary="Adopt as a new code", dependencies=[allow(CODERS)])
def adopt(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    name: Words,
    facet: Words,
    definition: Words,
    use_when: Words = "",
    not_when: Words = "",
) -> Response:
    """Makes a candidate a code of the codebook; its passages become suggestions of it."""
    entry = CodeEntry("", name, facet, definition, use_when, not_when)
    candidates.adopt(session, access.study.id, candidate_id, entry, user_id=access.user.id)
    sentence = "Adopted: the codebook has a new code. Its passages are suggestions, not codings."
    return _done(request, session, access, wanted, candidate_id, sentence)


@router.post(ONE + "/rename", summary="Rename", dependencies=[allow(CODERS)])
def rename(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    name: Words = "",
) -> Response:
    """Gives a candidate a person's name; an empty one goes back to the machine's label."""
    candidates.rename(session, access.study.id, candidate_id, name, user_id=access.user.id)
    return _done(request, session, access, wanted, candidate_id, "Renamed.")


@router.post(ONE + "/merge", summary="Merge into another", dependencies=[allow(CODERS)])
def merge(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    into: RowId,
) -> Response:
    """Unites a candidate with another, which goes on with the passages of both."""
    user_id = access.user.id
    candidates.merge(session, access.study.id, candidate_id, into, user_id=user_id)
    return _done(request, session, access, wanted, into, "Merged: this one has both now.")


@router.post(ONE + "/split", summary="Split", dependencies=[allow(CODERS)])
def split(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    name: Words,
    passage: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Moves the ticked passages out into a new candidate theme."""
    user_id = access.user.id
    made = candidates.split(
        session, access.study.id, candidate_id, passage or [], name, user_id=user_id
    )
    return _done(request, session, access, wanted, made.id, "Split: this is the new one.")


@router.post(ONE + "/dismiss", summary="Dismiss", dependencies=[allow(CODERS)])
def dismiss(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    reason: Words = "",
) -> Response:
    """Puts a candidate aside, with a reason."""
    candidates.dismiss(session, access.study.id, candidate_id, reason, user_id=access.user.id)
    return _done(request, session, access, wanted, candidate_id, "Dismissed.")


@router.post(ONE + "/additions", summary="Add what was found near", dependencies=[allow(CODERS)])
def add(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    shown: Annotated[list[int] | None, Form()] = None,
    passage: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Adds the ticked of the passages found near a candidate since; leaves the others out."""
    candidates.take_in(
        session,
        access.study.id,
        candidate_id,
        shown or [],
        passage or [],
        user_id=access.user.id,
    )
    sentence = "Added; nothing is coded yet." if passage else "Left out; they won't come back."
    return _done(request, session, access, wanted, candidate_id, sentence)


@router.post(ONE + "/undo", summary="Undo the last action", dependencies=[allow(CODERS)])
def undo(
    request: Request,
    session: Writing,
    access: StudyAccess,
    candidate_id: CandidateId,
    wanted: Wanted,
    action: RowId,
    back: Annotated[int | None, Form(ge=1, le=2**53)] = None,
) -> Response:
    """Undoes the newest action on a candidate, if it is still the one that was in view.

    `back` is the candidate to show then: a merge is undone from the one that goes on, too. A split
    that is undone from the one it made shows the one that was split.
    """
    user_id = access.user.id
    candidates.undo(session, access.study.id, candidate_id, user_id=user_id, action_id=action)
    sentence = "Undone: everything is as it was before."
    return _done(request, session, access, wanted, back or candidate_id, sentence)


def _done(
    request: Request, session: Session, access: Access, wanted: Shown, show: int, sentence: str
) -> Response:
    """Show what came of it: the candidate and the list anew, or its page."""
    if not is_fragment(request):
        to = f"/studies/{access.study.id}/candidates/{show}{wanted.query}"
        return redirect(request, to, said=sentence)
    session.flush()
    context = open_page(session, access, wanted, show)
    answer = render(request, "candidates/_done.html", at="candidate", said=sentence, **context)
    answer.headers["HX-Replace-Url"] = f"{context['base']}/{show}{wanted.query}"
    return answer
