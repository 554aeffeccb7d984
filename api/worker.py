"""The worker: carries out jobs beside the service, and ends when the service does.

Its settings come as one line of JSON on standard input. That line's channel stays open while the
service lives, however it ends, so the worker never outlives it.
"""

import os
import sys
from threading import Event, Thread

import codebook.analysis  # noqa: F401 - it registers what the jobs do
from capture.jobs import Runner
from capture.settings import Settings
from capture.store import open_store

LOWEST_PRIORITY = 10


def main() -> None:
    """Run jobs until standard input closes."""
    settings = Settings.model_validate_json(sys.stdin.readline())
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    stop = Event()
    Thread(target=_end_with_the_service, args=(stop,), daemon=True).start()
    Runner(open_store(settings), settings).take_turns(stop)
    # A step may be under way in a thread; it is safe to leave and to repeat.
    os._exit(0)


def _end_with_the_service(stop: Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main()
