"""Answers made smaller on their way: a long transcript's page is megabytes, most of it markup.

What another site makes a browser ask for is sent as it is: by asking again and again, and from the
lengths of compressed pages, which anybody on the way can see, it could guess at their words.
"""

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 1024
LEVEL = 1
"""The quickest: 8 MB become a tenth of that in 25 ms."""
GZIP = 16 + zlib.MAX_WBITS
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


class Compressed:
    """Compresses texts for browsers that take gzip, as they are sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and make its answer smaller."""
        if scope["type"] == "http" and _may(Headers(scope=scope)):
            send = _Smaller(send)
        await self.app(scope, receive, send)


def _may(asked: Headers) -> bool:
    takes = "gzip" in asked.get("accept-encoding", "")
    return takes and asked.get("sec-fetch-site") not in {"cross-site", "same-site"}


class _Smaller:
    """Sends one answer on, compressed where that is worth it. Every piece is flushed at once."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begin: Message | None = None
        self._pressed: zlib._Compress | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin = message  # held until the first piece says how large it is
            return
        if self._begin is not None:
            begin, self._begin = self._begin, None
            self._decide(begin, message)
            await self._send(begin)
        if self._pressed is not None:
            ends = not message.get("more_body", False)
            body = self._pressed.compress(message.get("body", b""))
            body += self._pressed.flush(zlib.Z_FINISH if ends else zlib.Z_SYNC_FLUSH)
            message = {**message, "body": body}
        await self._send(message)

    def _decide(self, begin: Message, first: Message) -> None:
        headers = MutableHeaders(scope=begin)
        if not headers.get("content-type", "").startswith(TEXTS):
            return
        headers.add_vary_header("Accept-Encoding")
        worth = first.get("more_body", False) or len(first.get("body", b"")) >= LEAST_BYTES
        if worth and "content-encoding" not in headers:
            self._pressed = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
            headers["Content-Encoding"] = "gzip"
            del headers["Content-Length"]
