"""The words of a text, each with its place and whether a sentence begins with it."""

import re
import unicodedata
from typing import NamedTuple

from transcripts.redaction.context import listed

_WORD = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:[^\W\d_]|[\u0300-\u036f]|['’-](?=[^\W\d_]))*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:m|ve|re|ll|d))$", re.IGNORECASE)
_BEGINS = re.compile(r"[.!?:;\n…“\"•|>*]|^$|(?:^|\s)[‘'(\[–-]$")
_ABBREVIATED = frozenset(listed("mr mrs ms dr prof rev st sgt insp cllr"))
FURTHEST = 8
"""Characters looked at between two words for the end of a sentence."""


class Word(NamedTuple):
    """`text[start:end]` is the word without a possessive 's; `plain` is it without case."""

    start: int
    end: int
    words: str
    plain: str
    begins: bool
    capital: bool
    possessive: bool


def words_of(text: str) -> list[Word]:
    """Every word of letters, in order."""
    found: list[Word] = []
    end_before = 0
    before = ""
    for match in _WORD.finditer(text):
        whole = match[0]
        base = _POSSESSIVE.sub("", whole)
        gap = text[max(end_before, match.start() - FURTHEST) : match.start()]
        begins = not found or bool(gap != " " and _BEGINS.search(gap) and not _goes_on(gap, before))
        word = Word(
            match.start(),
            match.start() + len(base),
            base,
            base.casefold(),
            begins,
            _is_capital(base),
            len(base) < len(whole),
        )
        found.append(word)
        end_before, before = match.end(), word.plain
    return found


def _is_capital(word: str) -> bool:
    """ "Okafor", but not "NHS", "MPs", "I'm" or "X-axis"."""
    if not word[0].isupper() or word[1:].isupper() or _CONTRACTED.search(word):
        return False
    plural = len(word) > 2 and word.endswith("s") and word[:-1].isupper()
    return not plural and word[1:2] != "-" and not word.partition("-")[0][1:].isupper()


def _goes_on(gap: str, before: str) -> bool:
    return gap.strip() == "." and before in _ABBREVIATED


def without_marks(word: str) -> str:
    """The word in small letters without accents: "Zoë" and "zoe" are one."""
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in parted if not unicodedata.combining(one))
