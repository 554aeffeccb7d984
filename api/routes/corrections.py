"""Correcting a text: written in turn by turn, looked at, then a version of its own."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.corrections.pages import edit_page, preview_page, turn_at, typed_correction
from api.corrections.words import what_was_done
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import MIB, RESEARCHERS, Access, allow
from api.routes.transcripts import ONE, TranscriptId
from api.selection import Id
from capture.corrections.correcting import correct
from capture.errors import Conflict, Unfit

router = APIRouter(tags=["corrections"])

HERE = ONE + "/correct"
MOST_FIELDS = 200
MOST_TYPED = 8 * MIB


async def _typed(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=MOST_FIELDS, max_files=0, max_part_size=MOST_TYPED)
    return {key: value for key, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


@router.get(HERE, summary="Correct the text", dependencies=[allow(RESEARCHERS)])
def write(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    page: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    turn: Annotated[Id | None, Query()] = None,
) -> Response:
    """Some turns of the text, each in a box, with who speaks; or those around a turn."""
    context = edit_page(session, access, transcript_id, page=page, turn_id=turn)
    return render(request, "corrections/edit.html", **context)


@router.post(
    HERE + "/look",
    summary="See what a correction changes",
    dependencies=[allow(RESEARCHERS, body=MOST_TYPED)],
)
def look(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    typed: Typed,
) -> Response:
    """Shows old and new side by side, and what becomes of the codings; nothing is stored."""
    try:
        correction = typed_correction(session, access, transcript_id, typed)
        _check_version(typed, correction.standing.number)
    except (Conflict, Unfit) as refused:
        return _again(request, session, access, transcript_id, typed, refused)
    if typed.get("back") or not correction.edits:
        told = "" if correction.edits else "Nothing was changed yet."
        return _again(request, session, access, transcript_id, typed, told=told)
    context = preview_page(session, access, correction)
    return render(request, "corrections/preview.html", typed=typed, **context)


@router.post(HERE, summary="Save a correction", dependencies=[allow(RESEARCHERS, body=MOST_TYPED)])
def save(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    typed: Typed,
) -> Response:
    """Stores the corrected text as a new version; passages go with their words, or wait."""
    try:
        correction = typed_correction(session, access, transcript_id, typed)
        _check_version(typed, correction.standing.number)
    except (Conflict, Unfit) as refused:
        return _again(request, session, access, transcript_id, typed, refused)
    done = correct(
        session,
        correction.transcript,
        correction.after,
        made_by=access.user.id,
        speakers=correction.speakers,
        hides_earlier=bool(typed.get("hides_earlier")),
    )
    first = min(correction.edits, default=0)
    at = turn_at(session, done.version, first)
    address = f"/studies/{access.study.id}/transcripts/{transcript_id}#t{at}"
    return redirect(request, address, said=what_was_done(done))


def _check_version(typed: Mapping[str, str], number: int) -> None:
    if typed.get("version") != str(number):
        raise Conflict(
            f"The text was corrected by someone else meanwhile: it is version {number} now.",
            way_out="What you wrote is kept below; open the text as it is now, and write it there.",
        )


def _again(
    request: Request,
    session: Session,
    access: Access,
    transcript_id: int,
    typed: Mapping[str, str],
    refused: Conflict | Unfit | None = None,
    told: str = "",
) -> Response:
    """The form as it was typed, with what won't do."""
    stale = isinstance(refused, Conflict)
    kept = [value for key, value in typed.items() if key.startswith("words-") and value.strip()]
    context: dict[str, Any] = edit_page(
        session, access, transcript_id, page=_page(typed), typed={} if stale else typed
    )
    context |= {"refused": refused, "kept": kept if stale else [], "told": told}
    status = refused.status if refused else 200
    return render(request, "corrections/edit.html", status=status, **context)


def _page(typed: Mapping[str, str]) -> int | None:
    page = typed.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 7 and int(page) else None
