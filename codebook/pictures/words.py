"""Words in a picture: how wide they are, where a line breaks, and what XML can hold."""

import re
from functools import lru_cache
from xml.sax.saxutils import escape

FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
"""The screen's own, and in files what the program that shows them has."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LEADING_SIGNS = frozenset("✓✕")
"""They stand before a line, in a room that holds them in any typeface."""
_NARROW, _WIDE = frozenset("fijlrtI.,:;'’‘|!()[] ·"), frozenset("mwMW—%@")


def escaped(text: str) -> str:
    """Text for an element or an attribute in double quotes."""
    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})


@lru_cache(maxsize=2048)
def breadth(text: str, size: float) -> float:
    """About how wide a line of bold sans-serif is, in the units of its size."""
    return size * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.33
    if character in LEADING_SIGNS or character in _WIDE or ord(character) > 0x2E80:
        return 0.92
    return 0.72 if character.isupper() else 0.58


def lines(text: str, longest: int, most: int = 2) -> tuple[str, ...]:
    """Text broken between words into at most so many lines; what doesn't fit becomes "…".

    A dot between phrases stays with the phrase before it.
    """
    found = [""]
    for word in " ".join(text.split()).replace(" · ", "\u00a0· ").split(" "):
        longer = f"{found[-1]} {word}".strip()
        if len(longer) <= longest or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    kept = [line if len(line) <= longest else f"{line[: longest - 1]}…" for line in found[:most]]
    if len(found) > most:
        last = kept[-1].removesuffix("…").rstrip(" ·")
        kept[-1] = f"{last[: longest - 1].rstrip(' ·')}…"
    return tuple(kept)
