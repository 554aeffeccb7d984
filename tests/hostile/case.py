"""One hostile or broken file, made when it is needed, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass

MIB = 1024 * 1024
UNDER = 24 * MIB
"""Bytes of a file that is just small enough to be taken in."""
OVER = 100 * MIB


@dataclass(frozen=True)
class Case:
    """`says` is a part of the sentence that refuses it; None where it has to be read."""

    name: str
    file: str
    make: Callable[[], bytes]
    says: str | None
    slow: bool = False
    """Whether reading it takes more than a second or two."""

    def __str__(self) -> str:
        return f"{self.file.rpartition('.')[2]}: {self.name}"


ANY = ""
"""Refused, for whichever reason comes first."""
EITHER = "either"
"""Read or refused: what matters is that every word is accounted for."""
TOO_MANY = "at most 1,000,000 are read"
"""Refused for its words alone."""
