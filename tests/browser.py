"""The real browser, shared by every test that needs one, and what axe makes of a page."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REQUIRED = "GREENSHOOTS_BROWSER_REQUIRED"
AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """(rules) => axe.run({runOnly: rules, resultTypes: ["violations"]}).then((result) =>
  result.violations.map((one) =>
    `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`))"""


def chromium_path() -> str:
    """Where Chromium is; without it journeys are skipped, or fail where a browser is required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get(REQUIRED):
        pytest.fail(f"{REQUIRED} is set, and Chromium isn't installed.")
    if path is None:
        pytest.skip("Chromium isn't installed: the journeys in a browser were not made.")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: Playwright allows no second one beside it."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve an app in a thread, on a free port of this machine; gives its address."""
    own = socket()
    own.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{own.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    own.close()


def faults(page: Page, *more_rules: str) -> list[str]:
    """What axe finds on a page by WCAG 2.2 AA, by day and by night, and whether it is too wide.

    By night only what is seen by its colour can differ.
    """
    page.wait_for_load_state()  # its style sheets too
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    page.emulate_media(color_scheme="light")
    found = page.evaluate(RUN, {"type": "tag", "values": [*WCAG, *more_rules]})
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(RUN, {"type": "rule", "values": COLOURS})
    page.emulate_media(color_scheme="light")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*found, *(f"dark: {one}" for one in dark), *(["it scrolls sideways"] if wide else [])]
