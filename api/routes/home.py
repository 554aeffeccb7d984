"""A study's home: the route as a line, what is next for this person, and the analysis under way."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.corrections.standing_text import waiting_in_study
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import AUTHORS, CODERS, MEMBERS, RESEARCHERS, allow
from capture import job_rows
from capture.draft.drafts import waiting
from capture.models import Job
from codebook import asking, queue
from codebook.overview import overview
from codebook.quotes import Filters, quote_bank

router = APIRouter(tags=["home"])
SECONDS_A_PASSAGE = 20
"""A coder's usual pace, until we know theirs."""


@router.get("/studies/{study_id}", summary="Study home", dependencies=[allow(MEMBERS)])
def home(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Shows where the study stands, from transcripts to quotes, and what is next for one's role."""
    now = overview(session, access.study.id)
    mine = None
    if access.may(CODERS):
        mine = queue.progress(
            session,
            study_id=access.study.id,
            user_id=access.user.id,
            filters=queue.Filters(),
        )
    held = 0
    if access.may(AUTHORS):
        bank = quote_bank(session, access.study.id, access.study.name, Filters(chosen_only=True))
        held = sum(bank.held.values()) + bank.disputed
    return render(
        request,
        "home/home.html",
        now=now,
        mine=mine,
        minutes=_minutes(mine),
        held=held,
        to_look_at=sum(waiting_in_study(session, access).values()) if access.may(CODERS) else 0,
        may_collect=access.may(RESEARCHERS),
        waiting=waiting(session, access.study.id) if access.may(RESEARCHERS) else None,
        may_code=access.may(CODERS),
        may_report=access.may(AUTHORS),
        job=now.job,
        unfinished=_unfinished(now.job),
    )


@router.post(
    "/studies/{study_id}/analyse", summary="Ask for an analysis", dependencies=[allow(RESEARCHERS)]
)
def analyse(request: Request, session: Writing, access: StudyAccess) -> Response:
    """Asks for an analysis; one that is waiting or running already is not asked for twice."""
    asking.ask_for_analysis(session, access.study.id, access.user.id)
    return redirect(
        request,
        f"/studies/{access.study.id}",
        said="The analysis is under way. You can leave this page; it goes on by itself.",
    )


@router.get(
    "/studies/{study_id}/progress", summary="How far the analysis is", dependencies=[allow(MEMBERS)]
)
def progress(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Shows the last analysis; as a fragment, it asks for itself again while it goes on."""
    job = job_rows.latest(session, access.study.id, asking.ANALYSIS)
    shown = render(request, "home/progress.html", job=job, unfinished=_unfinished(job))
    if job is not None and not _unfinished(job):
        # Everything on the page has changed: numbers, next steps, and what can be opened.
        shown.headers["HX-Refresh"] = "true"
    return shown


def _unfinished(job: Job | None) -> bool:
    return job is not None and job.state in job_rows.UNFINISHED


def _minutes(mine: queue.Progress | None) -> int:
    left = 0 if mine is None else mine.total - mine.reviewed
    return max(1, round(left * SECONDS_A_PASSAGE / 60))
