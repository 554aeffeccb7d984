"""Headers, hosts, origins and body limits: what holds for every request, whoever asks."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import answer_error
from api.errors import FromElsewhere, NotOurHost, TooLarge
from api.policies import MIB, STATIC
from transcripts.errors import GreenshootsError

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONGEST_LENGTH = 15
"""Digits of a body's announced length; more would take long to convert."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Headers:
    """Adds the security headers to every answer; pages are never kept by caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        static = scope["path"].startswith(f"{STATIC}/")

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "no-cache" if static else "no-store"
            await send(message)

        await self.app(scope, receive, dressed)


class Origin:
    """Refuses other host names (DNS rebinding) and changes that began on another site (CSRF)."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass the request on."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                check_host(request, self.hosts)
                check_origin(request)
            except GreenshootsError as error:
                await answer_error(request, error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def check_host(request: Request, hosts: frozenset[str]) -> None:
    """Raise NotOurHost unless Host is a name of ours or an address, whatever the port."""
    host = request.headers.get("host", "").lower()
    name = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
    if name not in hosts and not _is_address(name):
        raise NotOurHost(
            "This service doesn't answer to that name.",
            way_out="Open it at the address it printed when it started.",
        )


def _is_address(name: str) -> bool:
    """Whether a host is an IP address: no name server can make that mean another machine."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def check_origin(request: Request) -> None:
    """Raise FromElsewhere unless a change began on our own pages."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site == "same-origin"
    else:
        origin = urlsplit(request.headers.get("origin", ""))
        ours = origin.scheme in {"http", "https"} and origin.netloc == request.headers.get("host")
    if not ours:
        raise FromElsewhere(
            "That request did not begin on a page of this service, so nothing was changed.",
            way_out="Open the page here and try again.",
        )


def limit_body(request: Request, receive: Receive, limit: int) -> Receive:
    """Refuse a body announced as too large now, and one that grows too large as it arrives."""
    announced = request.headers.get("content-length", "0")
    number = announced.isascii() and announced.isdigit() and len(announced) <= LONGEST_LENGTH
    if not number or int(announced) > limit:
        raise TooLarge(
            f"That is more than the {limit // MIB} MiB this address takes.",
            way_out="Send fewer or smaller files at once.",
        )
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            # FastAPI turns any other error while reading a form into a 400.
            raise HTTPException(413)
        return message

    return counted
