"""Runs of digits, however they are written: grouped, split over lines, or spoken as words.

"07700 900 123", "oh seven seven double oh" and "07700, er, 900" all become pieces with digits and
offsets, so that what makes a phone number or an NHS number is said only once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from transcripts.redaction.context import any_of, listed

ONES = {
    word: str(value)
    for value, words in enumerate(
        ("oh o zero nought naught", *listed("one two three four five six seven eight nine"))
    )
    for word in words.split()
}
TEENS = {
    word: str(value)
    for value, word in enumerate(
        listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        start=10,
    )
}
TENS = {
    word: str(value)
    for value, word in enumerate(
        listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
ROUND = {"hundred": "00", "thousand": "000"}
TIMES = {"double": 2, "triple": 3, "treble": 3}

_ONE = any_of(" ".join(ONES))
_TIMES = any_of(" ".join(TIMES))
_WORD = any_of(" ".join([*ONES, *TEENS, *TENS, *ROUND]))
_PIECE = re.compile(
    rf"""(?<![^\W_]) (?: (?P<figures> [oO]?[0-9][0-9oO]* )
                       | (?P<times> {_TIMES} ) [\s-]{{1,2}} (?P<one> {_ONE} | [0-9] )
                       | (?P<word> {_WORD} ) ) (?![^\W_])""",
    re.VERBOSE | re.IGNORECASE,
)
_WRITTEN_GAP = re.compile(r"[ \t\u00a0]{0,2}[().\-‐-―/]{0,2}[ \t\u00a0]{0,2}\n?[ \t\u00a0]?[(]?")
_FILLER = r"(?:er+|erm+|um+|uh+|uhm|mm|so|then|and)"
_SPOKEN_GAP = re.compile(
    rf"[\s,.…/()\-‐-―]{{1,5}}(?:{_FILLER}[\s,.…\-‐-―]{{1,5}}){{0,2}}", re.IGNORECASE
)
LONGEST_GAP = 30


class Piece(NamedTuple):
    """Some digits at `text[start:end]`; `spoken_ten` for "forty", which may go on with "two"."""

    digits: str
    start: int
    end: int
    spoken_ten: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow each other; `spoken` where words, commas or fillers are among them."""

    pieces: tuple[Piece, ...]
    spoken: bool


def runs(text: str) -> Iterator[Run]:
    """Every run of digits in the text, in order."""
    pieces: list[Piece] = []
    spoken = False
    for match in _PIECE.finditer(text):
        gap = text[pieces[-1].end : match.start()] if pieces else ""
        if pieces and not _continues(gap):
            yield Run(tuple(pieces), spoken)
            pieces, spoken = [], False
        elif pieces:
            spoken = spoken or _WRITTEN_GAP.fullmatch(gap) is None
        spoken = spoken or match["figures"] is None
        _add(pieces, match, gap)
    if pieces:
        yield Run(tuple(pieces), spoken)


def _continues(gap: str) -> bool:
    return len(gap) <= LONGEST_GAP and bool(
        _WRITTEN_GAP.fullmatch(gap) or _SPOKEN_GAP.fullmatch(gap)
    )


def _add(pieces: list[Piece], match: re.Match[str], gap: str) -> None:
    """Add what was matched; "forty two" is one piece of two digits."""
    word = (match["word"] or "").lower()
    if pieces and word in ONES and gap in {" ", "-"} and ONES[word] != "0":
        last = pieces[-1]
        if last.spoken_ten:
            pieces[-1] = Piece(last.digits[0] + ONES[word], last.start, match.end())
            return
    pieces.append(Piece(_value(match), match.start(), match.end(), word in TENS))


def _value(match: re.Match[str]) -> str:
    if match["figures"]:
        return match["figures"].lower().replace("o", "0")
    if match["times"]:
        one = match["one"].lower()
        return ONES.get(one, one) * TIMES[match["times"].lower()]
    word = match["word"].lower()
    if word in TENS:
        return TENS[word] + "0"
    return ONES.get(word) or TEENS.get(word) or ROUND[word]


def joined(pieces: tuple[Piece, ...], first: int, count: int) -> int | None:
    """The index after the piece with which `count` digits from `first` on are complete.

    None where they end inside a piece, or the run ends before.
    """
    have = 0
    for index in range(first, len(pieces)):
        have += len(pieces[index].digits)
        if have >= count:
            return index + 1 if have == count else None
    return None
