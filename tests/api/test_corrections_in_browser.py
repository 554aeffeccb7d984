"""Correcting in a real browser: what is selected, and screens that only follow on another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from api.sign_in import begin_session, cookie_name
from capture.models import Passage, Transcript, TranscriptVersion
from capture.settings import Settings
from codebook.decisions import Verdict, record_act
from tests.api.conftest import Service, make_service
from tests.browser import faults, listening
from tests.builders import Built

pytestmark = pytest.mark.journey
SELECT = """([speech, from, to]) => {
  const words = document.querySelectorAll(speech);
  const ends = (element, at) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; at -= node.length, node = walker.nextNode())
      if (at <= node.length) return [node, at];
  };
  const range = document.createRange();
  range.setStart(...ends(words[from[0]], from[1]));
  range.setEnd(...ends(words[to[0]], to[1]));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    for made in make_service(Settings(data=tmp_path_factory.mktemp("corrections"))):
        with listening(made.app) as base:
            made.base = base
            yield made


@pytest.fixture
def built(service: Service) -> Built:
    """A study in which one passage was judged."""
    built = service.study()
    with service.store.writing() as session:
        record_act(
            session,
            study_id=built.study_id,
            user_id=built.users["coder"],
            passage_id=built.passage_ids[1],
            verdicts=[Verdict(built.codes["relational"], "confirm")],
            outcome="reviewed",
        )
    return built


@pytest.fixture
def page(service: Service, built: Built, chromium: Browser) -> Iterator[Page]:
    """A researcher's page; anything the console reports as an error fails the test."""
    context = chromium.new_context()
    with service.store.writing() as session:
        token = begin_session(session, built.users["researcher"], service.settings)
    name = cookie_name(service.settings)
    context.add_cookies([{"name": name, "value": token, "url": service.base}])
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def text_of(service: Service, built: Built) -> str:
    with service.store.reading() as session:
        transcript = session.get_one(Transcript, built.transcript_ids[0])
        return session.scalars(
            select(TranscriptVersion.text).where(
                TranscriptVersion.transcript_id == transcript.id,
                TranscriptVersion.number == transcript.version,
            )
        ).one()


def words_of(service: Service, passage_id: int) -> str:
    with service.store.reading() as session:
        passage = session.get_one(Passage, passage_id)
        version = session.get_one(TranscriptVersion, passage.version_id)
        return version.text[passage.start : passage.end]


def test_selected_words_go_off_the_record_and_the_screen_is_accessible(service, built, page):
    here = f"{service.base}/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"
    page.goto(here)
    page.evaluate(SELECT, [".speech", [3, 7], [4, 14]])  # over an emoji, across two turns
    page.get_by_role("button", name="Off the record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put off the record")
    assert faults(page) == []
    page.get_by_role("button", name="Put off the record").click()
    page.get_by_text("This is version 2 of the text now.").wait_for()
    text = text_of(service, built)
    assert "P1: True — [off the record]\n\nP3: [off the record] this stayed in the room" in text


def test_a_name_is_replaced_from_the_page(service, built, page):
    here = f"{service.base}/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"
    page.goto(here)
    page.evaluate(SELECT, [".speech", [1, 64], [1, 67]])
    page.get_by_role("button", name="Replace").click()
    page.get_by_text("Where it stands").wait_for()
    assert faults(page) == []
    page.get_by_label("What stands instead").fill("parent A")
    page.get_by_role("button", name="Replace", exact=True).click()
    page.get_by_text("This is version 2 of the text now.").wait_for()
    assert "[parent A]" in text_of(service, built)


def test_a_text_is_corrected_from_the_turn_in_view_and_a_place_selected_by_its_words(
    service, built, page
):
    here = f"{service.base}/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"
    page.goto(here)
    page.get_by_role("link", name="Correct the text").click()
    page.wait_for_url("**/correct?turn=*")
    page.get_by_label("Words of turn 2").fill("We knocked. 😀 Now I get an hour with dad, at last.")
    expect(page.locator(".box.changed")).to_have_count(1)
    page.get_by_role("button", name="See what changes").click()
    page.get_by_text("1 passage will need a look").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Save as version 2").click()
    page.get_by_role("link", name="1 passage needs a look").click()
    page.get_by_role("link", name="Select another place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Select its place")
    page.evaluate(SELECT, [".place-choice .words", [1, 12], [1, 37]])
    expect(page.locator("#chosen-words")).to_have_text("Selected: 😀 Now I get an hour with")
    page.get_by_role("button", name="It stands here").click()
    page.get_by_text("It stands there now.").wait_for()
    assert words_of(service, built.passage_ids[1]) == "😀 Now I get an hour with"
