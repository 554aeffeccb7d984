"""Reading and coding in a real browser: what is selected there is what the record keeps."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.ingest import content_key, ingest
from capture.models import Passage, Quote, TranscriptVersion
from capture.settings import Settings
from capture.store import Store
from codebook.codings import codings
from codebook.decisions import Verdict, record_act
from codebook.passages import choose_quote
from tests.browser import faults, listening
from tests.builders import Built, build_study
from transcripts.readers import read

pytestmark = pytest.mark.journey

SPOKEN = (
    "Interviewer: What happened?\n\n"
    "Sam: Well 😀😀 we met at the cafe\u0301, 👩‍👧 and all. It was good.\n\n"
    "נועה: זה היה קשה בהתחלה, ואז 😀 טוב יותר.\n"
)
SELECT = """([first, from, last, to]) => {
  const speech = [...document.querySelectorAll(".speech")];
  const point = (node, words, atEnd) => {
    let at = node.textContent.indexOf(words) + (atEnd ? words.length : 0);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; at -= text.length, text = walker.nextNode())
      if (at <= text.length) return [text, at];
  };
  getSelection().setBaseAndExtent(...point(speech[first], from, false),
                                  ...point(speech[last], to, true));
}"""


@dataclass
class Open:
    """A transcript open in a researcher's browser, and the store behind it."""

    page: Page
    store: Store
    built: Built
    address: str

    def select(self, first: int, start: str, last: int, end: str) -> None:
        """Select from some words of one turn to some words of another, both included."""
        self.page.evaluate(SELECT, [first, start, last, end])

    def said(self) -> str:
        """What the page says was done, or refused."""
        self.page.wait_for_selector("#said > p")
        return self.page.locator("#said").inner_text()


@pytest.fixture
def here(settings: Settings, chromium: Browser) -> Iterator[Open]:
    app = create_app(settings)
    store: Store = app.state.store
    with store.writing() as session:
        built = build_study(session)
        reading = read("sam.txt", SPOKEN.encode())
        transcript_id = ingest(
            session, built.study_id, reading, key=content_key(SPOKEN.encode())
        ).transcript_id
        token = begin_session(session, built.users["researcher"], settings)
    with listening(app) as base:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": base}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        address = f"{base}/studies/{built.study_id}/transcripts/{transcript_id}"
        page.goto(address)
        yield Open(page, store, built, address)
        context.close()
    store.close()


def kept(store: Store) -> list[str]:
    """The words of every passage a person marked."""
    with store.reading() as session:
        rows = session.execute(
            select(TranscriptVersion.text, Passage.start, Passage.end)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .where(Passage.origin == "person")
        )
        return [text[start:end] for text, start, end in rows]


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ((1, "😀 we", 1, "cafe\u0301"), "😀 we met at the cafe\u0301"),
        ((2, "ואז", 2, "טוב"), "ואז 😀 טוב"),
        ((1, "It was", 2, "קשה"), "It was good.\n\nנועה: זה היה קשה"),
    ],
)
def test_words_selected_in_a_browser_are_coded_exactly(here: Open, selected, words):
    here.select(*selected)
    here.page.keyboard.press("c")
    here.page.keyboard.type("caseloads")
    here.page.keyboard.press("Enter")
    here.page.get_by_label("barrier").check()
    here.page.get_by_role("button", name="Code it").click()
    assert here.said() == "Coded: Time and caseloads."
    assert kept(here.store) == [words]
    with here.store.reading() as session:
        (coding,) = codings(session, here.built.study_id)
    assert coding.stance == "barrier"
    assert "Time and caseloads · barrier" in here.page.locator(".coding-note").inner_text()


