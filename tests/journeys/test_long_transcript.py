"""A transcript of 10,000 turns in a real browser: everything is there, and nobody waits for it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from sqlalchemy import select

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.models import Passage, TranscriptVersion, Turn
from capture.settings import Settings
from capture.store import Store
from codebook.codings import codings
from tests.api.test_clock import NO_TIMES, TIMES
from tests.browser import FLAGS, chromium_path, listening
from tests.builders import Built, build_study
from tests.long_transcript import SECONDS_A_TURN, SPEAKERS, TURNS, Long, build_long

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.xdist_group("long transcript"),  # its fixture is dear
]

MOST_WORK = 200
"""Milliseconds of the page's own processor time that an act may take, at its quickest of five. On a
quiet machine 100 are the goal (`python -m benchmarks.reading`); this also runs on busy ones."""
FAR = 9_000
PAINTED = """(name) => [...(CSS.highlights.get(name) ?? [])].map((one) => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
})"""
SELECT = """([turn, words]) => {
  const speech = document.querySelector(`#t${turn} .speech`);
  const walk = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""
PAINT = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
READ_TIMES = """async (typed) => {
  const { secondsOf } = await import("/static/transcripts-time.js");
  return typed.map(secondsOf);
}"""


@dataclass
class Day:
    """The long transcript, served, and open in a researcher's browser."""

    page: Page
    devtools: CDPSession
    store: Store
    built: Built
    long: Long
    address: str

    def work(self, act: Callable[[], object]) -> float:
        """Milliseconds the page's own thread is at work for an act, up to the next frame."""
        before = self._busy()
        act()
        self.page.evaluate(PAINT)
        return 1000 * (self._busy() - before)

    def _busy(self) -> float:
        found = self.devtools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == "ThreadTime"))

    def press(self, keys: Iterable[str]) -> list[float]:
        """Press some keys; the work each took."""
        return [self.work(lambda key=key: self.page.keyboard.press(key)) for key in keys]

    def find(self, words: str, told: str) -> None:
        """Type into the field of find, and wait for what it tells."""
        self.page.keyboard.press("/")
        self.page.locator("#find").fill(words)
        self.tells("#found", told)

    def tells(self, selector: str, words: str) -> None:
        """Wait for words. (`expect` would describe the whole page on every miss, for seconds.)"""
        self.page.wait_for_function(
            "([selector, words]) => new RegExp(`^${words}$`, 'u').test("
            "document.querySelector(selector).textContent.trim())",
            arg=[selector, words],
        )

    def leave_the_field(self) -> None:
        self.page.evaluate("document.activeElement.blur()")

    def place(self) -> int:
        """The place in the transcript's order of the turn that holds the focus."""
        turn = self.page.evaluate("document.activeElement.closest('.turn').id")
        return self.long.turn_ids.index(int(turn[1:]))

    def top(self, turn: int) -> float:
        """How far below the window's upper edge a turn begins."""
        found = f"document.getElementById('t{self.long.turn_ids[turn]}').getBoundingClientRect()"
        return float(self.page.evaluate(f"{found}.top"))

    def shown(self, turn: int) -> bool:
        found = f"document.getElementById('t{self.long.turn_ids[turn]}')"
        return bool(self.page.evaluate(f"getComputedStyle({found}).display !== 'none'"))

    def said(self) -> list[tuple[str, str]]:
        """Who says what, turn by turn, from the record."""
        with self.store.reading() as session:
            version = session.scalars(
                select(TranscriptVersion).where(
                    TranscriptVersion.transcript_id == self.long.transcript_id
                )
            ).one()
            turns = session.execute(
                select(Turn.start, Turn.end, Turn.appearance_id)
                .where(Turn.version_id == version.id)
                .order_by(Turn.position)
            ).all()
        first = min(who or 0 for _, _, who in turns)
        return [(SPEAKERS[(who or 0) - first][0], version.text[a:b]) for a, b, who in turns]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Day]:
    settings = Settings(data=tmp_path_factory.mktemp("day"))
    app = create_app(settings)
    store: Store = app.state.store
    with store.writing() as session:
        built = build_study(session)
        long = build_long(session, built)
        token = begin_session(session, built.users["researcher"], settings)
    errors: list[str] = []
    with listening(app) as base:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie_name(settings), "value": token, "url": base}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        devtools = context.new_cdp_session(page)
        devtools.send("Performance.enable")
        address = f"{base}/studies/{built.study_id}/transcripts/{long.transcript_id}"
        page.goto(address)
        yield Day(page, devtools, store, built, long, address)
        context.close()
    store.close()
    assert errors == []


@pytest.fixture
def day(opened: Day) -> Day:
    """The page as it was when it was opened."""
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    opened.page.locator("#find").fill("")
    if opened.page.locator("#only").is_visible():
        opened.page.locator("[data-everyone]").click()
    opened.leave_the_field()
    opened.page.evaluate("getSelection().removeAllRanges(), scrollTo(0, 0)")
    return opened


