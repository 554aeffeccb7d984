"""Serving: the web in this process, the jobs in a child of their own.

An analysis keeps a processor busy for minutes. In a process of its own, and with the lowest
priority, it can't make a coder's next passage wait.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create_app
from capture.settings import Settings


def serve_until_stopped(settings: Settings) -> None:
    """Serve until Ctrl-C or a signal ends it; the worker ends with it."""
    with worker(settings):
        uvicorn.run(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,  # addresses hold ids and what was searched for
            server_header=False,
        )


@contextmanager
def worker(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A child process that carries out jobs for as long as its standard input stays open."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api.worker"], stdin=subprocess.PIPE, text=True
    )
    if process.stdin is None:  # pragma: no cover - a pipe was asked for
        raise RuntimeError("the worker has no standard input")
    process.stdin.write(settings.model_dump_json() + "\n")
    process.stdin.flush()
    try:
        yield process
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()  # safe: the step under way is begun again by the next runner
            process.wait()
