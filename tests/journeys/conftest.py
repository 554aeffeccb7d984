"""A real service with its worker, as `greenshoots serve` starts it, and a real browser."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.commands import GREENSHOOTS, environment, greenshoots, well
from transcripts.samples import SAMPLE_STUDY

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
START_SECONDS = 60


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


@dataclass
class Served:
    """A running service: its address, its data, and how to come in."""

    address: str
    data: Path
    port: int

    def link(self, email: str, role: str) -> str:
        """A one-time sign-in link, made by the command line beside the running service."""
        said = well(
            greenshoots(self.data, "user", "add", email, "--study", SAMPLE_STUDY, "--role", role)
        )
        return self.address + "/sign-in/link/" + said.rsplit("/", 1)[1].strip()


Serve = Callable[[Path], Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start `greenshoots serve` on a data folder; it is stopped at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(data: Path) -> Served:
        port = _free_port()
        started.append(
            subprocess.Popen(
                [*GREENSHOOTS, "serve"],
                env={**environment(data), "GREENSHOOTS_PORT": str(port)},
                stdout=subprocess.DEVNULL,
            )
        )
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, started[-1])
        return Served(address, data, port)

    yield serve
    for process in started:
        process.terminate()
        process.wait(timeout=20)


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


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the service ended before it answered"
        try:
            with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the service didn't answer in time")
