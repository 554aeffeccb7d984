"""The meaning of a question as a vector, worked out in a process of its own.

The model takes seconds to load and some hundred MiB to hold. Beside the web that would stall who is
reviewing, so a child does it (`meaning_child.py`): it starts with the first question, answers in
milliseconds from then on, and ends when nobody has asked for a while, or with us.
"""

import base64
import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from capture.settings import Settings

State = Literal["resting", "starting", "ready", "amiss"]
PATIENCE_SECONDS = 2.0
"""How long an answer may take before a search goes on without it."""
TRY_AGAIN_SECONDS = 60.0
ENDS_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Meant:
    """A unit vector, and the model and precision that it came from: only theirs compare with it."""

    model: str
    precision: str
    vector: NDArray[np.float32]


class Meaning(Protocol):
    """What turns questions into vectors."""

    @property
    def state(self) -> State:
        """Whether it can be asked now."""

    @property
    def why(self) -> str:
        """What is amiss, in a sentence; empty for nothing."""

    def of(self, words: str) -> Meant | None:
        """The meaning of words; None as long as it can't be told, which begins to change that."""


class MeaningApart:
    """Asks a child process, which it starts when the first question comes."""

    def __init__(self, settings: Settings) -> None:
        self._given = {"model": settings.model, "precision": settings.precision}
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: Queue[dict[str, Any]] = Queue()
        self._source: tuple[str, str] | None = None
        self._number = 0
        self._tried_at = -TRY_AGAIN_SECONDS
        self._why = ""

    @property
    def state(self) -> State:
        """See Meaning.state."""
        if self._process is not None and self._process.poll() is None:
            return "starting" if self._source is None else "ready"
        return "amiss" if self._why else "resting"

    @property
    def why(self) -> str:
        """See Meaning.why."""
        return self._why

    def of(self, words: str) -> Meant | None:
        """See Meaning.of. One question at a time; the others wait their milliseconds."""
        with self._lock:
            if self.state in {"resting", "amiss"}:
                self._start()
            process, source = self._process, self._source
            if process is None or process.stdin is None or source is None:
                return None
            self._number += 1
            try:
                process.stdin.write(json.dumps({"number": self._number, "words": words}) + "\n")
                process.stdin.flush()
            except OSError:  # it just ended; the next question starts it again
                return None
            return self._answer(source)

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            if self._process is None:
                return
            self._hang_up()
            try:
                self._process.wait(ENDS_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _start(self) -> None:
        if self._why and time.monotonic() - self._tried_at < TRY_AGAIN_SECONDS:
            return
        self._hang_up()
        self._tried_at, self._source, self._why = time.monotonic(), None, ""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "capture.searching.meaning_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library complains of might quote a question
            text=True,
        )
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(self._given) + "\n")
            self._process.stdin.flush()
        Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _hang_up(self) -> None:
        """Close what the child listens to, by which it ends."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is None:
            return
        for line in process.stdout:
            told = json.loads(line)
            if "number" in told:
                self._answers.put(told)
            elif "amiss" in told:
                self._why = str(told["amiss"])
            else:
                self._source = (str(told["model"]), str(told["precision"]))
        if self._process is process and self._source is None and not self._why:
            self._why = "The model for searching by meaning could not be started."
        process.stdout.close()
        process.wait()

    def _answer(self, source: tuple[str, str]) -> Meant | None:
        until = time.monotonic() + PATIENCE_SECONDS
        while (left := until - time.monotonic()) > 0:
            try:
                told = self._answers.get(timeout=left)
            except Empty:
                return None
            if told["number"] == self._number:  # an earlier one came too late for its question
                data = base64.b64decode(told["vector"])
                return Meant(*source, np.frombuffer(data, dtype="<f4").astype(np.float32))
        return None
