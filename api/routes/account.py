"""One's own account: where one is signed in, and one's password."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.dependencies import Reading, SignedIn, TheSettings, Writing
from api.pages import redirect, render
from api.policies import SIGNED_IN, allow
from api.sign_in import (
    change_password,
    cookie_name,
    digest,
    end_other_sessions,
    end_session,
    open_sessions,
)
from capture.settings import Settings

router = APIRouter(tags=["account"])


@router.get("/account", summary="My account", dependencies=[allow(SIGNED_IN)])
def account(request: Request, session: Reading, settings: TheSettings, user: SignedIn) -> Response:
    """Lists the browsers one is signed in with, and asks for a password or a new one."""
    return render(
        request,
        "account/account.html",
        sessions=open_sessions(session, user.id),
        this=here(request, settings),
        has_password=user.password_hash is not None,
    )


@router.post("/account/password", summary="Set my password", dependencies=[allow(SIGNED_IN)])
def password(
    request: Request,
    session: Writing,
    settings: TheSettings,
    user: SignedIn,
    new: Annotated[str, Form()],
    current: Annotated[str, Form()] = "",
) -> Response:
    """Sets or changes the password, and signs out every other browser."""
    change_password(session, user.id, current, new)
    end_other_sessions(session, user.id, here(request, settings))
    return redirect(
        request, "/account", said="Your password is set. Other browsers are signed out."
    )


@router.post("/account/sessions/end", summary="Sign a browser out", dependencies=[allow(SIGNED_IN)])
def end(
    request: Request, session: Writing, user: SignedIn, which: Annotated[str, Form()]
) -> Response:
    """Ends one of one's own sessions."""
    end_session(session, user.id, which)
    return redirect(request, "/account", said="That browser is signed out.")


@router.post(
    "/account/sessions/end-others",
    summary="Sign other browsers out",
    dependencies=[allow(SIGNED_IN)],
)
def end_others(
    request: Request, session: Writing, settings: TheSettings, user: SignedIn
) -> Response:
    """Ends all of one's sessions but this one."""
    end_other_sessions(session, user.id, here(request, settings))
    return redirect(request, "/account", said="All other browsers are signed out.")


def here(request: Request, settings: Settings) -> str:
    """The key of the session this request came with."""
    return digest(request.cookies.get(cookie_name(settings), ""))
