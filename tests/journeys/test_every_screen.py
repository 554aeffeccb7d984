"""Every screen, wide and narrow, light and dark: accessible, and no wider than the window."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from api.app import create_app
from capture.settings import Settings
from tests.browser import faults
from tests.journeys.conftest import Serve
from tests.serving import Served

pytestmark = pytest.mark.journey

NOT_A_SCREEN = {
    "/healthz",
    "/openapi.json",
    "/studies/{study_id}/candidates/map/export",
    "/studies/{study_id}/codebook/download",
    "/studies/{study_id}/progress",
    "/studies/{study_id}/quotes/export",
    "/studies/{study_id}/quotes/{passage_id}/in-transcript",
    "/studies/{study_id}/search/meaning",
    "/studies/{study_id}/transcripts/{transcript_id}/at",
}
"""Routes that answer with data, a fragment or a redirect."""
MORE = [
    "/studies/1/review?blind=1",
    "/studies/1/transcripts/2",
    "/studies/1/transcripts/999",
    "/studies/2",
    "/studies/2/transcripts",
    "/studies/2/candidates",
    "/studies/2/candidates/map",
    "/studies/1/candidates/map?granularity=fine",
    "/studies/1/candidates/map/segments?theme=0",
    "/studies/2/review",
    "/studies/2/themes",
    "/studies/2/quotes",
    "/studies/1/quotes?for=public",
    "/studies/2/upload",
    "/studies/1/upload/1?open=names",
    "/studies/1/upload/1?open=speakers",
    "/studies/1/upload/1?open=off&reveal=yes",
]
"""A timed transcript, what isn't there, and a study with nothing in it."""
WALK = (
    b"A heading\n\nInterviewer: [00:00:05] Where shall we begin?\n\n"
    b"P2: [00:00:12] With Callum. I rang Mrs Okafor on 07700 900123, and Callum came too.\n\n"
    b"Practitioner 2: [00:00:30] And we walked there together.\n"
)
"""A file that waits, with everything its page can show."""
OF_WAITING = "FROM transcript_version AS v JOIN needs_look AS n ON n.version_id = v.id LIMIT 1"
PANELS = ("map", "adopt", "rename", "merge", "split", "dismiss", "additions")


def screens(data: Path, link: str) -> list[str]:
    """The address of every screen the service has, filled with what is in the study."""
    app = create_app(Settings(data=data))
    app.state.store.close()
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        candidate, code, theme, speaker, waits, corrected, placed, replaced = (
            connection.execute(query).fetchone()[0]
            for query in (
                "SELECT id FROM candidate_theme WHERE granularity = 'middle' LIMIT 1",
                "SELECT id FROM code LIMIT 1",
                "SELECT id FROM theme LIMIT 1",
                "SELECT id FROM appearance WHERE transcript_id = 2 LIMIT 1",
                "SELECT passage_id FROM needs_look LIMIT 1",
                f"SELECT transcript_id {OF_WAITING}",
                "SELECT passage_id FROM segment WHERE map_x IS NOT NULL LIMIT 1",
                "SELECT max(id) FROM replacement",
            )
        )
    ids = {
        "study_id": 1,
        "transcript_id": 1,
        "candidate_id": candidate,
        "code_id": code,
        "theme_id": theme,
        "draft_id": 1,
        "entry_id": 1,
        "passage_id": waits,
        "replacement_id": replaced,
        "number": 1,
        "token": link.rsplit("/", 1)[1],
    }
    found = []
    for route in app.routes:
        if "GET" not in getattr(route, "methods", ()) or route.path in NOT_A_SCREEN:
            continue
        panels = PANELS if "{panel}" in route.path else ("",)
        of = {"transcript_id": corrected} if "{passage_id}" in route.path else {}
        found += [route.path.format(**ids | of, panel=panel) for panel in panels]
    of_rows = [f"transcripts/2?speaker={speaker}&beside=yes", f"candidates/map/{placed}"]
    return [*found, *MORE, *(f"/studies/1/{one}" for one in of_rows)]


