"""A real service with its worker, as `greenshoots serve` starts it, and a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served, start

Serve = Callable[[Path], Served]
expect.set_options(timeout=15_000)  # a slow machine is no fault of the page's


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
def page(chromium: Browser, serve: Serve) -> Iterator[Page]:  # noqa: ARG001 - closed before it
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
