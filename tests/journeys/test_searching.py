"""Searching in a real browser: from any room to the words, into the transcript, and back."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.settings import Settings
from tests.browser import faults, listening
from tests.builders import Built, build_study
from tests.capture.searched import Here, Made, embed

pytestmark = pytest.mark.journey

ABOUT = {"hour": (1, 0, 0), "caseload": (0, 1, 0), "rang me": (0, 0.9, 0.3)}


@dataclass
class Searching:
    """A coder's browser in a study, and the model that works out meanings."""

    page: Page
    home: str
    meaning: Here
    built: Built

    @property
    def summary(self) -> str:
        return self.page.locator("#found-summary").inner_text()

    def search(self, words: str) -> None:
        self.page.locator("#search-box").fill(words)
        self.page.keyboard.press("Enter")


LEFT = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx says when a page is left while it asks whether the model for meaning is ready."""


@pytest.fixture
def searching(settings: Settings, chromium: Browser) -> Iterator[Searching]:
    app = create_app(settings)
    made = Made(ABOUT)
    meaning = app.state.meaning = Here(made)
    with app.state.store.writing() as session:
        built = build_study(session)
        embed(session, made)
        token = begin_session(session, built.users["coder"], settings)
    with listening(app) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": address}])
        page = context.new_page()
        amiss: list[str] = []
        page.on("console", lambda told: amiss.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: amiss.append(str(error)))
        yield Searching(page, f"{address}/studies/{built.study_id}", meaning, built)
        context.close()
        assert [one for one in amiss if not one.startswith(LEFT)] == []
    app.state.store.close()


def test_from_any_room_to_the_words_in_their_transcript_and_back_again(searching: Searching):
    page, passage = searching.page, searching.built.passage_ids[2]
    page.goto(f"{searching.home}/themes")
    page.keyboard.press("/")
    page.keyboard.type("caseload")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("caseloads")
    assert page.url.endswith("/search")
    assert searching.summary == "2 places have your word, 2 more are near in meaning."
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    opened = page.locator(":focus").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{opened}")
    key = opened.partition("#")[2]
    expect(page.locator(f"#{key}")).to_be_focused()
    page.go_back()
    expect(page.locator(f"#place-{key[1:]} [data-row-link]")).to_be_focused()
    assert searching.summary == "2 places have your word, 2 more are near in meaning."
    assert page.locator("#search-box").input_value() == "caseload"
    page.locator(f"#place-{passage}").get_by_role("link", name="Code this").click()
    expect(page.locator("#coding")).to_be_visible()
    assert "caseloads crept up" in page.locator("#coding-words").inner_text()


def test_words_come_first_and_meaning_follows_while_nobody_has_begun_to_read(searching: Searching):
    page = searching.page
    searching.meaning.state = "starting"
    page.goto(f"{searching.home}/search")
    searching.search("caseload")
    expect(page.get_by_text("By words so far.")).to_be_visible()
    assert searching.summary == "2 places have your word."
    searching.meaning.state = "ready"
    expect(page.locator("#found-summary")).to_contain_text("2 more are near in meaning.")
    searching.meaning.state = "starting"
    searching.search("rang me")
    expect(page.get_by_text("By words so far.")).to_be_visible()
    page.keyboard.press("Tab")
    searching.meaning.state = "ready"
    page.get_by_role("button", name="Show what is near in meaning too").click()
    expect(page.locator("#found-summary")).to_contain_text("near in meaning.")


def test_a_narrow_page_a_filter_and_more_like_it(searching: Searching):
    page = searching.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{searching.home}/search")
    searching.search("caseload")
    page.locator(".search-fold summary").click()
    page.get_by_label("Wave").select_option("2")
    expect(page.locator("[data-row]")).to_have_count(2)
    assert searching.summary == "1 place has your word, 1 more is near in meaning."
    assert faults(page) == []
    page.get_by_role("link", name="More like this").first.click()
    expect(page.locator("h1")).to_have_text("More like this")
    expect(page.locator("[data-row]")).to_have_count(3)
    assert faults(page) == []
    page.goto(f"{searching.home}/transcripts/{searching.built.transcript_ids[0]}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text("More like this")


def test_without_scripts_one_searches_all_the_same(searching: Searching, chromium: Browser):
    state = searching.page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(searching.home)
    page.locator("#search-box").fill('"crept up"')
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("crept up")
    page.get_by_label("Place").select_option("Brookvale")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    context.close()
