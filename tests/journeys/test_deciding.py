"""Deciding on candidate themes and curating the codebook, by keyboard, in a real browser."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from socket import socket

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import func, select

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.models import CandidateTheme, Code, Decision, Suggestion
from capture.settings import Settings
from capture.store import Store
from tests.builders import Built, build_study

pytestmark = pytest.mark.journey

CHROMIUM = which("chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Desk:
    """A coder's browser, and the store behind it."""

    page: Page
    store: Store
    built: Built
    base: str

    def open(self, path: str) -> None:
        """Go to a page of the study, and wait until it answers to keys."""
        self.page.goto(f"{self.base}/studies/{self.built.study_id}{path}")
        self.page.wait_for_load_state("networkidle")

    def state(self, which: int) -> str:
        """How a candidate stands in the record."""
        with self.store.reading() as session:
            return session.get_one(CandidateTheme, self.built.candidate_ids[which]).state

    def rows(self, table: type, *where: object) -> int:
        """How many rows the record has."""
        with self.store.reading() as session:
            return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def desk(settings: Settings, browser: Browser) -> Iterator[Desk]:
    app = create_app(settings)
    store: Store = app.state.store
    with store.writing() as session:
        built = build_study(session)
        token = begin_session(session, built.users["coder"], settings)
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": cookie_name(settings), "value": token, "url": base}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield Desk(page, store, built, base)
    context.close()
    server.should_exit = True
    thread.join()
    listening.close()


def test_a_theme_is_mapped_by_keyboard_alone_and_undone(desk):
    desk.open("/candidates")
    desk.page.keyboard.press("j")
    expect(desk.page.locator("#candidate-title")).to_have_text("caseloads crept up")
    desk.page.keyboard.press("m")
    expect(desk.page.get_by_role("combobox", name="Code")).to_be_focused()
    desk.page.keyboard.type("caselo")
    expect(desk.page.locator(".finder-hint")).to_have_text(
        "What people say about time and caseloads."
    )
    expect(desk.page.locator("#candidate .words").first).to_be_visible()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".decided")).to_contain_text("mapped to the code “Time and caseloads”")
    assert desk.state(1) == "mapped"
    assert desk.rows(Suggestion, Suggestion.source == "candidate theme") == 4
    assert desk.rows(Decision) == 0
    desk.page.keyboard.press("u")
    expect(desk.page.locator(".decided")).to_have_count(0)
    assert desk.state(1) == "undecided"
    assert desk.rows(Suggestion, Suggestion.source == "candidate theme") == 0


def test_a_colleagues_decision_is_told_and_what_was_typed_is_kept(desk):
    desk.open("/candidates")
    desk.page.keyboard.press("d")
    reason = desk.page.get_by_label("Why is this no theme?")
    expect(reason).to_be_focused()
    with desk.store.writing() as session:
        session.get_one(CandidateTheme, desk.built.candidate_ids[0]).state = "adopted"
    desk.page.keyboard.type("too mixed")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#said")).to_contain_text("Nothing was changed")
    expect(reason).to_have_value("too mixed")
    assert desk.state(0) == "adopted"


def test_escape_leaves_a_panel_and_keeps_the_keyboard(desk):
    desk.open("/candidates")
    desk.page.keyboard.press("m")
    expect(desk.page.get_by_role("combobox", name="Code")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("#act")).to_be_empty()
    desk.page.keyboard.press("j")
    expect(desk.page.locator("#candidate-title")).to_have_text("caseloads crept up")


def test_codes_are_found_while_typing(desk):
    desk.open("/codebook")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("leader")
    expect(desk.page.locator("article.code:visible h3")).to_have_text(["Leadership"])
    assert desk.rows(Code) == 3


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_these_screens(desk, width, scheme):
    desk.page.set_viewport_size({"width": width, "height": 844})
    desk.page.emulate_media(color_scheme=scheme)
    one = f"/candidates/{desk.built.candidate_ids[0]}"
    panels = [f"{one}/{panel}" for panel in ("map", "adopt", "merge", "split")]
    pages = ["/codebook", "/codebook/add", "/codebook/bring", "/codebook/versions"]
    for path in ("/candidates", one, *panels, f"{one}/members", *pages):
        desk.open(path)
        desk.page.evaluate(AXE.read_text())
        found = desk.page.evaluate("(tags) => axe.run(document, {runOnly: tags})", LEVELS)
        assert [v["id"] for v in found["violations"]] == [], path
        wide = desk.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
