"""Reading a transcript of 10,000 turns in a real browser: how long each act keeps a reader waiting.

    python -m benchmarks.reading [--width 390] [--turns 10000]

Everything is made in a folder of its own and removed. The service listens on this machine only, and
ends with the benchmark. An act is timed from its key press to the frame that shows what came of it;
beside it stands the processor time of the page's own thread, which busy neighbours lengthen less.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from api.sign_in import begin_session, cookie_name
from benchmarks.reviewing import served
from capture.settings import Settings
from capture.store import open_store
from tests.browser import FLAGS
from tests.builders import build_study
from tests.long_transcript import Long, build_long

LOADS = 5
WORDS_FOUND = ("school", "allotment", "we", "cafe")
TIMES = ("1:02:03", "8:20:00", "12:00", "15:00:00", "00:30", "16:30:00")
WATCH = """
const seen = () => {
  if (!document.querySelector(".speech")) return requestAnimationFrame(seen);
  return requestAnimationFrame(() => { window.firstWords = performance.now(); });
};
requestAnimationFrame(seen);
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries().map((one) => one.startTime + one.duration));
}).observe({ type: "longtask", buffered: true });
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
}));
const changed = (selector) => new Promise((done) => {
  const watching = new MutationObserver(() => { watching.disconnect(); done(); });
  const what = { childList: true, characterData: true, subtree: true };
  watching.observe(document.querySelector(selector), what);
});
// From the next event of a kind to the frame after it; or after the words of an element changed.
window.act = (kind, changes) => {
  window.acted = new Promise((done) => addEventListener(kind, async (event) => {
    if (changes) await changed(changes);
    done(await painted() - event.timeStamp);
  }, { once: true, capture: true }));
};
window.watchFrames = () => {
  let last = performance.now();
  window.frames = [];
  window.watching = true;
  const next = (now) => {
    window.frames.push(now - last);
    last = now;
    if (window.watching) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
};
"""
READY = """Math.max(
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd, ...window.longTasks)"""
MARK = """(turn) => {
  const speech = document.querySelector(`#t${turn} .speech`);
  speech.scrollIntoView({ block: "center" });
  const text = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(text, 3, text, 20);
}"""
Taken = tuple[float, float]


@dataclass
class Reader:
    """A page open on it, with what it takes to measure."""

    page: Page
    devtools: CDPSession

    def timed(self, kind: str, does: Callable[[], object], changes: str = "") -> Taken:
        """Milliseconds waited for an act, and worked for it by the page's main thread."""
        self.page.evaluate("([kind, changes]) => window.act(kind, changes)", [kind, changes])
        before = self.busy()
        does()
        waited = float(self.page.evaluate("() => window.acted"))
        return waited, 1000 * (self.busy() - before)

    def pressed(self, keys: Iterable[str], changes: str = "") -> list[Taken]:
        """Press keys one by one."""
        press = self.page.keyboard.press
        return [self.timed("keydown", lambda key=key: press(key), changes) for key in keys]

    def busy(self) -> float:
        """Seconds of processor time of the page's main thread so far."""
        return self.metric("ThreadTime")

    def metric(self, name: str) -> float:
        """A number the browser keeps about the page."""
        found = self.devtools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == name))


