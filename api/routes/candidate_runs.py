"""Looking for candidate themes again: what it would change, what it changed, and undoing it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import CODERS, RESEARCHERS, Access, allow
from capture import job_rows
from capture.theming.found import LEVELS, Level
from codebook import theme_runs
from codebook.asking import ANALYSIS

router = APIRouter(tags=["candidate themes"])

CHANGES = "/studies/{study_id}/candidates/changes"
AGAIN = "/studies/{study_id}/candidates/look-again"
Shown = Literal["preview", "last"]


@router.get(CHANGES, summary="What looking again changes", dependencies=[allow(CODERS)])
def changes(
    request: Request,
    session: Reading,
    access: StudyAccess,
    of: Annotated[Shown | None, Query()] = None,
    granularity: Annotated[Level, Query()] = "middle",
) -> Response:
    """Tells what the last look for themes changed, or what another one that waits would change."""
    preview = of != "last" and theme_runs.preview_waits(session, access.study.id)
    context = _context(session, access, granularity, preview=preview)
    return render(request, "candidates/changes.html", **context)


@router.post(AGAIN, summary="Look for themes again", dependencies=[allow(RESEARCHERS)])
def look_again(
    request: Request,
    session: Writing,
    access: StudyAccess,
    what: Annotated[Literal["preview", "apply", "leave"], Form()],
) -> Response:
    """Asks for another look: to see what would change, to change it, or to leave all as it is."""
    base = f"/studies/{access.study.id}/candidates"
    if what == "leave":
        theme_runs.leave_preview(session, access.study.id)
        return redirect(request, base, said="The candidate themes stay as they are.")
    theme_runs.look_again(session, access.study.id, access.user.id, apply=what == "apply")
    said = "Looking again. Nothing changes before you have seen what would."
    if what == "apply":
        said = "Looking again. What people decided on stays as it is."
    return redirect(request, base, said=said)


@router.post(CHANGES + "/undo", summary="Undo the last look", dependencies=[allow(RESEARCHERS)])
def undo(
    request: Request,
    session: Writing,
    access: StudyAccess,
    run: Annotated[int, Form(ge=1, le=2**53)],
) -> Response:
    """Puts the candidate themes back to how they stood before the last look for them."""
    theme_runs.undo(session, access.study.id, run, access.user.id)
    said = "Undone: the themes stand as before. Segments that came since are being placed."
    return redirect(request, f"/studies/{access.study.id}/candidates", said=said)


def _context(
    session: Session, access: Access, granularity: Level, *, preview: bool
) -> dict[str, Any]:
    job = job_rows.latest(session, access.study.id, ANALYSIS)
    return {
        "base": f"/studies/{access.study.id}/candidates",
        "granularity": granularity,
        "granularities": LEVELS,
        "told": theme_runs.account(session, access.study.id, granularity, preview=preview),
        "may_look": access.may(RESEARCHERS),
        "unfinished": job is not None and job.state in job_rows.UNFINISHED,
        "job": job,
    }
