"""What holds for every request: headers, host names, where a change began, how much it carries."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import PlainTextResponse, Response
from pydantic import ValidationError
from starlette.testclient import TestClient

from api.policies import MIB, PUBLIC, SIGNED_IN, allow
from api.security import CSP
from capture.settings import Settings
from tests.api.conftest import HERE, OURS, Service, make_service
from tests.builders import Built

TEMPLATES = Path(__file__).parents[2] / "api" / "templates"


def bare(service: Service, base_url: str = HERE, **headers: str) -> TestClient:
    """A client that sends no header on its own that says where a request began."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return TestClient(service.app, base_url=base_url, headers=named, follow_redirects=False)


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/account", "/static/base.css"])
def test_every_answer_carries_the_security_headers(service: Service, path: str) -> None:
    headers = service.browser().get(path).headers
    assert headers["content-security-policy"] == CSP
    assert "unsafe" not in CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    kept = "no-cache" if path.startswith("/static/") else "no-store"
    assert headers["cache-control"] == kept


def test_refusals_carry_the_security_headers_too(service: Service) -> None:
    for answer in (
        bare(service, base_url="http://evil.example").get("/"),
        bare(service).post("/sign-in"),
    ):
        assert answer.headers["content-security-policy"] == CSP


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=str)
def test_no_template_has_inline_script_or_style_or_unescapes(template: Path) -> None:
    whole = template.read_text("utf-8")
    text = re.sub(r"\{[#%{].*?[#%}]\}", "x", whole, flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|hx-vals=.js:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", whole)
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:)?//", text)


@pytest.mark.parametrize(
    "url",
    ["http://evil.example", "http://127.0.0.1.evil.example:8000", "http://localhost.evil"],
)
def test_another_host_name_is_refused_so_that_rebinding_leads_nowhere(
    service: Service, url: str
) -> None:
    answer = bare(service, base_url=url).get("/sign-in")
    assert answer.status_code == 400
    assert "doesn&#39;t answer to that name" in answer.text


def test_behind_a_proxy_its_public_name_is_answered_to_and_no_other(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", address="https://Research.example.org/")
    for service in make_service(settings):
        ours = bare(service, base_url="https://research.example.org")
        assert ours.get("/sign-in").status_code == 200
        assert bare(service, base_url="https://example.org").get("/sign-in").status_code == 400


@pytest.mark.parametrize("address", ["research.example.org", "https://a.org/path", "ftp://a.org"])
def test_a_public_address_is_a_whole_one_and_no_page(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(address=address)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8000", "http://localhost:9000", "http://[::1]:8000", "http://localhost"],
)
def test_loopback_is_ours_at_any_port(service: Service, url: str) -> None:
    assert bare(service, base_url=url).get("/sign-in").status_code == 200


REFUSED = [
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": HERE},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:8001"},
    {"origin": "http://127.0.0.1:8000.evil.example"},
]


@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_a_change_that_began_elsewhere_changes_nothing(
    service: Service, built: Built, headers: dict[str, str]
) -> None:
    browser = service.browser(built.users["coder"])
    del browser.headers["sec-fetch-site"]
    answer = browser.post("/sign-out", headers=headers)
    assert answer.status_code == 403
    assert "did not begin on a page of this service" in answer.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    "headers", [OURS, OURS | {"origin": "null"}, {"origin": HERE}], ids=["site", "both", "origin"]
)
def test_a_change_that_began_on_our_own_page_is_let_through(
    service: Service, built: Built, headers: dict[str, str]
) -> None:
    browser = service.browser(built.users["coder"])
    del browser.headers["sec-fetch-site"]
    assert browser.post("/sign-out", headers=headers).status_code == 303


def routes() -> APIRouter:
    router = APIRouter()

    @router.post("/probe/small", dependencies=[allow(PUBLIC)])
    async def small(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    @router.post("/probe/upload", dependencies=[allow(PUBLIC, body=3 * MIB)])
    def upload(file: UploadFile) -> Response:
        return PlainTextResponse(str(file.size))

    @router.post("/probe/members", dependencies=[allow(SIGNED_IN, body=3 * MIB)])
    def members(file: UploadFile) -> Response:
        return PlainTextResponse(str(file.size))

    return router


def pieces(count: int) -> Iterator[bytes]:
    """A body whose length isn't announced."""
    for _ in range(count):
        yield b"x" * 1024


def test_a_body_over_a_mebibyte_is_refused_with_a_sentence(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    browser = service.browser()
    assert browser.post("/probe/small", content=b"x" * MIB).text == str(MIB)
    refused = browser.post("/probe/small", content=b"x" * (MIB + 1))
    assert refused.status_code == 413
    assert "more than the 1 MiB this address takes" in refused.text


def test_a_body_that_does_not_say_its_length_is_counted_as_it_arrives(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    browser = service.browser()
    assert browser.post("/probe/small", content=pieces(1024)).text == str(MIB)
    assert browser.post("/probe/small", content=pieces(1025)).status_code == 413


def test_an_upload_route_takes_what_it_declares_and_no_more(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    browser = service.browser()
    taken = browser.post("/probe/upload", files={"file": ("a.txt", b"x" * 2 * MIB)})
    assert taken.text == str(2 * MIB)
    refused = browser.post("/probe/upload", files={"file": ("a.txt", b"x" * 4 * MIB)})
    assert refused.status_code == 413
    boundary = {"content-type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'

    def growing() -> Iterator[bytes]:
        yield head
        yield from pieces(4 * 1024)

    assert browser.post("/probe/upload", content=growing(), headers=boundary).status_code == 413


def test_a_stranger_is_refused_before_the_body_is_read(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    read: list[int] = []

    def watched() -> Iterator[bytes]:
        for number, piece in enumerate(pieces(100)):
            read.append(number)
            yield piece

    answer = service.browser().post("/probe/members", content=watched())
    assert answer.status_code == 401
    assert len(read) <= 1


@pytest.mark.parametrize("length", ["-1", "9" * 5000], ids=["negative", "endless"])
def test_a_length_that_is_no_number_is_refused(service: Service, length: str) -> None:
    answer = service.browser().post("/sign-in", content=b"x", headers={"content-length": length})
    assert answer.status_code == 413


def test_every_promise_in_the_security_page_names_a_test_that_exists() -> None:
    tests = Path(__file__).parents[1]
    page = (tests.parent / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    there = "\n".join(path.read_text("utf-8") for path in tests.rglob("test_*.py"))
    assert len(named) > 20
    assert {name for name in named if f"def {name}(" not in there} == set()