def main() -> None:
    """Build, open and measure; print what belongs into docs/measurements.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--turns", type=int, default=10_000)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        settings = Settings(data=Path(made))
        store = open_store(settings)
        with store.writing() as session:
            built = build_study(session)
            longs = [
                build_long(session, built, turns=said.turns, margin=margin)
                for margin in (True, False)
            ]
            token = begin_session(session, built.users["researcher"], settings)
        store.close()
        environment = {**os.environ, "GREENSHOOTS_DATA": made}
        with served(environment) as (address, process), sync_playwright() as playwright:
            chromium = shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            cookie = {"name": cookie_name(settings), "value": token, "url": address}
            for long in longs:
                print(f"\n{said.turns:,} turns, {long.notes:,} notes, {said.width} px wide")
                here = f"{address}/studies/{built.study_id}/transcripts/{long.transcript_id}"
                answer(here, cookie, process.pid)
                acts(opened(browser, here, cookie, said.width), long)
            browser.close()


def answer(here: str, cookie: dict[str, str], pid: int) -> None:
    """What the service takes for the page: processor time, and the size of the answer."""
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}", "Accept-Encoding": "gzip"}
    service = psutil.Process(pid)
    took, first, busy, size = [], [], [], 0
    for _ in range(LOADS):
        before, begun = service.cpu_times(), time.perf_counter()
        asked = urllib.request.Request(here, headers=headers)  # noqa: S310 - our own
        with urllib.request.urlopen(asked) as answered:  # noqa: S310
            size = len(answered.read(2_000))
            first.append(time.perf_counter() - begun)
            size += len(answered.read())
        took.append(time.perf_counter() - begun)
        after = service.cpu_times()
        busy.append(after.user + after.system - before.user - before.system)
    print(
        f"answer: {size / 2**20:.2f} MiB as sent; begins after {middle(first)} ms, whole after "
        f"{middle(took)} ms, {middle(busy)} ms of processor time"
    )


def opened(browser: Browser, here: str, cookie: dict[str, str], width: int) -> Reader:
    """Open the page some times; the last one is gone on with."""
    words, ready, work, memory = [], [], [], []
    while True:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(WATCH)
        reader = Reader(page, context.new_cdp_session(page))
        reader.devtools.send("Performance.enable")
        page.goto(here)
        page.wait_for_timeout(1500)
        words.append(page.evaluate("window.firstWords") / 1000)
        ready.append(page.evaluate(READY) / 1000)
        work.append(reader.busy())
        memory.append(page_process(browser))
        if len(words) == LOADS:
            break
        context.close()
    print(
        f"first words {middle(words)} ms, at rest {middle(ready)} ms, of which the page's own work "
        f"{middle(work)} ms; its process {statistics.median(memory) / 2**20:.0f} MiB; "
        f"{page.evaluate('document.getElementsByTagName(`*`).length'):,} elements"
    )
    return reader


def page_process(browser: Browser) -> int:
    """Resident bytes of the largest page process."""
    devtools = browser.new_browser_cdp_session()
    found = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    devtools.detach()
    pages = [one["id"] for one in found if one["type"] == "renderer"]
    return max(psutil.Process(one).memory_info().rss for one in pages)


def acts(reader: Reader, long: Long) -> None:
    """Every act a reader does, some twenty times each."""
    page = reader.page
    page.evaluate("document.querySelector('.aside-fold').open = true")
    find(reader)
    times = []
    for when in TIMES:
        page.locator("#time").fill(when)
        page.locator("#time").focus()
        times += reader.pressed(["Enter"])
    report("go to a time", times)
    report("j, k", reader.pressed("jjjjjjjjjjjjjjjkkkkkkk"))
    links = ("Police", "Parent", "Team manager", "Team manager", "Police", "Police")
    report("read one speaker alone, or all", [click(reader, one) for one in links])
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    scroll(page, "a wheel", 240, 120)
    scroll(page, "leaps", 20_000, 40)
    code(reader, long.turn_ids[int(0.9 * len(long.turn_ids)) :][:6])


def find(reader: Reader) -> None:
    """Type, and step through what is found."""
    page, field = reader.page, reader.page.locator("#find")
    field.focus()
    page.keyboard.type("th")
    page.wait_for_timeout(1000)
    report("find: a key of 'the team, because'", reader.pressed("e team, because", "#found"))
    for words in WORDS_FOUND:
        field.fill("")
        page.wait_for_timeout(300)
        page.keyboard.type(words[:-1])
        page.wait_for_timeout(400)
        taken = reader.pressed(words[-1], "#found")
        report(f"find: the last key of {words!r}, {page.locator('#found').inner_text()}", taken)
    for words, keys in (("allotment", "nnnnNNNN"), ("the team", "nnnnnnnnnnNNNN")):
        field.fill(words)
        page.wait_for_timeout(400)
        page.evaluate("document.activeElement.blur()")
        report(f"n, N: {page.locator('#found').inner_text()}", reader.pressed(keys))
    field.fill("")
    page.wait_for_timeout(300)


def click(reader: Reader, label: str) -> Taken:
    """Press the link of a speaker."""
    link = f"document.querySelector(`[data-label='{label}']`).click()"
    return reader.timed("click", lambda: reader.page.evaluate(link))


def scroll(page: Page, name: str, by: int, times: int) -> None:
    """Scroll, and count the frames that came late."""
    page.mouse.move(300, 500)
    page.evaluate("window.watchFrames()")
    for _ in range(times):
        page.mouse.wheel(0, by)
        page.wait_for_timeout(16)
    frames = page.evaluate("(window.watching = false, window.frames)")
    late = sum(one > 50 for one in frames)
    print(
        f"scrolling by {name}: {len(frames)} frames, {late} over 50 ms, {max(frames):.0f} at most"
    )


def code(reader: Reader, turns: list[int]) -> None:
    """Mark words of turns far down and code them."""
    page, keys = reader.page, reader.page.keyboard
    begun, coded = [], []
    for turn in turns:
        page.evaluate(MARK, turn)
        page.wait_for_timeout(400)
        begun += reader.pressed("c")
        keys.type("relat")
        keys.press("Enter")
        coded += reader.pressed(["Enter"], "#said")
        page.wait_for_timeout(300)
    report("open the codes for what is marked", begun)
    report("code it, up to the note in the margin", coded)


def middle(seconds: list[float]) -> str:
    """The median in milliseconds, for printing."""
    return f"{1000 * statistics.median(seconds):,.0f}"


def report(name: str, taken: list[Taken]) -> None:
    """Print median and 95th percentile of some milliseconds, waited and worked."""
    waited, worked = (sorted(one) for one in zip(*taken, strict=True))
    at = min(len(taken) - 1, int(0.95 * len(taken)))
    print(
        f"{name}: {len(taken)} times, median {statistics.median(waited):.0f} ms, "
        f"p95 {waited[at]:.0f} ms (worked {statistics.median(worked):.0f}, {worked[at]:.0f})"
    )


if __name__ == "__main__":
    main()