def folded(words: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("’", "'").split())


def test_the_page_is_one_document_that_can_be_reached_everywhere(day: Day):
    page = day.page
    assert page.evaluate("document.querySelectorAll('article.turn[aria-label]').length") == TURNS
    headings = page.locator("#text h3").all_text_contents()
    assert headings[0] == "Turns 1 to 40, from 00:00"
    assert headings[-1] == f"Turns {TURNS - 39:,} to {TURNS:,}, from 16:36:00"
    assert page.evaluate("window.find('asked her about the allotment')")  # the browser's own find
    assert page.evaluate("getSelection().anchorNode.parentElement.closest('.turn').id") == (
        f"t{day.long.turn_ids[FAR]}"
    )


def test_a_screen_reader_is_told_every_turn_by_its_name(day: Day):
    with day.store.writing() as session:
        long = build_long(session, day.built, turns=800, margin=False)
    reading = day.page.context.browser.browser_type.launch(
        executable_path=chromium_path(), args=[*FLAGS, "--force-renderer-accessibility"]
    )
    context = reading.new_context()
    context.add_cookies(day.page.context.cookies())
    page = context.new_page()
    page.goto(f"{day.address.rsplit('/', 1)[0]}/{long.transcript_id}")
    devtools = context.new_cdp_session(page)
    tree = devtools.send("Accessibility.getFullAXTree")["nodes"]
    reading.close()
    articles = [one["name"]["value"] for one in tree if one["role"]["value"] == "article"]
    assert len(articles) == 800
    assert all(re.fullmatch(r"[A-Z][a-z]+( [a-z1-9]+)?, [\d:]+", one) for one in articles)
    headings = [one["name"]["value"] for one in tree if one["role"]["value"] == "heading"]
    assert "Turns 761 to 800, from 1:16:00" in headings


def test_find_counts_every_place_whatever_the_case_the_accents_and_the_script(day: Day):
    said = [folded(words) for _, words in day.said()]
    many = sum(words.count("the team") for words in said)
    assert many > 1_000
    day.find("the TEAM", f"{many:,} found")
    for typed, found in (
        ("CAFÉ", 2),
        ("cafe", 2),
        ("naive resume", 1),
        ("didn't say", 1),
        ("ואז 😀 טוב", 1),
        ("👩", 1),
        ("allotment before 😀", 1),
        ("  school,\u00a0👩‍👧", 1),
    ):
        day.find(typed, f"{found} found")
    day.find("allotments", "not said here")
    day.find("e", "")


def test_what_is_found_is_marked_and_n_leads_through_it(day: Day):
    day.find("CAFE", "2 found")
    day.leave_the_field()
    day.page.keyboard.press("n")
    assert day.place() == 7
    assert day.page.evaluate(PAINTED, "found-now") == ["cafe\u0301"]
    day.page.keyboard.press("n")
    assert day.place() == 9_990
    assert day.page.evaluate(PAINTED, "found-now") == ["café"]
    day.tells("#found", "2 of 2")
    day.tells("#found-said", "2 of 2")
    day.page.keyboard.press("N")
    assert day.place() == 7
    day.find("ואז 😀", "1 found")
    day.page.keyboard.press("Enter")
    assert day.page.evaluate(PAINTED, "found-now") == ["ואז 😀"]
    day.tells("#found-said", "1 of 1. .*, 7:30:00: … .*זה היה.*")
    assert day.page.evaluate("document.activeElement.id") == "find"


def test_a_time_is_gone_to_however_it_is_written(day: Day):
    read = day.page.evaluate(READ_TIMES, [*TIMES, *NO_TIMES])
    assert dict(zip(TIMES, read, strict=False)) == TIMES
    assert read[len(TIMES) :] == [None] * len(NO_TIMES)
    for typed, seconds in (("1:02:03", 3723), ("62:03", 3723), ("900 min", 54_000)):
        day.page.keyboard.press("g")
        day.page.keyboard.type(typed)
        day.page.keyboard.press("Enter")
        assert day.place() == seconds // SECONDS_A_TURN
        assert 0 <= day.top(day.place()) < 200
    day.page.keyboard.press("g")
    day.page.keyboard.type("20 h")
    day.page.keyboard.press("Enter")
    day.tells("#went", "The last turn begins at 16:39:54.")
    assert day.place() == TURNS - 1


