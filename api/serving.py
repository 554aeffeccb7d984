"""Serving: the web in this process, the jobs in a child of their own.

An analysis keeps a processor busy for minutes. In a process of its own, and with the lowest
priority, it can't make a coder's next passage wait.
"""

import socket
import subprocess
import sys
from threading import Event, Thread
from types import TracebackType

import uvicorn

from api.app import create_app
from capture.settings import Settings
from transcripts.errors import GreenshootsError

PATIENCE_SECONDS = 5
BREATH_SECONDS = 1.0
"""Before a worker that died is started again, so that one that can't start doesn't spin."""


def check_port(settings: Settings) -> None:
    """Raise PortTaken when something else listens where we are to."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(
                f"Nothing can listen at {settings.host}:{settings.port} ({error.strerror}).",
                way_out="Set GREENSHOOTS_PORT to another number, such as 8010.",
            ) from None


class PortTaken(GreenshootsError):
    """Another program listens at the address, or it isn't one of this machine's."""


def serve_until_stopped(settings: Settings) -> None:
    """Serve until Ctrl-C or a signal ends it; the worker ends with it."""
    with Worker(settings):
        uvicorn.run(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,  # addresses hold ids and what was searched for
            server_header=False,
        )


class Worker:
    """A child process that carries out jobs; it is started again if it dies before we do."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ending = Event()
        self._process = self._start()
        self._watch = Thread(target=self._keep_going, daemon=True)

    def __enter__(self) -> None:
        self._watch.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._ending.set()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # safe: the step under way is begun again by the next runner
            self._process.wait()

    def _start(self) -> subprocess.Popen[str]:
        """Start it; its standard input carries the settings, then stays open while we live."""
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.worker"], stdin=subprocess.PIPE, text=True
        )
        if process.stdin is not None:
            process.stdin.write(self._settings.model_dump_json() + "\n")
            process.stdin.flush()
        return process

    def _keep_going(self) -> None:
        while True:
            self._process.wait()
            if self._ending.wait(BREATH_SECONDS):
                return
            self._process = self._start()