def test_a_segment_is_coded_by_keyboard_alone_and_undone_without_losing_the_place(here: Open):
    keyboard = here.page.keyboard
    for key in "jj":
        keyboard.press(key)
    focused = here.page.evaluate("document.activeElement.dataset.passage")
    keyboard.press("c")
    keyboard.type("relat")
    keyboard.press("Enter")
    keyboard.press("Enter")
    here.page.wait_for_selector(".coding-note")
    assert here.page.evaluate("document.activeElement.dataset.passage") == focused
    keyboard.press("u")
    here.page.wait_for_selector(".coding-note", state="detached")
    assert here.page.evaluate("document.activeElement.dataset.passage") == focused
    with here.store.reading() as session:
        assert codings(session, here.built.study_id) == []


def test_a_quote_that_is_not_allowed_is_refused_in_view(here: Open):
    here.select(1, "It was", 1, "good.")
    here.page.get_by_role("button", name="Choose as quote").click()
    assert "for analysis only" in here.said()
    assert kept(here.store) == []


def test_a_quote_is_chosen_with_q_and_taken_back_with_u(here: Open):
    here.page.goto(here.address.replace(f"/{here.address.split('/')[-1]}", "/1"))
    here.select(1, "a whole", 1, "with mum")
    here.page.keyboard.press("q")
    here.page.wait_for_selector(".quote-note")
    assert kept(here.store) == ["a whole hour with mum"]
    here.page.keyboard.press("u")
    here.page.wait_for_selector(".quote-note", state="detached")
    with here.store.reading() as session:
        assert session.scalars(select(Quote)).all() == []


def test_find_counts_the_hits_and_steps_through_them_leaving_the_words_alone(here: Open):
    before = here.page.locator(".speech").all_text_contents()
    here.page.keyboard.press("/")
    here.page.keyboard.type("WA")
    here.page.keyboard.press("Enter")
    assert here.page.locator("#found").inner_text() == "1 of 1"
    here.page.locator("#find").fill("we")
    expect(here.page.locator("#found")).to_have_text("2 found")
    here.page.keyboard.press("Enter")
    here.page.keyboard.press("Escape")
    assert here.page.locator(".speech").all_text_contents() == before


def test_pointing_at_a_note_lights_its_words_and_the_other_way_round(here: Open):
    here.page.goto(here.address.replace(f"/{here.address.split('/')[-1]}", "/1"))
    with here.store.writing() as session:
        coder, chosen = here.built.users["coder"], here.built.passage_ids[1]
        choose_quote(session, study_id=1, user_id=coder, passage_id=chosen)
    here.page.reload()
    here.page.locator(".suggestion-note").hover()
    assert here.page.locator(".run.lit").count() == 1
    assert here.page.locator(".note.lit").count() == 1
    here.page.locator("h1").hover()
    assert here.page.locator(".lit").count() == 0
    here.page.locator(".run.suggestion").hover()
    assert here.page.locator(".note.lit").count() == 2


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_here_has_a_fault_that_axe_knows(here: Open, width):
    with here.store.writing() as session:
        for role, verdict in (("coder", "confirm"), ("admin", "reject")):
            record_act(
                session,
                study_id=here.built.study_id,
                user_id=here.built.users[role],
                passage_id=here.built.passage_ids[2],
                verdicts=[Verdict(here.built.codes["leadership"], verdict)],
                outcome="reviewed",
            )
        chosen = here.built.passage_ids[1]
        choose_quote(session, study_id=1, user_id=here.built.users["coder"], passage_id=chosen)
    page = here.page
    page.set_viewport_size({"width": width, "height": 900})
    every = here.address.rsplit("/", 1)[0]
    for address in (every, f"{every}?kind=survey", f"{every}/1/speakers", here.address):
        page.goto(address)
        assert faults(page) == []
    page.goto(f"{every}/1")
    page.locator(".quote-note").hover()
    assert faults(page) == []
    here.select(1, "a whole", 1, "with mum")
    page.wait_for_selector("#toolbar:not([hidden])")
    assert faults(page) == []
    page.keyboard.press("c")
    page.keyboard.type("time")
    assert faults(page) == []
