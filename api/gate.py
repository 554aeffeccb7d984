"""The gate: finds the route, reads its policy, and lets in or refuses before the body is read.

A dependency would come too late: FastAPI reads a form, uploads and all, before its dependencies
run, so a stranger could fill the disk. Whatever has no policy is refused here, by default.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from api.answers import answer_error
from api.errors import NotAllowed, NotSignedIn
from api.policies import BODY_LIMIT, PUBLIC, Access, Allowed, allowed_on
from api.security import limit_body
from api.sign_in import cookie_name, due, note_seen, session_for_token
from capture.errors import NotFound
from capture.models import Membership, Study, User
from capture.settings import Settings
from capture.store import Store
from transcripts.errors import GreenshootsError

LONGEST_ID = 18
"""Digits; a longer number overflows what the store can hold."""


class Gate:
    """Lets a request through to its handler, with `state.user` and `state.access`, or refuses."""

    def __init__(
        self,
        app: ASGIApp,
        routes: Callable[[], Sequence[BaseRoute]],
        store: Store,
        settings: Settings,
    ) -> None:
        self.app = app
        self.routes = routes
        self.store = store
        self.cookie = cookie_name(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide on one request; anything but HTTP and the start-up signal is turned away."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        if scope["type"] != "http":
            return
        request = Request(scope)
        try:
            receive = await self._admit(request, receive)
        except GreenshootsError as error:
            await answer_error(request, error)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _admit(self, request: Request, receive: Receive) -> Receive:
        route, params = _find(self.routes(), request.scope)
        # Nothing there: the router answers 404 or 405, on a page that knows who asks.
        allowed = allowed_on(route) if route else Allowed(PUBLIC, BODY_LIMIT)
        if allowed is None:
            raise NotAllowed("This page is closed: nothing says who may open it.")
        if not isinstance(route, Mount):
            await run_in_threadpool(self._identify, request, params, allowed)
        return limit_body(request, receive, allowed.body)

    def _identify(self, request: Request, params: Mapping[str, Any], allowed: Allowed) -> None:
        token = request.cookies.get(self.cookie)
        with self.store.reading() as session:
            signed_in = session_for_token(session, token) if token else None
            user = session.get(User, signed_in.user_id) if signed_in else None
            request.state.user = user
            if not allowed.policy.signed_in:
                return
            if user is None:
                raise NotSignedIn
            if "study_id" in params:
                request.state.access = _access(session, user, str(params["study_id"]))
        _check_role(getattr(request.state, "access", None), allowed)
        if signed_in and due(signed_in):
            with self.store.writing() as session:
                note_seen(session, signed_in.token_sha256)


def _find(routes: Sequence[BaseRoute], scope: Scope) -> tuple[BaseRoute | None, Mapping[str, Any]]:
    for route in routes:
        match, child = route.matches(scope)
        if match == Match.FULL:
            return route, child.get("path_params", {})
    return None, {}


def _access(session: Session, user: User, study_id: str) -> Access:
    number = study_id.isascii() and study_id.isdigit() and len(study_id) <= LONGEST_ID
    study = session.get(Study, int(study_id)) if number else None
    member = session.get(Membership, (user.id, study.id)) if study else None
    if study is None or member is None:
        # A study one has no part in looks just like one that isn't there.
        raise NotFound("There is no such study.", way_out="Go back to your studies.")
    return Access(user, study, member.role)


def _check_role(access: Access | None, allowed: Allowed) -> None:
    if allowed.policy.roles is None:
        return
    if access is None:
        raise NotAllowed("This page asks for a role, but names no study.")
    if not access.may(allowed.policy):
        raise NotAllowed(
            f"As {access.role} you can't open this; it is for {allowed.policy.name}.",
            way_out="Ask an admin of the study to change your role.",
        )
