"""The unexpected: a page with an id for the person, a trace without content for the log.

An exception's message may hold what was said (a database error quotes its parameters), and the
server would print it. So it is caught here: type and places are logged, nothing else.
"""

import traceback
from pathlib import Path
from secrets import token_hex

import structlog
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import answer_sentence

OURS = [Path(__file__).parents[1] / name for name in ("transcripts", "capture", "codebook", "api")]
_log = structlog.get_logger("greenshoots.api")


class Failures:
    """Answers 500 with an id when a handler fails in a way nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; catch what falls."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the one place that may
            failure = _note(error, scope)
            if not begun:
                await _answer(Request(scope), failure)(scope, receive, send)


def _note(error: Exception, scope: Scope) -> str:
    failure = token_hex(4)
    route = scope.get("route")
    _log.error(
        "unexpected",
        id=failure,
        method=scope["method"],
        route=getattr(route, "path", None),
        error=type(error).__qualname__,
        places=_places(error),
    )
    return failure


def _places(error: Exception) -> list[str]:
    """Where it passed through our own packages, and where it began; lines, never values."""
    frames = traceback.extract_tb(error.__traceback__)
    kept = [f for f in frames if any(map(Path(f.filename).is_relative_to, OURS))] + frames[-1:]
    return list(dict.fromkeys(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in kept))


def _answer(request: Request, failure: str) -> ASGIApp:
    return answer_sentence(
        request,
        500,
        f"Something went wrong on our side. It is noted as {failure}.",
        "Go back and see how things stand; if it happens again, pass on that number.",
    )