def test_one_speaker_is_read_alone_without_losing_the_place(day: Day):
    said = day.said()
    here = next(at for at in range(5_000, TURNS) if said[at][0] == "Police")
    day.page.evaluate(f"location.hash = '#t{day.long.turn_ids[here]}'")
    day.page.evaluate(PAINT)
    before = day.top(here)
    day.page.locator("[data-label='Police']").click()
    own = [at for at, (who, _) in enumerate(said) if who == "Police"]
    day.tells("#only-words", f"Only what Police says: {len(own):,} turns.")
    assert abs(day.top(here) - before) < 2
    day.page.wait_for_function("location.search.startsWith('?speaker=')")
    following = own[own.index(here) + 1]
    assert day.shown(following)
    assert not any(day.shown(at) for at in range(here + 1, following))
    for _ in range(5):
        day.page.keyboard.press("j")
        assert day.place() in own
    day.page.evaluate(f"location.hash = '#t{day.long.turn_ids[here]}'")
    before = day.top(here)
    day.page.locator("#only input[type=checkbox]").check()
    assert day.shown(here + 1)
    assert day.shown(here - 1)
    assert abs(day.top(here) - before) < 2
    mine = sum(folded(said[at][1]).count("the school") for at in own)
    all_ = sum(folded(words).count("the school") for _, words in said)
    day.page.locator("#only input[type=checkbox]").uncheck()
    day.find("the school", f"{mine:,} found, {all_ - mine:,} more by others")
    day.page.go_back()  # to before the step to that turn
    day.page.go_back()
    assert not day.page.locator("#only").is_visible()
    day.tells("#found", f"{all_:,} found")


def test_words_far_down_are_coded_exactly_and_the_place_is_kept(day: Day):
    turn = day.long.turn_ids[FAR]
    day.page.evaluate(f"location.hash = '#t{turn}'")
    day.find("the school", ".* found")
    count = day.page.locator("#found").inner_text()
    day.leave_the_field()
    day.page.evaluate(SELECT, [turn, "before 😀 that"])
    before = day.top(FAR)
    day.page.keyboard.press("c")
    day.page.keyboard.type("relat")
    day.page.keyboard.press("Enter")
    day.page.keyboard.press("Enter")
    day.tells("#said", "Coded: Relational.")
    assert abs(day.top(FAR) - before) < 2
    day.tells("#found", count)
    with day.store.reading() as session:
        (made,) = session.scalars(select(Passage).where(Passage.origin == "person"))
        version = session.get_one(TranscriptVersion, made.version_id)
        assert version.text[made.start : made.end] == "before 😀 that"
        assert made.id in {one.passage_id for one in codings(session, day.built.study_id)}
    assert day.page.locator(f"#t{turn} .note a[href='#p{made.id}']").count() == 1
    day.page.keyboard.press("u")
    day.tells("#said", "Your latest decision is taken back.")


def test_no_act_keeps_a_reader_waiting(day: Day):
    """In the page's own processor time, which other programs on the machine don't lengthen."""
    acts = {"a key in find": [], "n and N": [], "j and k": [], "a time": [], "a speaker": []}
    day.page.keyboard.press("/")
    acts["a key in find"] = day.press("the school")
    day.leave_the_field()
    acts["n and N"] = day.press("nnnnnNN")
    day.page.evaluate("scrollTo(0, 0), document.activeElement.blur()")
    acts["j and k"] = day.press("jjjjjjkkjj")
    for typed in ("8:20:00", "00:30", "15:00:00", "12:00", "5:00:00"):
        day.page.locator("#time").fill(typed)
        day.page.locator("#time").focus()
        acts["a time"] += day.press(["Enter"])
    for label in ("Police", "Parent", "Team manager", "Team manager", "Police"):
        link = f"document.querySelector('[data-label=\"{label}\"]').click()"
        acts["a speaker"].append(day.work(lambda link=link: day.page.evaluate(link)))
    quickest = {act: min(took) for act, took in acts.items()}
    assert max(quickest.values()) < MOST_WORK, quickest


def test_on_a_narrow_screen_find_opens_and_its_steps_stay_at_the_thumb(day: Day):
    day.page.set_viewport_size({"width": 390, "height": 844})
    day.page.evaluate("document.querySelector('.aside-fold').open = false")
    day.find("allotment", "2 found")
    day.page.locator("[data-step='1']").click()
    assert day.page.evaluate(PAINTED, "found-now") == ["allotment"]
    bar = day.page.locator(".find-found").bounding_box()
    assert bar
    assert bar["y"] + bar["height"] == pytest.approx(844, abs=1)
    assert day.page.evaluate("document.documentElement.scrollWidth") == 390
    day.page.locator(".find-done").click()
    assert day.page.evaluate(PAINTED, "found") == []


def test_a_page_that_breaks_off_says_so(day: Day):
    page = day.page.context.new_page()
    page.route(
        day.address,
        lambda route: route.fulfill(
            content_type="text/html", body=route.fetch().text().split('id="leaf-3"')[0]
        ),
    )
    page.goto(day.address)
    expect(page.locator("#said")).to_contain_text("did not arrive whole")
    page.close()
