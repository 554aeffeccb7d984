"""Long pages are small on their way, and arrive piece by piece."""

import asyncio
import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api.compression import Compressed
from api.policies import PUBLIC, allow
from tests.api.conftest import Service

WORDS = "We just never had the time before. " * 400


@pytest.fixture
def probes(service: Service) -> Service:
    router = APIRouter()

    @router.get("/probe/long", dependencies=[allow(PUBLIC)])
    def long() -> Response:
        return PlainTextResponse(WORDS)

    @router.get("/probe/short", dependencies=[allow(PUBLIC)])
    def short() -> Response:
        return PlainTextResponse("Short.")

    @router.get("/probe/packed", dependencies=[allow(PUBLIC)])
    def packed() -> Response:
        return Response(WORDS, media_type="application/zip")

    service.app.router.routes.extend(router.routes)
    return service


def raw(service: Service, path: str, **headers: str) -> tuple[list[bytes], dict[str, str]]:
    """The pieces of an answer as they were sent, and its headers."""
    with service.browser().stream("GET", path, headers=headers) as answer:
        return list(answer.iter_raw()), dict(answer.headers)


def test_a_long_text_is_compressed_and_a_short_one_is_left(probes: Service) -> None:
    sent, headers = raw(probes, "/probe/long")
    assert headers["content-encoding"] == "gzip"
    assert "content-length" not in headers
    assert headers["vary"] == "Accept-Encoding"
    assert len(b"".join(sent)) < len(WORDS) / 10
    assert gzip.decompress(b"".join(sent)).decode() == WORDS
    sent, headers = raw(probes, "/probe/short")
    assert (b"".join(sent), "content-encoding" in headers) == (b"Short.", False)


def test_what_is_packed_already_or_not_asked_for_is_left(probes: Service) -> None:
    assert "content-encoding" not in raw(probes, "/probe/packed")[1]
    assert "content-encoding" not in raw(probes, "/probe/long", **{"accept-encoding": "br"})[1]


def test_what_another_site_asks_for_is_sent_as_it_is(probes: Service) -> None:
    """From the lengths of compressed pages, that site could guess at the words in them."""
    for site in ("cross-site", "same-site"):
        assert "content-encoding" not in raw(probes, "/probe/long", **{"sec-fetch-site": site})[1]


def test_each_piece_can_be_read_as_soon_as_it_has_come() -> None:
    pieces = [b"<p>one", b"<p>two", b"<p>three"]

    async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
        kind = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": kind})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    sent: list[bytes] = []

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "headers": [(b"accept-encoding", b"gzip")]}
    with ThreadPoolExecutor(1) as apart:  # A browser may have a loop in this thread.
        apart.submit(asyncio.run, Compressed(answering)(scope, receive, send)).result()
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert [unpacking.decompress(one) for one in sent[1:4]] == pieces
    assert unpacking.decompress(sent[4]) == b""
    assert unpacking.eof
