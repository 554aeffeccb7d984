"""Search: one box over a study, for words and for meaning, and more of what a passage is like."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response

from api.dependencies import Reading, StudyAccess
from api.pages import is_fragment, render
from api.policies import CODERS, allow
from api.search_pages import Asked, Narrowed, filters, found_page, query_of, shown
from capture.searching.like import like, pattern

router = APIRouter(tags=["search"])

SEARCH = "/studies/{study_id}/search"
PassageId = Annotated[int, Path(ge=1, le=2**53)]


@router.get(SEARCH, summary="Search", dependencies=[allow(CODERS)])
def begin(request: Request, session: Reading, access: StudyAccess) -> Response:
    """The page to search from; what is looked for never stands in an address."""
    return render(request, "search/page.html", asked=Asked(), **filters(session, access))


@router.post(SEARCH, summary="Search for words or meaning", dependencies=[allow(CODERS)])
def look(
    request: Request, session: Reading, access: StudyAccess, asked: Annotated[Asked, Form()]
) -> Response:
    """Finds passages by words and meaning, narrowed by who speaks where; stores nothing of it."""
    state = request.app.state
    context = found_page(session, access, asked, state.memory, state.meaning)
    if is_fragment(request):
        return render(request, "search/_answer.html", fragment=True, **context)
    return render(request, "search/page.html", **context, **filters(session, access))


@router.get(SEARCH + "/meaning", summary="Whether meaning is ready", dependencies=[allow(CODERS)])
def readiness(request: Request, access: StudyAccess) -> Response:
    """Says whether the model for meaning is ready; as long as it isn't, asks for itself again."""
    del access
    meaning = request.app.state.meaning
    return render(request, "search/_meaning.html", looks=meaning.state, why=meaning.why, again=True)


@router.get(SEARCH + "/like/{passage_id}", summary="More like this", dependencies=[allow(CODERS)])
def alike(
    request: Request,
    session: Reading,
    access: StudyAccess,
    passage_id: PassageId,
    asked: Annotated[Narrowed, Query()],
) -> Response:
    """Passages that are near to one passage, by its telling words and its meaning."""
    one = pattern(session, access.study.id, passage_id)
    memory = request.app.state.memory
    alike = like(session, memory, access.study.id, one, asked.wanted)
    return render(
        request,
        "search/like.html",
        one=one,
        asked=asked,
        query=query_of,
        **shown(session, access, alike.hits, alike.terms, asked),
        **filters(session, access),
    )
