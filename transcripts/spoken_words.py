"""The words of a text, as they are compared: without case, punctuation or white space.

Signs that say something by themselves (50 %, £, an emoji) are words; an apostrophe inside a word
is not part of it, so that "dont" and "don't" are the same word.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress

Span = tuple[int, int]

_SIGNS = "%‰+&=#@°"
_APOSTROPHES = "'’ʼ`´"
_UNSEEN = "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text and the turns in it, [start, end); what stands in no turn was said by nobody.

    Without turns all of the text counts as said.
    """

    text: str
    turns: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order: `keys` to compare, `starts` and `ends` in the text.

    `said` tells for each whether it stands in a turn; labels, times and headings don't.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]
    said: list[bool]

    def within(self, start: int, end: int) -> range:
        """The words that touch [start, end)."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


def words_of(spoken: Spoken) -> Words:
    """The words of a text; linear in its length."""
    # Words and what stands between them in turn: plain strings, so that a long text makes no
    # hundred thousand objects for the garbage collector to look through.
    pieces = _pattern(spoken.text).split(spoken.text)
    edges = list(accumulate(map(len, pieces)))
    known = {word: _key(word) for word in set(pieces[1::2])}
    keys = [known[word] for word in pieces[1::2]]
    starts, ends = edges[:-1:2], edges[1::2]
    if not all(keys):  # a mark that stands alone is no word
        starts = list(compress(starts, keys))
        ends = list(compress(ends, keys))
        keys = list(filter(None, keys))
    return Words(spoken.text, keys, starts, ends, _said(starts, spoken.turns))


def _said(starts: Sequence[int], turns: Sequence[Span]) -> list[bool]:
    if not turns:
        return [True] * len(starts)
    said = [False] * len(starts)
    for start, end in turns:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        said[first:last] = [True] * (last - first)
    return said


def _pattern(text: str) -> re.Pattern[str]:
    """Words and signs, by the categories of the characters this text is made of."""
    letters, marks, signs = [], [], []
    for char in sorted(set(text)):
        category = unicodedata.category(char)
        if category[0] in "LN":
            letters.append(char)
        elif category[0] == "M" or category == "Cf":
            marks.append(char)
        elif category in {"So", "Sc"} or char in _SIGNS:
            signs.append(char)
    letter, mark, sign = (_class(some) for some in (letters, marks, signs))
    word = f"{letter}(?:{letter}|{mark})*(?:[{_APOSTROPHES}]{letter}(?:{letter}|{mark})*)*"
    return re.compile(f"({word}|{sign}(?:{sign}|{mark})*|{mark}+)")


def _class(chars: Sequence[str]) -> str:
    return "[" + "".join(map(re.escape, chars)) + "]" if chars else r"[^\s\S]"


def _key(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    dropped = _APOSTROPHES + _UNSEEN
    bare = "".join(c for c in word if c not in dropped and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", bare).casefold())
