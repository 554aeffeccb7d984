"""The errors a person can act on; every package hangs its own under this tree.

GreenshootsError            a sentence, and where there is one, the way out
├── RefusedFile             a transcript that can't be read as it is
├── RefusedManifest         a manifest that says something we can't follow
├── UnknownPath             a file or folder that isn't there
└── NoReader                no process to read a file in, just now
    (capture, codebook and api add their own branches)
"""

from typing import ClassVar


class GreenshootsError(Exception):
    """What went wrong, as a sentence, and what the user can do; `status` is the HTTP answer."""

    status: ClassVar[int] = 400

    def __init__(self, sentence: str, *, way_out: str = "") -> None:
        self.sentence = sentence
        self.way_out = way_out
        super().__init__(sentence, way_out)

    def __str__(self) -> str:
        return f"{self.sentence} {self.way_out}".strip()


class _RefusedUpload(GreenshootsError):
    """Shared shape of what refuses a file: its name, the place in it, the reason."""

    status: ClassVar[int] = 422

    def __init__(self, name: str, place: str, reason: str, way_out: str = "") -> None:
        self.name = name
        self.place = place
        self.reason = reason
        where = f"{name}, {place}" if place else name
        super().__init__(f"{where}: {reason}", way_out=way_out)


class RefusedFile(_RefusedUpload):
    """A file that can't be read; nothing of it is stored. There is always a way out."""

    def __init__(self, name: str, place: str, reason: str, way_out: str) -> None:
        super().__init__(name, place, reason, way_out)


class RefusedManifest(_RefusedUpload):
    """A manifest that can't be followed; `place` names line and column."""


class UnknownPath(GreenshootsError):
    """A file or folder that was named but isn't there."""

    status: ClassVar[int] = 404


class NoReader(GreenshootsError):
    """There is no process to read a file in, just now: not the file's fault."""

    status: ClassVar[int] = 503

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, way_out="Try again in a minute.")
