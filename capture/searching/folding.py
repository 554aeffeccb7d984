"""Words as search compares them: without case, accents and punctuation, each with its place.

The same folding makes what is indexed and what is asked for, so both meet whatever was typed. A
script written without spaces gives a token a letter, and a sign such as an emoji is a token.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"  # kana, Chinese
    "\uac00-\ud7a3"  # Korean has spaces, but a word is written with what follows it
)
OWN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart, though people type them without their stroke."""
TATWEEL = "\u0640"
FIRST_VOWEL_SIGN = 0x0900
"""Marks below are accents and points; from here on they can be vowels, as in Devanagari."""
_LATER_ACCENTS = ((0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE2F))


Kind = Literal["word", "letter", "sign"]


class Token(NamedTuple):
    """A word, or a letter of an unspaced script, or a sign: `text[start:end]`, folded."""

    folded: str
    start: int
    end: int
    kind: Kind


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order; none of them holds a space, a quote or a sign of syntax."""
    found = []
    for match in _TOKEN.finditer(text):
        kind: Kind = "letter" if match["letter"] else "sign" if match["sign"] else "word"
        folded = _sign(match[0]) if kind == "sign" else fold_word(match[0])
        if folded:
            found.append(Token(folded, match.start(), match.end(), kind))
    return found


def folded_text(text: str) -> str:
    """The tokens of a text with a space between them: what is indexed."""
    return " ".join(token.folded for token in tokens(text))


def fold_word(word: str) -> str:
    """A word without case and accents; empty where nothing is left."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(letter for letter in letters if not _silent(letter)).translate(OWN_LETTERS)
    return unicodedata.normalize("NFC", kept)


def _sign(sign: str) -> str:
    """A sign as a word that no one types: tokenizers pass over signs they don't know."""
    return f"u{ord(sign):x}"


def _silent(letter: str) -> bool:
    kind, point = unicodedata.category(letter), ord(letter)
    if kind == "Mn":
        accent = any(first <= point <= last for first, last in _LATER_ACCENTS)
        return accent or point < FIRST_VOWEL_SIGN
    return kind in {"Cf", "Me"} or letter == TATWEEL


def _ranges(*categories: str) -> str:
    """A character class of everything in some Unicode categories, from the first accent on."""
    points = [*range(0x300, 0x20000), *range(0xE0000, 0xE01F0)]
    points = [0xA6, 0xA9, 0xAD, 0xAE, 0xB0, *points]
    inside = [point for point in points if unicodedata.category(chr(point)) in categories]
    spans: list[list[int]] = []
    for point in inside:
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


_MARKS = _ranges("Mn", "Mc", "Me", "Cf")
_LETTER = rf"[^\W_{UNSPACED}]"
_TOKEN = re.compile(
    rf"(?P<letter>[{UNSPACED}][{_MARKS}]*)|(?P<sign>[{_ranges('So')}])"
    rf"|{_LETTER}(?:[{_MARKS}]*{_LETTER})*[{_MARKS}]*"
)
