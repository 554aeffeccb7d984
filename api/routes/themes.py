"""Themes: what the team concludes, in the order of the report, and what each rests on."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing
from api.pages import is_fragment, redirect, render
from api.policies import AUTHORS, MEMBERS, Access, allow
from api.theme_pages import list_page, theme_page
from codebook.theme_grounds import (
    rest_on_candidate,
    rest_on_code,
    stand_passage,
    take_off_candidate,
    take_off_code,
    take_off_passage,
)
from codebook.themes import ThemeSaid, create_theme, delete_theme, edit_theme, move_theme

router = APIRouter(prefix="/studies/{study_id}/themes", tags=["themes"])
Id = Annotated[int, Path(ge=1, le=2**53)]
IdField = Annotated[int, Form(ge=1, le=2**53)]
Line = Annotated[str, Form(max_length=2_000)]
Text = Annotated[str, Form(max_length=40_000)]


@router.get("", summary="Themes", dependencies=[allow(MEMBERS)])
def themes(request: Request, session: Reading, access: StudyAccess) -> Response:
    """The themes in the report's order, with what their quotes amount to."""
    return render(request, "themes/list.html", **list_page(session, access))


@router.post("", summary="Begin a theme", dependencies=[allow(AUTHORS)])
def create(
    request: Request, session: Writing, access: StudyAccess, name: Line, claim: Line = ""
) -> Response:
    """Makes a theme, last in the report, and opens it."""
    theme = create_theme(session, access.study.id, ThemeSaid(name, claim), user_id=access.user.id)
    return redirect(
        request,
        f"/studies/{access.study.id}/themes/{theme.id}",
        said=f"“{theme.name}” is begun. Say next which codes it rests on.",
    )


@router.get("/{theme_id}", summary="One theme", dependencies=[allow(MEMBERS)])
def one(request: Request, session: Reading, access: StudyAccess, theme_id: Id) -> Response:
    """A theme: its claim, what it rests on, and the quotes for and against it."""
    return render(request, "themes/theme.html", **theme_page(session, access, theme_id))


@router.post("/{theme_id}", summary="Change a theme", dependencies=[allow(AUTHORS)])
def edit(
    request: Request,
    session: Writing,
    access: StudyAccess,
    theme_id: Id,
    name: Line,
    claim: Line = "",
    counter_evidence: Text = "",
) -> Response:
    """Changes a theme's name, its claim, and what speaks against it."""
    edit_theme(session, access.study.id, theme_id, ThemeSaid(name, claim, counter_evidence))
    return redirect(request, f"/studies/{access.study.id}/themes/{theme_id}", said="Saved.")


@router.post("/{theme_id}/move", summary="Move a theme", dependencies=[allow(AUTHORS)])
def move(
    request: Request,
    session: Writing,
    access: StudyAccess,
    theme_id: Id,
    up: Annotated[bool, Form()],
) -> Response:
    """Moves a theme one place up or down in the report."""
    theme = move_theme(session, access.study.id, theme_id, up=up)
    said = f"“{theme.name}” is number {theme.position + 1} in the report now."
    if is_fragment(request):
        context = list_page(session, access)
        return render(request, "themes/_list.html", said=said, **context)
    return redirect(request, f"/studies/{access.study.id}/themes", said=said)


@router.post("/{theme_id}/delete", summary="Delete a theme", dependencies=[allow(AUTHORS)])
def remove(request: Request, session: Writing, access: StudyAccess, theme_id: Id) -> Response:
    """Deletes a theme; its codes, codings and quotes stay."""
    name = delete_theme(session, access.study.id, theme_id)
    said = f"“{name}” was deleted. Its quotes and codings are all still there."
    return redirect(request, f"/studies/{access.study.id}/themes", said=said)


@router.post("/{theme_id}/codes", summary="Rest on a code", dependencies=[allow(AUTHORS)])
def add_code(
    request: Request, session: Writing, access: StudyAccess, theme_id: Id, code_id: IdField
) -> Response:
    """Lets a theme rest on a code: the code's quotes stand under it."""
    name = rest_on_code(session, access.study.id, theme_id, code_id)
    return _theme(request, session, access, theme_id, f"It rests on “{name}” now.")


@router.post(
    "/{theme_id}/codes/{code_id}/take-off",
    summary="Take a code off a theme",
    dependencies=[allow(AUTHORS)],
)
def remove_code(
    request: Request, session: Writing, access: StudyAccess, theme_id: Id, code_id: Id
) -> Response:
    """Lets a theme no longer rest on a code; its codings stay."""
    take_off_code(session, access.study.id, theme_id, code_id)
    return _theme(request, session, access, theme_id, "Taken off. Its codings stay as they are.")


@router.post(
    "/{theme_id}/candidates", summary="Rest on a candidate theme", dependencies=[allow(AUTHORS)]
)
def add_candidate(
    request: Request, session: Writing, access: StudyAccess, theme_id: Id, candidate_id: IdField
) -> Response:
    """Lets a theme rest on a candidate theme: those of its members that are chosen stand there."""
    name = rest_on_candidate(session, access.study.id, theme_id, candidate_id)
    return _theme(request, session, access, theme_id, f"It rests on “{name}” now.")


@router.post(
    "/{theme_id}/candidates/{candidate_id}/take-off",
    summary="Take a candidate off a theme",
    dependencies=[allow(AUTHORS)],
)
def remove_candidate(
    request: Request, session: Writing, access: StudyAccess, theme_id: Id, candidate_id: Id
) -> Response:
    """Lets a theme no longer rest on a candidate theme."""
    take_off_candidate(session, access.study.id, theme_id, candidate_id)
    return _theme(request, session, access, theme_id, "Taken off.")


@router.post(
    "/{theme_id}/passages", summary="Stand a quote under a theme", dependencies=[allow(AUTHORS)]
)
def add_passage(
    request: Request,
    session: Writing,
    access: StudyAccess,
    theme_id: Id,
    passage_id: IdField,
    against: Annotated[bool, Form()] = False,
) -> Response:
    """Lets a quote speak for a theme, or against it."""
    stand_passage(session, access.study.id, theme_id, passage_id, against=against)
    said = "It speaks against the theme now." if against else "It speaks for the theme now."
    return _theme(request, session, access, theme_id, said, rests_changed=False)


@router.post(
    "/{theme_id}/passages/{passage_id}/take-off",
    summary="Take a quote off a theme",
    dependencies=[allow(AUTHORS)],
)
def remove_passage(
    request: Request, session: Writing, access: StudyAccess, theme_id: Id, passage_id: Id
) -> Response:
    """Takes a quote off a theme; where a code brings it, it speaks for the theme again."""
    take_off_passage(session, access.study.id, theme_id, passage_id)
    said = "Done. The quote itself stays in the bank."
    return _theme(request, session, access, theme_id, said, rests_changed=False)


def _theme(
    request: Request,
    session: Session,
    access: Access,
    theme_id: int,
    said: str,
    *,
    rests_changed: bool = True,
) -> Response:
    """The theme as it stands after a change: a part of the page for htmx, else the page again.

    What it rests on is where a change there leaves the focus; else it stays on the page.
    """
    if is_fragment(request):
        context = theme_page(session, access, theme_id)
        context["rests_changed"] = rests_changed
        return render(request, "themes/_theme.html", said=said, **context)
    return redirect(request, f"/studies/{access.study.id}/themes/{theme_id}", said=said)
