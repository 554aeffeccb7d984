"""A real service with its worker, as `greenshoots serve` starts it, and a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import Served, start

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
Serve = Callable[[Path], Served]


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
    """One browser for all journeys."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start `greenshoots serve` on a data folder; it is stopped at the end."""
    started: list[Served] = []

    def serve(data: Path) -> Served:
        started.append(start(data))
        return started[-1]

    yield serve
    for served in started:
        served.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a context of its own; anything the console reports as an error fails the test."""
    context = chromium.new_context(accept_downloads=True)
    context.set_default_timeout(30_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []
