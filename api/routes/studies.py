"""The start page: the studies a person belongs to, and beginning a new one."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.dependencies import Reading, SignedIn, Writing
from api.pages import redirect, render
from api.policies import SIGNED_IN, allow
from capture.errors import Conflict, Unfit
from capture.models import Membership, Study
from capture.models.study import APPROACHES
from codebook.beginnings import begin as begin_with_codebook

router = APIRouter(tags=["studies"])


@router.get("/", summary="My studies", dependencies=[allow(SIGNED_IN)])
def mine(request: Request, session: Reading, user: SignedIn) -> Response:
    """Lists the studies one belongs to, with one's role in each."""
    rows = session.execute(
        select(Study, Membership.role)
        .join(Membership, Membership.study_id == Study.id)
        .where(Membership.user_id == user.id)
        .order_by(Study.name)
    ).all()
    return render(request, "studies/mine.html", rows=rows, approaches=APPROACHES)


@router.post("/studies", summary="Begin a study", dependencies=[allow(SIGNED_IN)])
def begin(
    request: Request,
    session: Writing,
    user: SignedIn,
    name: Annotated[str, Form()],
    approach: Annotated[str, Form()] = APPROACHES[0],
) -> Response:
    """Makes a study with the curated codebook; whoever begins it is its admin."""
    study = begin_study(session, user.id, name, approach)
    return redirect(request, f"/studies/{study.id}", said=f"“{study.name}” is begun.")


def begin_study(session: Session, user_id: int, name: str, approach: str) -> Study:
    """Make a study; Unfit or Conflict when its name or approach won't do."""
    name = " ".join(name.split())
    if approach not in APPROACHES:
        raise Unfit("A study needs an approach.", way_out="Go back and choose one.")
    if session.scalar(select(Study.id).where(Study.name == name)) is not None:
        # `begin` would hand over the study that is there, and make a stranger its admin.
        raise Conflict("There is a study of that name already.", way_out="Choose another name.")
    study = begin_with_codebook(session, name, user_id=user_id)
    study.approach = approach
    session.add(Membership(user_id=user_id, study_id=study.id, role="admin"))
    return study
