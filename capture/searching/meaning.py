"""The meaning of a question as a vector, worked out in a process of its own.

The model takes seconds to load and some hundred MiB to hold. Beside the web that would stall who is
reviewing, so a child does it (`meaning_child.py`): it starts with the first question, answers in
milliseconds from then on, and ends when nobody has asked for a while, or with us. Where it is slow
nobody waits twice: searches go on by words until it has caught up, and its late answer is kept.
"""

import base64
import json
import subprocess
import sys
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from capture.settings import Settings

State = Literal["resting", "starting", "ready", "busy", "amiss"]
PATIENCE_SECONDS = 2.0
"""How long an answer may take before a search goes on without it."""
TRY_AGAIN_SECONDS = 60.0
GIVEN_UP_SECONDS = 30.0
"""An answer that is so late will not come: the child is ended, and the next question starts one."""
ENDS_SECONDS = 5.0
KEPT_ANSWERS = 32
"""Of the questions asked last: for their further pages, and for answers that came late."""


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


@dataclass(slots=True)
class _Awaited:
    """A question that was sent to the child, until its answer comes."""

    words: str
    came: Event = field(default_factory=Event)
    asked_at: float = field(default_factory=time.monotonic)

    @property
    def late(self) -> float:
        """Seconds since it should have been answered; below 0 while there is time."""
        return time.monotonic() - self.asked_at - PATIENCE_SECONDS


class MeaningApart:
    """Asks a child process, which it starts when the first question comes."""

    def __init__(self, settings: Settings) -> None:
        self._given = {"model": settings.model, "precision": settings.precision}
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._awaited: dict[int, _Awaited] = {}
        self._known: OrderedDict[str, Meant] = OrderedDict()
        self._source: tuple[str, str] | None = None
        self._number = 0
        self._tried_at = -TRY_AGAIN_SECONDS
        self._why = ""

    @property
    def state(self) -> State:
        """See Meaning.state. Busy is as long as an answer is overdue."""
        if self._process is not None and self._process.poll() is None:
            if self._source is None:
                return "starting"
            latest = max((one.late for one in list(self._awaited.values())), default=-1.0)
            if latest < 0:
                return "ready"
            if latest < GIVEN_UP_SECONDS:
                return "busy"
            self._process.kill()
        return "amiss" if self._why else "resting"

    @property
    def why(self) -> str:
        """See Meaning.why."""
        return self._why

    def of(self, words: str) -> Meant | None:
        """See Meaning.of. Nobody waits longer than PATIENCE_SECONDS, nor at all for one overdue."""
        with self._lock:
            if words in self._known:
                self._known.move_to_end(words)
                return self._known[words]
            if self.state in {"resting", "amiss"}:
                self._start()
            asked = self._ask(words) if self.state == "ready" else None
        if asked is not None:
            asked.came.wait(PATIENCE_SECONDS)
        return self._known.get(words)

    def _ask(self, words: str) -> _Awaited | None:
        if self._process is None or self._process.stdin is None:
            return None
        self._number += 1
        self._awaited[self._number] = asked = _Awaited(words)
        try:
            told = json.dumps({"number": self._number, "words": words})
            self._process.stdin.write(told + "\n")
            self._process.stdin.flush()
        except OSError:  # it just ended; the next question starts it again
            del self._awaited[self._number]
            return None
        return asked

    def close(self) -> None:
        """End the child, if there is one, and forget what was asked."""
        with self._lock:
            if self._process is None:
                return
            self._hang_up()
            try:
                self._process.wait(ENDS_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._forget()

    def _start(self) -> None:
        if self._why and time.monotonic() - self._tried_at < TRY_AGAIN_SECONDS:
            return
        self._hang_up()
        self._tried_at, self._source, self._why = time.monotonic(), None, ""
        self._awaited.clear()
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
                self._heard(told)
            elif "amiss" in told:
                self._why = str(told["amiss"])
            else:
                self._source = (str(told["model"]), str(told["precision"]))
        if self._process is process and self._source is None and not self._why:
            self._why = "The model for searching by meaning could not be started."
        process.stdout.close()
        process.wait()
        if self._process is process:
            self._forget()

    def _forget(self) -> None:
        """Let go of what was asked: whoever still waits goes on by words."""
        with self._lock:
            waiting = list(self._awaited.values())
            self._awaited.clear()
            self._known.clear()
        for one in waiting:
            one.came.set()

    def _heard(self, told: dict[str, Any]) -> None:
        """Keep an answer for whoever waits for it, or asks again because it came too late."""
        data = base64.b64decode(told["vector"])
        vector = np.frombuffer(data, dtype="<f4").astype(np.float32)
        with self._lock:
            asked = self._awaited.pop(told["number"], None)
            if asked is None or self._source is None:
                return
            self._known[asked.words] = Meant(*self._source, vector)
            while len(self._known) > KEPT_ANSWERS:
                self._known.popitem(last=False)
        asked.came.set()
