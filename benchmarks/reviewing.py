"""Reading, analysing and reviewing a study at once: times, memory, and how fast a coder goes on.

    python -m benchmarks.reviewing --data FOLDER

FOLDER holds transcripts and stays where it is. Everything is made in a folder of its own and
removed. The service listens on this machine only, and ends with the benchmark.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener, urlopen

import psutil

STUDY = "Benchmark"
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
IDLE_ACTS = 150
LOOK_SECONDS = 0.1
COOL_SECONDS = 0.05
"""Between two acts: a coder is slower, so this is harder than life."""


class Form(HTMLParser):
    """The fields of the review form, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect hidden fields, and the first code's checkbox."""
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == "review-form"
        if tag == "input" and self._inside and given.get("name"):
            name, value = given["name"] or "", given.get("value") or ""
            ticked = any(one == "confirm" for one, _ in self.fields)
            if given.get("type") == "hidden" or (name == "confirm" and not ticked):
                self.fields.append((name, value))


def main() -> None:
    """Run it all and print what belongs into docs/measurements.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder of transcripts")
    folder = parser.parse_args().data
    with tempfile.TemporaryDirectory() as made:
        data = Path(made)
        environment = {**os.environ, "GREENSHOOTS_DATA": made}
        measure("ingest", ["ingest", str(folder), "--study", STUDY], environment)
        with served(environment) as (address, process):
            coder = sign_in(address, environment)
            report("reviewing, nothing else going on", review(coder, address, acts=IDLE_ACTS))
            done = threading.Event()
            analysis = threading.Thread(target=analyse, args=(environment, process, done))
            analysis.start()
            report("reviewing while the analysis runs", review(coder, address, until=done))
            analysis.join()
        print(f"store: {(data / 'greenshoots.sqlite').stat().st_size / 2**20:.0f} MiB")


def measure(name: str, command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end; print its time and its highest memory."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    highest = watch([psutil.Process(process.pid)], lambda: process.poll() is None)
    print(f"{name}: {time.monotonic() - begun:.0f} s, at most {highest / 2**20:.0f} MiB")
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")


def watch(processes: list[psutil.Process], going: Callable[[], bool]) -> int:
    """The highest memory (bytes, resident, children too) while something is going on."""
    highest = 0
    while going():
        total = 0
        for process in processes:
            try:
                family = [process, *process.children(recursive=True)]
                total += sum(one.memory_info().rss for one in family)
            except psutil.NoSuchProcess:
                continue
        highest = max(highest, total)
        time.sleep(LOOK_SECONDS)
    return highest


def analyse(
    environment: dict[str, str], service: subprocess.Popen[bytes], done: threading.Event
) -> None:
    """Analyse beside the running service, which does the work."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, "analyse", "--study", STUDY],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    highest = watch([psutil.Process(service.pid)], lambda: process.poll() is None)
    done.set()
    took = time.monotonic() - begun
    print(f"analysis: {took:.0f} s; service and its worker at most {highest / 2**20:.0f} MiB")


class served:  # noqa: N801 - used as `with served(...)`
    """`greenshoots serve` for as long as the block lasts."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {**environment, "GREENSHOOTS_PORT": str(port)}

    def __enter__(self) -> tuple[str, subprocess.Popen[bytes]]:
        self.process = subprocess.Popen(
            [*COMMAND, "serve"], env=self.environment, stdout=subprocess.DEVNULL
        )
        for _ in range(600):
            try:
                urlopen(f"{self.address}/healthz", timeout=2).close()  # noqa: S310 - our own
            except OSError:
                time.sleep(LOOK_SECONDS)
            else:
                return self.address, self.process
        raise SystemExit("the service didn't start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def sign_in(address: str, environment: dict[str, str]) -> OpenerDirector:
    """A browser, more or less: it keeps its cookie."""
    said = subprocess.run(
        [*COMMAND, "user", "add", "coder@example.org", "--study", STUDY, "--role", "coder"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    link = re.search(r"/sign-in/link/\S+", said)
    if link is None:
        raise SystemExit("no sign-in link")
    browser = build_opener(HTTPCookieProcessor())
    browser.addheaders = [("Sec-Fetch-Site", "same-origin")]
    browser.open(Request(address + link.group(), data=b"", method="POST"))  # noqa: S310
    return browser


def review(
    coder: OpenerDirector,
    address: str,
    *,
    acts: int = 0,
    until: threading.Event | None = None,
) -> list[float]:
    """Confirm passage after passage; gives the seconds of each act."""
    page = coder.open(f"{address}/studies/1/review").read().decode()
    taken: list[float] = []
    while len(taken) < acts or (until is not None and not until.is_set()):
        fields = Form(page).fields
        if not any(name == "on" for name, _ in fields):
            break
        act = "confirm" if any(name == "confirm" for name, _ in fields) else "none"
        body = urlencode([*fields, ("act", act)]).encode()
        request = Request(  # noqa: S310 - our own
            f"{address}/studies/1/review", data=body, headers={"HX-Request": "true"}
        )
        begun = time.perf_counter()
        try:
            page = coder.open(request).read().decode()
        except HTTPError as error:
            raise SystemExit(f"an act was answered {error.code}") from None
        taken.append(time.perf_counter() - begun)
        time.sleep(COOL_SECONDS)
    return taken


def report(name: str, taken: list[float]) -> None:
    """Print median, 95th percentile and slowest of some seconds, in milliseconds."""
    ordered = sorted(1000 * one for one in taken)
    slow = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    middle = statistics.median(ordered)
    print(
        f"{name}: {len(ordered)} acts, median {middle:.0f} ms, p95 {slow:.0f} ms, "
        f"slowest {ordered[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
