"""Signing in and out: by password, or by a link that works once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.dependencies import OpenStore, SignedIn, TheSettings, Writing
from api.pages import redirect, render
from api.policies import PUBLIC, SIGNED_IN, allow
from api.sign_in import (
    begin_session,
    cookie_name,
    count_try,
    digest,
    end_session,
    forget_tries,
    use_link,
    user_for_password,
)
from capture.settings import Settings

router = APIRouter(tags=["signing in"])
WRONG = "That e-mail address and password don't go together."


def safe_next(path: str) -> str:
    """A path of ours to go on to; anything that could lead elsewhere becomes the start page."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isprintable() else "/"


@router.get("/sign-in", summary="The sign-in form", dependencies=[allow(PUBLIC)])
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the address's own word
    """Asks for e-mail address and password; goes on to `next` afterwards."""
    if request.state.user is not None:
        return redirect(request, safe_next(next))
    return render(request, "sign_in/form.html", next=safe_next(next), email="", sentence="")


@router.post("/sign-in", summary="Sign in with a password", dependencies=[allow(PUBLIC)])
def sign_in(
    request: Request,
    store: OpenStore,
    settings: TheSettings,
    email: Annotated[str, Form(max_length=320)],
    password: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Signs in, or says that the two don't go together; slowed after five failures."""
    with store.writing() as session:
        count_try(session, email)
    with store.reading() as session:  # hashing takes its time: not while others wait to write
        user = user_for_password(session, email, password)
    if user is None:
        return render(
            request,
            "sign_in/form.html",
            status=401,
            next=safe_next(next),
            email=email,
            sentence=WRONG,
        )
    with store.writing() as session:
        forget_tries(session, email)
        token = begin_session(session, user.id, settings)
    return let_in(request, settings, token, safe_next(next))


@router.get("/sign-in/link/{token}", summary="A sign-in link", dependencies=[allow(PUBLIC)])
def link(request: Request, token: str) -> Response:
    """Shows a button; opening the address alone (as a preview does) uses nothing up."""
    return render(request, "sign_in/link.html", token=token)


@router.post("/sign-in/link/{token}", summary="Use a sign-in link", dependencies=[allow(PUBLIC)])
def follow(request: Request, session: Writing, settings: TheSettings, token: str) -> Response:
    """Signs in and uses the link up."""
    user = use_link(session, token)
    return let_in(request, settings, begin_session(session, user.id, settings), "/")


@router.post("/sign-out", summary="Sign out", dependencies=[allow(SIGNED_IN)])
def sign_out(request: Request, session: Writing, settings: TheSettings, user: SignedIn) -> Response:
    """Ends this session, here and in the store."""
    token = request.cookies[cookie_name(settings)]
    end_session(session, user.id, digest(token))
    answer = redirect(request, "/sign-in", said="You are signed out.")
    answer.delete_cookie(
        cookie_name(settings),
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer


def let_in(request: Request, settings: Settings, token: str, to: str) -> Response:
    """Go on, with the session's cookie."""
    answer = redirect(request, to)
    answer.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer
