"""Collecting, as a researcher does it: a folder is looked at, a file of it corrected later."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.draft.drafts import add_draft
from capture.settings import Settings
from tests.browser import faults, listening
from tests.builders import build_study
from tests.journeys.conftest import Serve
from tests.transcripts import made
from transcripts.readers import read
from transcripts.samples import SAMPLE_STUDY

pytestmark = pytest.mark.journey

TALK = """Facilitator: Where would you like to begin, now that the spring is over?
P2: With the mornings. We just never had the time before, and now I can sit with mum for an hour.
Practitioner 2: I took Callum to the gate myself, and Callum walked in on his own for once.
PRACTITIONER TWO: Please keep this between us, he is leaving her in June. Back to the mornings now.
Manager: We signed off the hors and hoped, because the Lantern Rooms had never been asked before.
"""
CORRECTED = TALK.replace("the hors", "the hours")
NAMES = ("Callum", "Lantern Rooms")
STRETCH = "Please keep this between us, he is leaving her in June."
CODED = (
    "With the mornings. We just never had the time before, and now I can sit with mum for an hour."
)
PLAIN = ("Interviewer: What has changed?", "P1: we walk there now, and nobody rings ahead of us.")


def folder_of_six(folder: Path) -> Path:
    """A folder as a colleague hands it over: six transcripts, and what lies beside them."""
    folder.mkdir()
    lines = [f"{line} ({{}})" for line in PLAIN]
    word = "".join(made.paragraph(line.format("a")) for line in lines)
    (folder / "walk-a.docx").write_bytes(made.docx(word))
    office = "".join(f"<text:p>{line.format('b')}</text:p>" for line in lines)
    (folder / "walk-b.odt").write_bytes(made.odt(office))
    (folder / "walk-c.pdf").write_bytes(made.pdf([line.format("c") for line in lines]))
    (folder / "walk-d.vtt").write_text(
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Interviewer>What has changed?\n\n"
        "00:00:05.000 --> 00:00:09.000\n<v P1>we walk there now\n"
    )
    (folder / "walk-e.csv").write_text("Ref,What helped?\n1,an hour with mum and nobody ringing\n")
    (folder / "talk.txt").write_text(TALK)
    (folder / "README.md").write_text("What is in this folder.")
    (folder / ".hidden").write_text("x")
    return folder


def rows(data: Path, query: str, *given: object) -> list[tuple]:
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        return connection.execute(query, given).fetchall()


def texts_of_talk(data: Path) -> list[str]:
    """The texts that were stored of the talk, oldest version first."""
    query = (
        "SELECT v.text FROM transcript_version v JOIN transcript t ON t.id = v.transcript_id"
        " WHERE t.name = 'Talk' ORDER BY v.number"
    )
    return [text for (text,) in rows(data, query)]


SELECT = """(words) => {
  const said = [...document.querySelectorAll(".speech")];
  const speech = said.find((one) => one.textContent.includes(words));
  const from = speech.textContent.indexOf(words);
  const point = (at) => {
    const walker = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; at -= text.length, text = walker.nextNode())
      if (at <= text.length) return [text, at];
  };
  speech.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(...point(from), ...point(from + words.length));
}"""


def upload_folder(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Upload transcripts").first.click()
    page.get_by_label("Or a whole folder").set_input_files(folder)
    page.get_by_label("May be quoted with their role").check()
    page.get_by_role("button", name="Read the 8 files").click()
    expect(page.get_by_role("heading", name="6 files wait to be looked at")).to_be_visible()
    expect(page.locator("#told")).to_contain_text("it describes the folder")


def merge_speakers(page: Page) -> None:
    page.locator("#speakers > summary").click()
    page.get_by_role("button", name="P2 = Practitioner 2 = PRACTITIONER TWO").click()
    expect(page.locator("#voices")).to_contain_text("with Practitioner 2, PRACTITIONER TWO")
    page.wait_for_load_state("networkidle")  # the page is new, and its script too


def put_off_the_record(page: Page, words: str) -> None:
    page.evaluate(SELECT, words)
    page.locator("#toolbar [data-does=off]").click()
    expect(page.locator("#off-said")).to_have_text("11 words")
    expect(page.locator(".off").first).to_be_hidden()


def replace_two_names(page: Page) -> None:
    """One that the aid found, by keyboard alone; one that is selected."""
    page.keyboard.press("j")
    while "Callum" not in page.locator("[data-find]:focus .found-words").inner_text():
        page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.type("child 1")
    page.keyboard.press("Enter")
    expect(page.locator(".find.replaced")).to_have_count(2)
    page.evaluate(SELECT, "the Lantern Rooms")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Replace these words")).to_be_visible()
    page.keyboard.type("centre A")
    page.locator("#replacing-kind").select_option("place")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("[centre A] will stand there")


def leave_rest_and_accept(page: Page, button: str = "Accept") -> None:
    rest = page.get_by_label("Leave what is undecided as it stands")
    if rest.is_visible():
        rest.check()
        expect(page.locator(".bar-state")).not_to_contain_text("⚠")
    page.get_by_role("button", name=button, exact=True).click()


def code_a_passage(page: Page, address: str) -> None:
    """The first answer, by keyboard."""
    page.goto(address)
    page.evaluate(SELECT, CODED)
    page.keyboard.press("c")
    page.keyboard.type("relational")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".coding-note")).to_be_visible()


@pytest.mark.timeout(300)
def test_a_folder_is_looked_at_and_taken_in_and_a_file_of_it_corrected_later(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    service = serve(tmp_path / "data")
    data = service.data
    page.goto(service.link("jo@example.org", "researcher"))
    page.locator("main button").first.click()
    page.get_by_role("link", name=SAMPLE_STUDY).first.click()
    upload_folder(page, folder_of_six(tmp_path / "spring"))
    assert rows(data, "SELECT count(*) FROM transcript") == [(0,)], "nothing is stored unseen"

    page.get_by_role("link", name="Talk", exact=True).click()
    merge_speakers(page)
    put_off_the_record(page, STRETCH)
    replace_two_names(page)
    leave_rest_and_accept(page)
    expect(page.locator("#said")).to_contain_text("“Talk” is in the study now")
    page.get_by_role("link", name="What waits to be looked at").click()
    page.get_by_role("button", name="Accept all as they are").click()
    expect(page.get_by_role("button", name="Analyse the transcripts")).to_be_visible()

    assert rows(data, "SELECT count(*) FROM transcript") == [(6,)]
    assert rows(data, "SELECT count(*) FROM draft") == [(0,)]
    (text,) = texts_of_talk(data)
    assert not [words for words in (*NAMES, STRETCH, "leaving her") if words in text]
    assert "[child 1]" in text
    assert "because [centre A] had" in text
    assert "[off the record] Back to the mornings now." in text
    spoke = rows(
        data,
        "SELECT a.label, a.also_called, a.scope FROM appearance a JOIN transcript t"
        " ON t.id = a.transcript_id WHERE t.name = 'Talk' ORDER BY a.id",
    )
    assert spoke == [
        ("Facilitator", "[]", "quote with role"),
        ("P2", '["Practitioner 2", "PRACTITIONER TWO"]', "quote with role"),
        ("Manager", "[]", "quote with role"),
    ]

    page.get_by_role("link", name="Talk", exact=True).click()
    page.wait_for_url(re.compile(r"/transcripts/\d+$"))
    code_a_passage(page, page.url)
    (tmp_path / "talk (corrected).txt").write_text(CORRECTED)
    page.goto(f"{service.address}/studies/1/upload")
    page.get_by_label("Transcripts", exact=True).set_input_files(tmp_path / "talk (corrected).txt")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("looks like a corrected version of Talk")).to_be_visible()
    page.get_by_role("link", name="Talk (corrected)", exact=True).click()
    expect(page.get_by_label("It corrects that transcript")).to_be_checked()
    expect(page.locator("#codings")).to_contain_text("1 passage that people worked with goes")
    expect(page.locator("#off-said")).to_have_text("11 words")
    leave_rest_and_accept(page, "Accept the correction")
    expect(page.locator("#said")).to_contain_text("“Talk” is corrected. 1 passage")
    page.wait_for_url("**/transcripts*")

    assert rows(data, "SELECT count(*) FROM transcript") == [(6,)]
    before, after = texts_of_talk(data)
    assert after == before.replace("the hors", "the hours")
    confirmed = (
        "SELECT v.number, substr(v.text, p.start + 1, p.end - p.start) FROM decision d"
        " JOIN passage p ON p.id = d.passage_id JOIN transcript_version v ON v.id = p.version_id"
    )
    assert rows(data, confirmed) == [(2, CODED)], "the coding went with its words"
    assert rows(data, "SELECT count(*) FROM needs_look") == [(0,)]


def test_files_chosen_before_the_page_is_all_there_are_taken_all_the_same(
    waiting: Page, tmp_path: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    waiting.route("**/static/upload.js", hold)
    with waiting.expect_request("**/static/upload.js"):
        waiting.goto(waiting.url.rpartition("/")[0], wait_until="commit")
    (tmp_path / "walk.txt").write_text(CORRECTED)
    waiting.get_by_label("Transcripts", exact=True).set_input_files(tmp_path / "walk.txt")
    (route,) = held
    route.continue_()
    waiting.get_by_role("button", name="Read the file").click()
    expect(waiting.get_by_role("link", name="Walk", exact=True)).to_be_visible()


@pytest.fixture
def waiting(settings: Settings, chromium: Browser) -> Iterator[Page]:
    """The page of a file that waits, open in a researcher's browser."""
    app = create_app(settings)
    with app.state.store.writing() as session:
        built = build_study(session)
        data = TALK.encode()
        add_draft(session, built.study_id, "talk.txt", data, read("talk.txt", data))
        token = begin_session(session, built.users["researcher"], settings)
    with listening(app) as base:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": base}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{base}/studies/{built.study_id}/upload/1")
        page.wait_for_load_state("networkidle")
        yield page
        context.close()
    app.state.store.close()


