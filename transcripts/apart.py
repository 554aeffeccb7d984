"""Reading a file in a process of its own, so that a hostile one can't take the service down.

The child is lean and kept warm; see `transcripts.confinement` for what it gives up. A file that
ends it, or takes too long, costs its sender one sentence; the child is replaced.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from transcripts.answers import MOST_ANSWER, reading_in
from transcripts.errors import NoReader, RefusedFile
from transcripts.framing import BrokenMessage, receive, send
from transcripts.intake import MOST_MEMORY, MOST_SECONDS
from transcripts.readers import UNFORESEEN, check
from transcripts.reading_json import survey_to_json
from transcripts.survey import SurveyColumns
from transcripts.turns import Reading

MOST_CHILDREN = 2
"""Files read at once in one process of ours; others wait."""
PATIENCE_SECONDS = 60
"""How long a file waits for its turn."""
START_SECONDS = 60
"""How long a child may take to start; a second at most on a quiet machine."""
# Windows needs what its environment says of itself.
_ENVIRONMENT = None if os.name == "nt" else {"LC_ALL": "C.UTF-8"}
_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)


class Readers:
    """A few child processes that read files, started when they are needed and used again."""

    def __init__(
        self,
        *,
        children: int = MOST_CHILDREN,
        memory: int = MOST_MEMORY,
        seconds: float = MOST_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.children = children
        self.memory = memory
        self.seconds = seconds
        self.patience = patience
        self.forget()

    def read(self, name: str, data: bytes, *, survey: SurveyColumns | None = None) -> Reading:
        """Read one file, as `transcripts.readers.read` does; raises RefusedFile or NoReader."""
        check(name, data)
        asked = {"name": name, "survey": None if survey is None else survey_to_json(survey)}
        with self._child() as child:
            answer = child.ask(name, json.dumps(asked).encode(), data)
        try:
            return reading_in(name, answer)
        except BrokenMessage as nonsense:
            raise RefusedFile(name, "", *UNFORESEEN) from nonsense

    def close(self) -> None:
        """End the children that wait; one that reads is ended by who asked it."""
        while self._idle:
            self._idle.pop().end()

    def forget(self) -> None:
        """Begin with no child; those of a process we are a copy of are not ours."""
        self._turn = threading.BoundedSemaphore(self.children)
        self._idle: list[_Child] = []

    @contextmanager
    def _child(self) -> "Iterator[_Child]":
        """A child for one file. It waits for the next one after it, unless something went wrong."""
        if not self._turn.acquire(timeout=self.patience):
            raise NoReader("Other files are being read, and this one had no turn.")
        try:
            child = self._waiting() or _Child(self.memory, self.seconds)
            try:
                yield child
            except BaseException:
                child.end()
                raise
            if child.spent:
                child.end()
            else:
                self._idle.append(child)
        finally:
            self._turn.release()

    def _waiting(self) -> "_Child | None":
        """A child that has read before and is still there."""
        while self._idle:
            with suppress(IndexError):
                child = self._idle.pop()
                if child.process.poll() is None:
                    return child
                child.end()
        return None


class _Child:
    """One child process, and the pipes to it."""

    def __init__(self, memory: int, seconds: float) -> None:
        self.seconds = seconds
        self.spent = False
        self.late = False
        whole = max(1, round(seconds))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "transcripts.child", str(memory), str(whole)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd=os.sep,
            start_new_session=True,
        )
        self.files = cast("BinaryIO", self.process.stdin)
        self.answers = cast("BinaryIO", self.process.stdout)
        try:
            with self._at_most(START_SECONDS):
                receive(self.answers, most=0)
        except BaseException as failed:
            self.end()
            if isinstance(failed, BrokenMessage):
                raise NoReader("No process to read files in could be started.") from failed
            raise

    def ask(self, name: str, asked: bytes, data: bytes) -> bytes:
        """The answer to one file; raises RefusedFile when the child ends over it."""
        try:
            with self._at_most(self.seconds):
                send(self.files, asked, data)
                mood, answer = receive(self.answers, most=MOST_ANSWER)
        except (OSError, BrokenMessage) as lost:
            self.end()
            raise self._refused(name) from lost
        self.spent = bool(mood) or self.late
        return answer

    def end(self) -> None:
        """End the process and let go of its pipes. Safe to repeat."""
        self.process.kill()
        self.process.wait()
        for stream in (self.files, self.answers):
            with suppress(OSError):
                stream.close()

    @contextmanager
    def _at_most(self, seconds: float) -> Iterator[None]:
        """End the process when what is done here takes longer."""
        clock = threading.Timer(seconds, self._too_late)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _too_late(self) -> None:
        self.late = True
        self.process.kill()

    def _refused(self, name: str) -> RefusedFile:
        way_out = "Split it, or save it as plain text and upload that."
        if self.late or (_OUT_OF_TIME and self.process.returncode == -_OUT_OF_TIME):
            reason = f"it takes longer than {self.seconds:g} seconds to read."
            return RefusedFile(name, "", reason, way_out)
        reason = "the process it was read in came to an end over it; nothing else was harmed."
        return RefusedFile(name, "", reason, way_out)


_shared = Readers()
atexit.register(_shared.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


def read_apart(name: str, data: bytes, *, survey: SurveyColumns | None = None) -> Reading:
    """Read one file in a child process that all of this process share.

    `survey` says what the columns of a survey are. Raises RefusedFile, and NoReader where no child
    could be started.
    """
    return _shared.read(name, data, survey=survey)
