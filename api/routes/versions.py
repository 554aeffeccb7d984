"""The versions of a transcript's text: what each changed, and going back to one."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response

from api.corrections.versions import version_page, versions_page
from api.corrections.words import what_was_done
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import CODERS, RESEARCHERS, allow
from api.routes.transcripts import ONE, TranscriptId
from api.selection import Id
from capture.corrections.correcting import back_to
from capture.corrections.versions import find_version
from capture.errors import Conflict
from capture.transcript_view import find_transcript

router = APIRouter(tags=["versions"])

HERE = ONE + "/versions"
Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get(HERE, summary="Versions of a text", dependencies=[allow(CODERS)])
def versions(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Lists the versions of a transcript's text: who made each, when, why, and what it changed."""
    context = versions_page(session, access, transcript_id, page)
    return render(request, "corrections/versions.html", **context)


@router.get(HERE + "/{number}", summary="A version of a text", dependencies=[allow(CODERS)])
def version(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    number: Number,
    back: bool = False,
) -> Response:
    """An older text, read only; for researchers alone where words were taken out since."""
    context = version_page(session, access, transcript_id, number, back=back)
    return render(request, "corrections/version.html", **context)


@router.post(HERE + "/{number}/stand", summary="Go back", dependencies=[allow(RESEARCHERS)])
def go_back(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    number: Number,
    standing: Annotated[Id, Form()],
) -> Response:
    """Makes an earlier text stand again, as a new version; what was coded in it comes back."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    earlier = find_version(session, transcript, number)
    if standing != transcript.version:
        raise Conflict(
            f"The text was corrected by someone else meanwhile: it is version "
            f"{transcript.version} now.",
            way_out="Look at its versions again.",
        )
    done = back_to(session, transcript, earlier, made_by=access.user.id)
    address = f"/studies/{access.study.id}/transcripts/{transcript_id}"
    return redirect(request, address, said=what_was_done(done))