def test_names_are_decided_by_keyboard_and_the_focus_goes_on_to_the_next(waiting: Page) -> None:
    waiting.keyboard.press("j")
    first = waiting.locator("[data-find]:focus").get_attribute("id")
    total = waiting.locator("[data-find]").count()
    waiting.keyboard.press("a")
    expect(waiting.locator("[data-find]")).to_have_count(total - 1)
    expect(waiting.locator("[data-find]:focus")).to_have_count(1)
    assert waiting.locator("[data-find]:focus").get_attribute("id") != first
    waiting.keyboard.press("u")
    expect(waiting.locator("[data-find]")).to_have_count(total)
    waiting.keyboard.press("x")
    expect(waiting.locator("[data-find]")).to_have_count(total - 1)
    assert waiting.locator(".find.replaced").count() == 0


def test_what_is_typed_is_kept_without_a_button_and_survives_a_reload(waiting: Page) -> None:
    waiting.get_by_label("Wave").fill("2")
    waiting.get_by_label("Name", exact=True).fill("The spring")
    expect(waiting.locator("#session-said")).to_contain_text("wave 2")
    waiting.get_by_label("Wave").fill("99999")
    waiting.get_by_label("Name", exact=True).focus()
    expect(waiting.locator("#wave-amiss")).to_contain_text("is not a wave")
    expect(waiting.get_by_label("Wave")).to_have_attribute("aria-invalid", "true")
    waiting.reload()
    assert waiting.get_by_label("Wave").input_value() == "2"
    assert waiting.get_by_label("Name", exact=True).input_value() == "The spring"


