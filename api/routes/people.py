"""The people of a study: who they are, what they may do, and letting them in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.people import add_person, new_link, people, remove_person, set_role
from api.policies import ADMINS, Access, allow
from capture.models import ROLES, User
from capture.settings import Settings

router = APIRouter(prefix="/studies/{study_id}/people", tags=["people"])
ROLES_SAID = (
    ("researcher", "uploads transcripts, says who spoke, runs the analysis, codes"),
    ("coder", "reads transcripts and decides what is coded"),
    ("report author", "reads themes and takes quotes; opens no transcript"),
    ("admin", "all of this, and says who belongs to the study"),
)


@router.get("", summary="The people of a study", dependencies=[allow(ADMINS)])
def page(request: Request, access: StudyAccess, session: Reading) -> Response:
    """Lists members and roles, and lets an admin add someone."""
    return _page(request, access, session)


@router.post("", summary="Add a person", dependencies=[allow(ADMINS)])
def add(
    request: Request,
    access: StudyAccess,
    session: Writing,
    email: Annotated[str, Form()],
    role: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
) -> Response:
    """Adds someone by e-mail address; for someone new, shows a link that signs them in once."""
    user, link = add_person(
        session, access.study.id, email=email, name=name, role=role, added_by=access.user.id
    )
    return _page(request, access, session, added=user, link=link)


@router.post("/{user_id}/role", summary="Change a role", dependencies=[allow(ADMINS)])
def role(
    request: Request,
    access: StudyAccess,
    session: Writing,
    user_id: int,
    role: Annotated[str, Form()],
) -> Response:
    """Gives a member another role; the last admin stays admin."""
    user = set_role(session, access.study.id, user_id, role)
    # Whoever gives up being admin can't come back to this page.
    to = f"/studies/{access.study.id}" + ("/people" if user.id != access.user.id else "")
    return redirect(request, to, said=f"{user.name} is now {role}.")


@router.post("/{user_id}/link", summary="A new sign-in link", dependencies=[allow(ADMINS)])
def link(request: Request, access: StudyAccess, session: Writing, user_id: int) -> Response:
    """Shows a new link that signs a member in once."""
    user, path = new_link(session, access.study.id, user_id, asked_by=access.user.id)
    return _page(request, access, session, added=user, link=path)


@router.post("/{user_id}/remove", summary="Remove a person", dependencies=[allow(ADMINS)])
def remove(request: Request, access: StudyAccess, session: Writing, user_id: int) -> Response:
    """Ends someone's part in the study; what they decided stays."""
    user = remove_person(session, access.study.id, user_id)
    to = f"/studies/{access.study.id}/people" if user.id != access.user.id else "/"
    return redirect(request, to, said=f"{user.name} is no longer in this study.")


def _page(
    request: Request,
    access: Access,
    session: Session,
    added: User | None = None,
    link: str | None = None,
) -> Response:
    return render(
        request,
        "people/people.html",
        people=people(session, access.study.id, access.user.id),
        roles=[(name, name) for name in ROLES],
        roles_said=ROLES_SAID,
        added=added,
        link=_whole(request, link) if link else None,
    )


def _whole(request: Request, path: str) -> str:
    """A path as an address to hand on: the public one where there is one, else as opened here."""
    settings: Settings = request.app.state.settings
    return (settings.address or str(request.base_url)).rstrip("/") + path
