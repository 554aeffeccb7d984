"""One place in a file where a word can stand, and what has to become of it."""

from dataclasses import dataclass
from typing import Literal

WORD = "zephyrine"
"""The planted word; it stands in a file once, or twice where a format keeps a thing twice."""


@dataclass(frozen=True)
class Place:
    """A file with the word planted in one place; `becomes` says where it has to be found."""

    name: str
    file: str
    data: bytes
    becomes: Literal["turn", "told"]

    def __str__(self) -> str:
        return f"{self.file.rpartition('.')[2]}: {self.name}"
