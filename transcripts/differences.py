"""What is different between two texts, in words, for people to see side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from transcripts.aligning import NOWHERE, Pairing

_PIECE = re.compile(r"\s*(?:\[[^\[\]\n]*\]|\S)\S*|\s+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row of one side; `changed` when the other side has them otherwise or not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that differ: as they were, and as they are now; either may be empty."""

    before: tuple[Piece, ...]
    now: tuple[Piece, ...]


def differences(old: str, new: str) -> Change:
    """Two texts with the words marked that are not the same; joined, the pieces are the texts."""
    before, now = _PIECE.findall(old), _PIECE.findall(new)
    place = _paired([one.strip() for one in before], [one.strip() for one in now])
    met = {at for at in place if at != NOWHERE}
    return Change(
        _pieces(before, [at == NOWHERE for at in place]),
        _pieces(now, [at not in met for at in range(len(now))]),
    )


def changes(old: str, new: str) -> list[Change]:
    """The lines of two texts that differ, each stretch of them with its words compared."""
    before, now = old.split("\n"), new.split("\n")
    place = _paired(before, now)
    found: list[Change] = []
    begin = new_begin = 0
    for at, there in [*enumerate(place), (len(before), len(now))]:
        if there == NOWHERE:
            continue
        gone, come = "\n".join(before[begin:at]).strip(), "\n".join(now[new_begin:there]).strip()
        if gone != come:
            found.append(differences(gone, come))
        begin, new_begin = at + 1, there + 1
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> list[int]:
    pairing = Pairing(old, new)
    pairing.put_together((0, len(old), 0, len(new)))
    return pairing.place


def _pieces(words: Sequence[str], changed: Sequence[bool]) -> tuple[Piece, ...]:
    told = groupby(zip(words, changed, strict=True), key=lambda one: one[1])
    return tuple(Piece("".join(word for word, _ in some), differs) for differs, some in told)
