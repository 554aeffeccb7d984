"""`greenshoots serve` in a process of its own, for tests that need the whole of it."""

import os
import re
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.commands import GREENSHOOTS, environment, greenshoots, well
from transcripts.samples import SAMPLE_STUDY

START_SECONDS = 90


@dataclass
class Served:
    """A running service: its address, its data, and how to come in."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]

    def link(self, email: str, role: str) -> str:
        """A one-time sign-in link, made by the command line beside the running service."""
        asked = ("user", "add", email, "--study", SAMPLE_STUDY, "--role", role)
        found = re.search(r"/sign-in/link/\S+", well(greenshoots(self.data, *asked)))
        assert found
        return self.address + found.group()

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
            self.process.wait(timeout=30)


def start(data: Path) -> Served:
    """Start the service on a data folder and wait until it answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [*GREENSHOOTS, "serve"],
        env={**environment(data), "GREENSHOOTS_PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    served = Served(f"http://127.0.0.1:{port}", data, process)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the service ended before it answered"
        try:
            with urlopen(f"{served.address}/healthz", timeout=2):  # noqa: S310 - our own
                return served
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service didn't answer in time")
