"""Rendering: one environment, always escaped, and the few things every page is given."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.navigation import doors
from api.policies import CODERS

SAID_COOKIE = "greenshoots_said"
"""Carries one sentence across a redirect, then is taken away."""
SENT_AT_ONCE = 32_768
"""Characters of a streamed page."""

_environment = Environment(
    loader=PackageLoader("api", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def day(value: date) -> str:
    """A date as people write it: 4 March 2021. (`%-d` isn't known on Windows.)"""
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """A time as people write it, and in which zone: 4 March 2021, 09:30 UTC."""
    return f"{day(value)}, {value:%H:%M %Z}"


_environment.filters |= {"day": day, "moment": moment}
_environment.globals["ui"] = _environment.get_template("_macros.html").module


def render(
    request: Request, template: str, *, status: int = 200, said: str = "", **context: object
) -> HTMLResponse:
    """Render a page or fragment. Templates also get `ui` (the macros), `user`, `access`, `study`,
    `may_search`, `doors` and, on whole pages, `said`: what was done just before, in a sentence.
    """
    carried = _carried(request)
    given = _given(request, said or carried) | context
    answer = HTMLResponse(_environment.get_template(template).render(given), status)
    if carried:
        _taken_away(answer)
    if said and is_fragment(request):
        say(answer, said)
    return answer


def stream(request: Request, template: str, **context: object) -> StreamingResponse:
    """The same for a long page: it is sent as it is made, so that its beginning can be read."""
    carried = _carried(request)
    given = _given(request, carried) | context
    pieces = _environment.get_template(template).generate(given)
    answer = StreamingResponse(_gathered(pieces), media_type="text/html")
    if carried:
        _taken_away(answer)
    return answer


def _gathered(pieces: Iterable[str]) -> Iterator[str]:
    """Small pieces put together into some that are worth sending."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= SENT_AT_ONCE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def _given(request: Request, said: str) -> dict[str, object]:
    access = getattr(request.state, "access", None)
    return {
        "request": request,
        "path": request.url.path,
        "user": getattr(request.state, "user", None),
        "access": access,
        "study": access.study if access else None,
        "may_search": access is not None and access.may(CODERS),
        "doors": doors(request.app.routes, access, request.url.path) if access else [],
        "said": "" if is_fragment(request) else said,
    }


def _carried(request: Request) -> str:
    """What was done just before, from the page that led here."""
    return "" if is_fragment(request) else unquote(request.cookies.get(SAID_COOKIE, ""))


def _taken_away(answer: Response) -> None:
    answer.delete_cookie(SAID_COOKIE, path="/", httponly=True, samesite="lax")


def is_fragment(request: Request) -> bool:
    """Whether htmx asked for part of a page rather than a page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def redirect(request: Request, to: str, *, said: str = "") -> Response:
    """Go to another of our pages after a change, and say there what was done."""
    answer: Response
    if is_fragment(request):
        answer = Response(headers={"HX-Redirect": to})
    else:
        answer = RedirectResponse(to, status_code=303)
    if said:
        answer.set_cookie(
            SAID_COOKIE,
            quote(said),
            max_age=60,
            path="/",
            secure=request.app.state.settings.secure_cookies,
            httponly=True,
            samesite="lax",
        )
    return answer


def say(answer: Response, sentence: str) -> None:
    """Say a sentence in the page's message area when a fragment arrives."""
    answer.headers["HX-Trigger"] = json.dumps({"said": {"value": sentence}})