def fill(page: Page, service: Served) -> None:
    """A coded passage that needs a look, a theme, a study with nothing in it, a file that waits."""
    page.goto(f"{service.address}/studies/1/review")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.get_by_text("1 of ").first.wait_for()
    correct_what_was_coded(page, service)
    page.goto(f"{service.address}/studies/1/themes")
    page.get_by_label("Its name").fill("An hour is an hour")
    page.get_by_role("button", name="Begin it").click()
    page.wait_for_url("**/themes/1")
    page.goto(f"{service.address}/studies/1/register")
    page.get_by_label("Real name").fill("Rowan Ashby")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("[person 1]").first.wait_for()
    page.goto(f"{service.address}/")
    page.locator("summary").first.click()
    page.get_by_label("Its name").fill("A study with nothing in it")
    page.get_by_role("button", name="Begin it").click()
    page.wait_for_url("**/studies/2")
    page.goto(f"{service.address}/studies/1/upload")
    page.get_by_label("Transcripts", exact=True).set_input_files(
        files=[{"name": "walk.txt", "mimeType": "text/plain", "buffer": WALK}]
    )
    page.get_by_role("button", name="Read the file").click()
    page.get_by_text("1 file waits to be looked at").wait_for()


def correct_what_was_coded(page: Page, service: Served) -> None:
    """Other words stand in the turn that was coded: its passage needs a look. Another transcript
    has words off the record."""
    with closing(sqlite3.connect(service.data / "greenshoots.sqlite")) as connection:
        transcript, turn = connection.execute(
            "SELECT transcript_id, turn.id FROM decision"
            " JOIN segment USING (passage_id) JOIN turn ON turn.id = turn_id"
            " JOIN transcript_version ON transcript_version.id = version_id"
        ).fetchone()
    page.goto(f"{service.address}/studies/1/transcripts/{transcript}/correct?turn={turn}")
    page.locator(f"#turn-{turn} textarea").fill("That was not what was said at all.")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Save as version 2").click()
    page.get_by_text("1 passage needs a look.").wait_for()
    put_off_the_record(page, service, transcript)


def put_off_the_record(page: Page, service: Served, but: int) -> None:
    """Another transcript's last turn is off the record."""
    with closing(sqlite3.connect(service.data / "greenshoots.sqlite")) as connection:
        row = connection.execute(
            "SELECT v.transcript_id, turn.start, turn.end FROM turn"
            " JOIN transcript_version AS v ON v.id = version_id"
            " WHERE v.transcript_id NOT IN (1, 2, ?) ORDER BY turn.id DESC LIMIT 1",
            (but,),
        ).fetchone()
    transcript, start, end = row
    page.goto(f"{service.address}/studies/1/transcripts/{transcript}")
    form = f"new URLSearchParams({{version: 1, start: {start}, end: {end}}})"
    to = f"/studies/1/transcripts/{transcript}/take-out/off-record"
    went = page.evaluate(f"fetch('{to}', {{method: 'POST', body: {form}}}).then((a) => a.ok)")
    assert went


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_screen_is_accessible_and_fits_the_window(
    chromium: Browser, serve: Serve, analysed_copy: Path
):
    service = serve(analysed_copy)
    spare = service.link("spare@example.org", "coder")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(service.link("jo@example.org", "admin"))
    page.locator("main button").first.click()
    page.wait_for_url(re.compile(r"/$|/studies"))
    fill(page, service)
    state = context.storage_state()
    context.close()

    addresses = screens(service.data, spare)
    assert len(addresses) > 30
    wrong: list[str] = []
    for width in (1280, 390):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, storage_state=state
        )
        page = context.new_page()
        for address in addresses:
            page.goto(service.address + address)
            wrong += [f"{address} at {width}: {one}" for one in look(page)]
        context.close()
    assert wrong == []


SCROLL_THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  }
  scrollTo(0, 0);
}"""
"""Long transcripts are laid out as they are scrolled to; axe measures what has been laid out."""


def look(page: Page) -> list[str]:
    """What is wrong with a page, once all of it has been laid out."""
    page.evaluate(SCROLL_THROUGH)
    return faults(page)
