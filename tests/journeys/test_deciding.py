"""Deciding on candidate themes and curating the codebook, by keyboard, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.models import CandidateTheme, Code, Decision, Suggestion
from capture.settings import Settings
from capture.store import Store
from tests.browser import faults, listening
from tests.builders import Built, build_study

pytestmark = pytest.mark.journey


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


@pytest.fixture
def desk(settings: Settings, chromium: Browser) -> Iterator[Desk]:
    app = create_app(settings)
    store: Store = app.state.store
    with store.writing() as session:
        built = build_study(session)
        token = begin_session(session, built.users["coder"], settings)
    with listening(app) as base:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": base}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield Desk(page, store, built, base)
        context.close()
    store.close()


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
    expect(desk.page.locator("#candidate-title")).to_be_focused()
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


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_these_screens(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 844})
    one = f"/candidates/{desk.built.candidate_ids[0]}"
    panels = [f"{one}/{panel}" for panel in ("map", "adopt", "merge", "split")]
    pages = ["/codebook", "/codebook/add", "/codebook/bring", "/codebook/versions"]
    for path in ("/candidates", one, *panels, f"{one}/members", *pages):
        desk.open(path)
        assert faults(desk.page) == [], path
