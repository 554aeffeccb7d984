"""Serving: the web in this process, the jobs in a child of their own.

An analysis keeps a processor busy for minutes. In a process of its own, and with the lowest
priority, it can't make a coder's next passage wait.
"""

import errno
import gc
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType

import uvicorn

from api.app import create_app
from api.commands.console import warn
from capture.settings import Settings
from transcripts.errors import GreenshootsError

PATIENCE_SECONDS = 5
BREATH_SECONDS = 1.0
"""Before a worker that died is started again, so that one that can't start doesn't spin."""
LASTING_SECONDS = 60.0
"""A worker that lived so long did start."""
MOST_FAILED_STARTS = 5


def check_port(settings: Settings) -> None:
    """Raise PortTaken when something else listens where we are to; NoSuchAddress when none can."""
    try:
        [(family, kind, _, _, address), *_] = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        with socket.socket(family, kind) as one:
            if os.name != "nt":  # there it would share the port with whoever has it
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {settings.port} is taken.", way_out="Set GREENSHOOTS_PORT to another one."
            ) from None
        raise NoSuchAddress(
            f"Nothing can listen at {settings.host}:{settings.port} ({error.strerror}).",
            way_out="Set GREENSHOOTS_HOST and GREENSHOOTS_PORT to an address of this machine.",
        ) from None


class PortTaken(GreenshootsError):
    """Another program listens at the port."""


class NoSuchAddress(GreenshootsError):
    """The address isn't one of this machine's, or not ours to listen at."""


def serve_until_stopped(settings: Settings) -> None:
    """Serve until Ctrl-C or a signal ends it; the worker ends with it."""
    with Worker(settings):
        app = create_app(settings)
        # What was loaded until now stays: looking through it for garbage again and again would
        # take half the time that a long page takes.
        gc.collect()
        gc.freeze()
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,  # addresses hold ids and what was searched for
            server_header=False,
        )


class Worker:
    """A child process that carries out jobs; it is started again if it dies before we do.

    After MOST_FAILED_STARTS in a row it is left, with a sentence: what is wrong won't mend itself.
    """

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
        self._hang_up()
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
            with suppress(BrokenPipeError):  # it is dead already, which the watch will see
                process.stdin.write(self._settings.model_dump_json() + "\n")
                process.stdin.flush()
        return process

    def _hang_up(self) -> None:
        """Close the channel that keeps the worker alive."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def _keep_going(self) -> None:
        failed = 0
        while True:
            began = time.monotonic()
            self._process.wait()
            self._hang_up()
            failed = failed + 1 if time.monotonic() - began < LASTING_SECONDS else 0
            if self._ending.wait(BREATH_SECONDS):
                return
            if failed >= MOST_FAILED_STARTS:
                warn(
                    f"The process that runs analyses ended {failed} times in a row, so none runs. "
                    "Read what it said above, then start the service again."
                )
                return
            self._process = self._start()
