"""What is found, what a known name is, and which of two finds that overlap is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

NHS_NUMBER = "NHS number"
INSURANCE_NUMBER = "National Insurance number"
POSTCODE = "postcode"
PHONE_NUMBER = "phone number"
EMAIL = "e-mail address"
WEB_ADDRESS = "web address"
STREET_ADDRESS = "street address"
DATE_OF_BIRTH = "date of birth"
HANDLE = "social media name"
REFERENCE = "reference number"
REGISTRATION = "car registration"
IDENTIFIERS = (
    NHS_NUMBER,
    INSURANCE_NUMBER,
    POSTCODE,
    PHONE_NUMBER,
    EMAIL,
    WEB_ADDRESS,
    STREET_ADDRESS,
    DATE_OF_BIRTH,
    HANDLE,
    REFERENCE,
    REGISTRATION,
)
"""Kinds that stand for one person or household, found by their shape and the words around."""

PERSON = "person"
PLACE = "place"
ORGANISATION = "organisation"
NAME = "name"
NAMES = (PERSON, PLACE, ORGANISATION, NAME)
"""Kinds of names; `NAME` looks like one, and nothing around says whose."""


@dataclass(frozen=True, slots=True)
class Find:
    """`words` are `text[start:end]`; `sure` when shape or context leaves little doubt.

    `instead` is what should stand there, where that is known. `noun` is the nearest word for what
    is named ("child", "school", "town"), so that its pseudonym can say so.
    """

    start: int
    end: int
    kind: str
    words: str
    sure: bool
    instead: str | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class KnownName:
    """A real name from the study's register: what kind it is, what stands for it."""

    name: str
    kind: str
    stands_as: str
    also: tuple[str, ...] = ()


def identifier(text: str, start: int, end: int, kind: str, *, sure: bool = True) -> Find:
    """A find of an identifier, in whose place its kind is to stand: "[phone number]"."""
    return Find(start, end, kind, text[start:end], sure, f"[{kind}]")


class Spanning(Protocol):
    """Anything that stands on `text[start:end]`."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


Spanned = TypeVar("Spanned", bound=Spanning)


def settled(finds: Iterable[Spanned], length: int) -> tuple[Spanned, ...]:
    """The finds in text order, of those that overlap the longest; of equals, the first given.

    `length` is the text's, in code points.
    """
    taken = bytearray(length)
    kept = []
    for find in sorted(finds, key=lambda find: find.start - find.end):
        if 1 not in taken[find.start : find.end]:
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
            kept.append(find)
    return tuple(sorted(kept, key=lambda find: find.start))


def uncovered(finds: Sequence[Spanned], others: Sequence[Spanned]) -> list[Spanned]:
    """The finds of which some character stands in none of the others."""
    taken = bytearray(max((one.end for one in (*finds, *others)), default=0))
    for one in others:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return [find for find in finds if 0 in taken[find.start : find.end]]
