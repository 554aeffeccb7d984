"""What holds at one place of a rich text, and how its letters become text."""

import codecs
import re
from dataclasses import dataclass

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")


@dataclass(slots=True)
class State:
    """What holds within a group: where its words go, and how its letters are written."""

    words: list[str] | None
    """Where words are gathered; None where there are none."""
    place: str = ""
    own: bool = False
    """Whether the place ends with this group."""
    hidden: str = ""
    encoding: str = "cp1252"
    skip: int = 1
    starred: bool = False
    outer: tuple[str, list[str] | None] | None = None
    """Where words went before a group that is given twice, for older programs and in Unicode."""


@dataclass(slots=True)
class Table:
    """Where in which table the text stands."""

    number: int = 0
    row: int = 0
    column: int = 0
    inside: bool = False


def whole(pieces: list[str]) -> str:
    """Pieces as one; a character beyond the first plane is written as two, and one again here."""
    text = "".join(pieces)
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub(" ", text)


def known_encoding(encoding: str) -> str:
    """The encoding by its usual name; Windows-1252 for one that nobody knows."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