def test_words_off_the_record_are_hidden_until_asked_for(waiting: Page) -> None:
    put_off_the_record(waiting, STRETCH)
    waiting.locator(".off-sign").click()
    expect(waiting.locator(".off").first).to_be_visible()
    waiting.locator("#off > summary").click()
    waiting.get_by_role("button", name=re.compile("take back")).click()
    expect(waiting.locator(".off")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_someone_works_on_a_file(
    waiting: Page, width: int, scheme: str
) -> None:
    waiting.set_viewport_size({"width": width, "height": 844})
    waiting.emulate_media(color_scheme=scheme)
    waiting.get_by_label("Wave").fill("99999")
    waiting.get_by_label("Name", exact=True).focus()
    expect(waiting.locator("#wave-amiss")).to_be_visible()
    assert faults(waiting) == []
    put_off_the_record(waiting, STRETCH)
    waiting.locator(".off-sign").click()
    waiting.keyboard.press("j")
    waiting.keyboard.press("a")
    expect(waiting.locator(".find.replaced").first).to_be_visible()
    waiting.locator("#names-decided > summary").click()
    assert faults(waiting) == []
    waiting.locator("#speakers > summary").click()
    waiting.locator(".speaker > summary").nth(1).click()
    assert faults(waiting) == []
    waiting.evaluate(SELECT, "sit with mum")
    expect(waiting.locator("#toolbar")).to_be_visible()
    assert faults(waiting) == []
    waiting.keyboard.press("r")
    expect(waiting.get_by_role("dialog", name="Replace these words")).to_be_visible()
    assert faults(waiting) == []


def test_a_click_in_the_panel_is_never_lost_to_the_text_that_scrolls(waiting: Page) -> None:
    waiting.set_viewport_size({"width": 1280, "height": 700})
    waiting.locator("#names > summary").click()
    summary = waiting.locator("[data-change] > summary").first
    low = "(one) => { panel.scrollTop += one.getBoundingClientRect().y - 500; scrollTo(0, 0); }"
    summary.evaluate(low)
    summary.hover(position={"x": 20, "y": 12})
    waiting.mouse.down()
    waiting.wait_for_timeout(100)
    waiting.mouse.up()
    expect(waiting.locator("[data-change]").first).to_have_attribute("open", "")


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_what_was_done_is_said_beside_the_bar_and_not_over_it(waiting: Page, width: int) -> None:
    waiting.set_viewport_size({"width": width, "height": 844})
    said, bar = waiting.locator("#said > *").first, waiting.locator("#bar")
    waiting.keyboard.press("u")
    expect(said).to_be_visible()
    one, other = said.bounding_box(), bar.bounding_box()
    assert one
    assert other
    beside = one["x"] + one["width"] <= other["x"]
    above = one["y"] + one["height"] <= other["y"]
    assert beside or above
    button = waiting.locator("#accept").bounding_box()
    assert button
    assert button["x"] + button["width"] <= other["x"] + other["width"]
    for line in waiting.locator("#bar label").all():
        assert (line.bounding_box() or {"width": 0})["width"] > 180
