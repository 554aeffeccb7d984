"""Letters and figures spelt out aloud: "ell ess ninety nine, nine zed zed"."""

import re
from dataclasses import dataclass

from transcripts.redaction.context import any_of
from transcripts.redaction.digits import ONES, ROUND, TEENS, TENS, TIMES

LETTERS = {
    "ay": "A", "eh": "A", "bee": "B", "be": "B", "see": "C", "sea": "C", "cee": "C", "dee": "D",
    "ee": "E", "eff": "F", "gee": "G", "jee": "G", "aitch": "H", "haitch": "H", "eye": "I",
    "jay": "J", "kay": "K", "ell": "L", "el": "L", "em": "M", "en": "N", "oh": "O", "pee": "P",
    "pea": "P", "queue": "Q", "cue": "Q", "are": "R", "ar": "R", "ess": "S", "es": "S", "tee": "T",
    "tea": "T", "you": "U", "vee": "V", "double-u": "W", "ex": "X", "why": "Y", "wye": "Y",
    "zed": "Z", "zee": "Z",
}  # fmt: skip
SIGNS = {"dash": "-", "hyphen": "-", "slash": "/", "stroke": "/"}
_LETTER_WORDS = any_of(" ".join(LETTERS))
_FIGURE_WORDS = any_of(" ".join([*ONES, *TEENS, *TENS, *ROUND]))
_TOKEN = re.compile(
    rf"""[\s,.…–—-]{{0,4}} (?:(?:er+|erm+|um+|uh+)[\s,.…–—-]{{1,4}})? (?:
          (?P<times> {any_of(" ".join(TIMES))} ) [ ] (?P<one> {_FIGURE_WORDS} | {_LETTER_WORDS}
            | [a-z0-9] )
        | (?P<like> [a-z] ) [ ] (?:for|as[ ]in) [ ] [a-z]{{2,12}}
        | (?P<letter> double[ -]u | {_LETTER_WORDS} )
        | (?P<figure> {_FIGURE_WORDS} )
        | (?P<sign> {any_of(" ".join(SIGNS))} )
        | (?P<plain> [a-z]{{1,2}} | [0-9]{{1,8}} ) ) (?![^\W_])""",
    re.VERBOSE | re.IGNORECASE,
)
LONGEST = 24
"""Tokens of one spelt word."""
WRITTEN = 4
"""Figures from which a number was written down rather than spelt."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """The characters that were spelt; for each, where its word begins and ends in the text."""

    characters: str
    places: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `characters[start:end]` stand in the text."""
        return self.places[start][0], self.places[end - 1][1]


def spelt_from(text: str, at: int) -> Spelt:
    """What is spelt from `at` on, until something else is said."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for _ in range(LONGEST):
        match = _TOKEN.match(text, at)
        if match is None or _another(match, characters):
            break
        said = _said(match)
        start = match.start("times" if match["times"] else match.lastgroup or 0)
        characters.append(said)
        places += [(start, match.end())] * len(said)
        at = match.end()
    return Spelt("".join(characters), tuple(places))


def _another(match: re.Match[str], before: list[str]) -> bool:
    """Whether a written number ended before, and a number in words is something else."""
    return bool(before and len(before[-1]) >= WRITTEN and "," in match[0] and match["figure"])


def _said(match: re.Match[str]) -> str:
    if match["times"]:
        return _one(match["one"].lower()) * TIMES[match["times"].lower()]
    if match["letter"]:
        return LETTERS.get(match["letter"].lower().replace(" ", "-"), "W")
    if match["figure"]:
        return _figure(match["figure"].lower())
    if match["sign"]:
        return SIGNS[match["sign"].lower()]
    return (match["like"] or match["plain"]).upper()


def _one(word: str) -> str:
    return LETTERS.get(word) or (word.upper() if len(word) == 1 else _figure(word))


def _figure(word: str) -> str:
    if word in TENS:
        return TENS[word]
    return ONES.get(word) or TEENS.get(word) or ROUND[word]
