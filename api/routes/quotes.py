"""The quote bank: quotes by theme, chosen for the report, and on their way out."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing, of_study
from api.pages import is_fragment, redirect, render
from api.policies import AUTHORS, RESEARCHERS, Access, allow
from api.quote_filters import query_of, read_audience, read_filters
from api.quote_pages import counts, held_by_reason, page_of
from api.routes.sign_in import safe_next
from capture.errors import Unfit
from capture.models import Code, Theme
from codebook.chosen import ONLY_INSIDE, choose, inside_only, leave_out, transcript_of
from codebook.exports import FORMATS
from codebook.exports.file_names import safe_name
from codebook.quotes import Filters, choices, narrow, quote_bank
from codebook.sharing import PUBLIC
from codebook.theme_grounds import stand_passage
from codebook.themes import find_theme

router = APIRouter(prefix="/studies/{study_id}/quotes", tags=["quotes"])
PassageId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("", summary="The quote bank", dependencies=[allow(AUTHORS)])
def page(
    request: Request,
    session: Reading,
    access: StudyAccess,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Quotes by theme for whom the address asks, narrowed, and what was held back."""
    context = _bank(request, session, access, _filters(request, session, access), page)
    template = "quotes/_bank.html" if is_fragment(request) else "quotes/page.html"
    return render(request, template, **context)


@router.get("/export", summary="Export quotes", dependencies=[allow(AUTHORS)])
def export(
    request: Request,
    session: Reading,
    access: StudyAccess,
    format: Annotated[str, Query()] = "docx",  # noqa: A002 - the address's own word
) -> Response:
    """The quotes the address asks for as a DOCX, CSV or JSON file, with what was held back."""
    if format not in FORMATS:
        raise Unfit(
            "There is no export of that name.", way_out=f"Ask for one of: {', '.join(FORMATS)}."
        )
    wanted, audience = _filters(request, session, access), read_audience(request)
    bank = quote_bank(session, access.study.id, access.study.name, wanted, audience=audience)
    write, media = FORMATS[format]
    name = safe_name(access.study.name, format, audience)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(bank), media_type=media, headers=headers)


@router.post("/{passage_id}/chosen", summary="Choose a quote", dependencies=[allow(AUTHORS)])
def choose_or_not(
    request: Request,
    session: Writing,
    access: StudyAccess,
    passage_id: PassageId,
    chosen: Annotated[bool, Form()],
    key: Annotated[str, Form(max_length=40, pattern=r"^\d+-\d+$")] = "0-0",
    back: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Chooses a quote for the report, or leaves it out again; nothing else of it changes."""
    if chosen:
        choose(session, access.study.id, passage_id, user_id=access.user.id)
    else:
        leave_out(session, access.study.id, passage_id)
    said = "Left out of the report; it stays in the bank."
    if chosen:
        inside = inside_only(session, access.study.id, passage_id)
        said = f"Chosen for the report. {ONLY_INSIDE}" if inside else "Chosen for the report."
    if is_fragment(request):
        context: dict[str, Any] = {
            "key": key,
            "passage_id": passage_id,
            "chosen": chosen,
            "back": back,
        }
        return render(request, "quotes/_star.html", said=said, **context)
    return redirect(request, f"{_back(access, back)}#q{key}", said=said)


@router.post(
    "/{passage_id}/theme", summary="Stand a quote under a theme", dependencies=[allow(AUTHORS)]
)
def stand(
    request: Request,
    session: Writing,
    access: StudyAccess,
    passage_id: PassageId,
    theme_id: Annotated[int, Form(ge=1, le=2**53)],
    against: Annotated[bool, Form()] = False,
    back: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Stands a quote under a theme, for it or against it, and comes back to the bank."""
    stand_passage(session, access.study.id, theme_id, passage_id, against=against)
    name = find_theme(session, access.study.id, theme_id).name
    said = f"It speaks {'against' if against else 'for'} “{name}” now."
    return redirect(request, f"{_back(access, back)}#q{theme_id}-{passage_id}", said=said)


@router.get(
    "/{passage_id}/in-transcript", summary="Find a quote", dependencies=[allow(RESEARCHERS)]
)
def in_transcript(session: Reading, access: StudyAccess, passage_id: PassageId) -> Response:
    """Leads to the passage in its transcript. The bank's own page doesn't say which that is."""
    transcript_id = transcript_of(session, access.study.id, passage_id)
    to = f"/studies/{access.study.id}/transcripts/{transcript_id}#p{passage_id}"
    return RedirectResponse(to, status_code=303)


def _back(access: Access, back: str) -> str:
    """Where a form was sent from, when that is the quote bank of this study."""
    here = f"/studies/{access.study.id}/quotes"
    return safe_next(back) if back == here or back.startswith(f"{here}?") else here


def _filters(request: Request, session: Session, access: Access) -> Filters:
    """The filters asked for; NotFound when a theme or code of another study is among them."""
    wanted = read_filters(request)
    for theme_id in wanted.theme_ids - {0}:
        of_study(session, Theme, theme_id, access)
    for code_id in wanted.code_ids:
        of_study(session, Code, code_id, access)
    return wanted


def _bank(
    request: Request, session: Session, access: Access, wanted: Filters, number: int
) -> dict[str, Any]:
    audience = read_audience(request)
    whole = quote_bank(session, access.study.id, access.study.name, audience=audience)
    bank = narrow(whole, wanted)
    across = narrow(whole, replace(wanted, theme_ids=frozenset()))
    shown = page_of(whole, bank, number)
    return {
        "whole": whole,
        "public": audience == PUBLIC,
        "bank": bank,
        "shown": shown,
        "wanted": wanted,
        "only_theme": wanted == Filters(theme_ids=wanted.theme_ids),
        "counts": counts(across),
        "across": across.passages,
        "choices": choices(whole),
        "held": held_by_reason(bank.held_back),
        "finds": access.may(RESEARCHERS),
        "query_of": lambda **changes: query_of(request, **changes),
        "here": request.url.path + query_of(request),
        "formats": (("docx", "Word"), ("csv", "CSV, for spreadsheets"), ("json", "JSON")),
    }
