"""The map of themes in a real browser: point to read, click to open, by keyboard, plainly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.settings import Settings
from tests.browser import faults, listening
from tests.builders import Built, build_study
from tests.mapped import place

pytestmark = pytest.mark.journey
POINT = """(passage) => {
  const svg = document.querySelector(".theme-map");
  for (const path of svg.querySelectorAll(".points")) {
    const at = path.dataset.passages.split(" ").indexOf(String(passage));
    if (at < 0) continue;
    const [x, y] = path.getAttribute("d").split("M")[at + 1].match(/-?[\\d.]+/g).map(Number);
    const on = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
    return [on.x, on.y];
  }
}"""
"""Where in the window a passage's mark is."""


@dataclass
class Mapped:
    """A coder's browser at the map of a study."""

    page: Page
    address: str
    built: Built
    amiss: list[str]
    """What went wrong in the browser; nothing may be left of it at the end."""

    def at(self, passage: int) -> tuple[float, float]:
        x, y = self.page.evaluate(POINT, passage)
        return x, y


@pytest.fixture
def mapped(settings: Settings, chromium: Browser) -> Iterator[Mapped]:
    app = create_app(settings)
    with app.state.store.writing() as session:
        built = build_study(session)
        place(session, built)
        token = begin_session(session, built.users["coder"], settings)
    with listening(app) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": address}])
        page = context.new_page()
        amiss: list[str] = []
        page.on("console", lambda told: amiss.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: amiss.append(str(error)))
        to = f"{address}/studies/{built.study_id}/candidates/map"
        page.goto(to)
        yield Mapped(page, to, built, amiss)
        context.close()
        assert amiss == []
    app.state.store.close()


def test_pointing_reads_and_clicking_opens(mapped: Mapped):
    page, passage = mapped.page, mapped.built.passage_ids[2]
    reading = page.locator("#map-reading")
    page.mouse.move(*mapped.at(passage))
    expect(reading.locator(".words")).to_contain_text("The caseloads crept up")
    expect(reading.locator("details.around")).to_be_hidden()
    page.mouse.move(*mapped.at(mapped.built.passage_ids[1]))
    expect(reading.locator(".words")).to_contain_text("knock, tick the box")
    page.mouse.click(*mapped.at(passage))
    expect(reading.get_by_text("Belongs to")).to_be_visible()
    expect(reading.locator(".around-text")).to_contain_text("she rang me herself")
    expect(reading).to_be_focused()
    page.mouse.move(*mapped.at(mapped.built.passage_ids[1]))
    page.wait_for_timeout(200)
    expect(reading.locator(".words").first).to_contain_text("The caseloads crept up")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#map-view")).to_be_focused()
    page.mouse.click(*mapped.at(passage))
    reading.get_by_role("link", name="Focus group 1").click()
    page.wait_for_url("**/transcripts/*")


def test_words_that_were_refused_once_are_asked_for_again(mapped: Mapped):
    page, passage = mapped.page, mapped.built.passage_ids[2]
    reading = page.locator("#map-reading")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.mouse.move(*mapped.at(passage))
    expect(reading).to_contain_text("You are not signed in.")
    page.context.add_cookies(cookies)
    page.mouse.move(*mapped.at(mapped.built.passage_ids[1]))
    page.mouse.move(*mapped.at(passage))
    expect(reading.locator(".words")).to_contain_text("The caseloads crept up")
    assert ["401" in told for told in mapped.amiss] == [True]
    mapped.amiss.clear()


def test_by_arrows_through_themes_and_marks_and_enter_opens(mapped: Mapped):
    page, reading = mapped.page, mapped.page.locator("#map-reading")
    page.locator("#map-view").focus()
    page.keyboard.press("ArrowRight")
    expect(reading.locator(".map-of")).to_have_text("time with families")
    page.keyboard.press("ArrowDown")
    expect(reading.locator(".map-of")).to_have_text("caseloads crept up")
    expect(page.locator(".map-list tr.lit")).to_contain_text("caseloads crept up")
    first = reading.locator(".words").inner_text()
    page.keyboard.press("End")
    expect(reading.locator(".words")).not_to_have_text(first)
    page.keyboard.press("ArrowRight")
    expect(reading.locator(".words")).to_have_text(first)
    page.keyboard.press("Enter")
    expect(reading.get_by_text("Belongs to")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".theme-map .names a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/*?state=all")


def test_the_list_has_what_the_picture_has(mapped: Mapped):
    page = mapped.page
    drawn = {
        path.get_attribute("data-theme"): len(path.get_attribute("data-passages").split())
        for path in page.locator(".theme-map .points").all()
    }
    listed = {
        row.get_attribute("data-theme"): int(row.locator("td").first.inner_text())
        for row in page.locator(".map-list tr[data-theme]").all()
    }
    assert drawn == listed
    page.get_by_role("link", name="Read all 8 in one list").click()
    expect(page.locator(".evidence")).to_have_count(8)
    assert faults(page) == []


def test_picture_and_table_are_downloaded(mapped: Mapped, tmp_path: Path):
    begins = {"SVG": b"<svg", "PNG": b"\x89PNG", "CSV": "\ufefftheme number".encode()}
    for word, first in begins.items():
        with mapped.page.expect_download() as coming:
            mapped.page.get_by_role("link", name=f"{word} of the map").click()
        name = coming.value.suggested_filename
        assert name == f"map-walking-with-families-middle.{word.lower()}"
        coming.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(first)


def test_narrow_a_tap_opens_and_numbers_stand_for_names(mapped: Mapped):
    page = mapped.page
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".theme-map .names")).to_be_hidden()
    expect(page.locator(".numbers-alone text").first).to_be_visible()
    page.mouse.click(*mapped.at(mapped.built.passage_ids[2]))
    expect(page.locator("#map-reading")).to_contain_text("The caseloads crept up")
    assert faults(page) == []
    page.get_by_role("link", name="Back to the map").click()
    expect(page.locator(".numbers-alone text").first).to_be_in_viewport()
    for more in (f"/{mapped.built.passage_ids[2]}", "/segments", "?granularity=fine"):
        page.goto(f"{mapped.address}{more}")
        assert faults(page) == []


def test_without_scripts_there_are_the_picture_its_names_and_the_list(
    mapped: Mapped, chromium: Browser
):
    state = mapped.page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(mapped.address)
    expect(page.locator(".theme-map .points")).to_have_count(2)
    expect(page.locator("#map-reading")).to_be_hidden()
    page.locator(".theme-map .names a").first.click()
    page.wait_for_url("**/candidates/*?state=all")
    page.go_back()
    page.get_by_role("link", name="Read the 4 segments of caseloads crept up").click()
    expect(page.locator(".evidence")).to_have_count(4)
    context.close()
