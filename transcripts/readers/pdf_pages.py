"""From the lines of pages to flowing text: running heads, page numbers and hyphens taken out."""

import re
from bisect import bisect_left
from collections import defaultdict

from transcripts.readers.openings import openings_of
from transcripts.turns import LeftOut, count_words

EDGE = 2
"""Lines at the top and bottom of a page where a running head or a page number may stand."""
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.4
"""A line is a running head when it stands on this share of the pages: even and odd may differ."""
FULL_LINE = 0.7
"""A line of this share of the usual width goes on in the next."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:page|p\.?)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s|]*", re.IGNORECASE
)
_COMPOUND = re.compile(r"\b\w+(?:-\w+)+")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")

_Places = list[tuple[int, int]]


def without_running_heads(pages: list[list[str]]) -> tuple[list[str], list[LeftOut]]:
    """All lines in order but those that stand on every page, and these, each told once."""
    places: defaultdict[tuple[bool, str], _Places] = defaultdict(list)
    for at, page in enumerate(pages):
        filled = [number for number, line in enumerate(page) if line]
        for number in dict.fromkeys([*filled[:EDGE], *filled[-EDGE:]]):
            places[number in filled[:EDGE], _NUMBER.sub("#", page[number])].append((at, number))
    taken: set[tuple[int, int]] = set()
    told: list[LeftOut] = []
    for found in places.values():
        if _is_running(pages, found):
            taken.update(found)
            words = sum(count_words(pages[at][number]) for at, number in found)
            first, last = found[0][0] + 1, found[-1][0] + 1
            where = f"pages {first} to {last}"
            why = "the head, foot or number of the page"
            told.append(LeftOut(pages[first - 1][found[0][1]], where, why, words))
    lines: list[str] = []
    for at, page in enumerate(pages):
        left = [line for number, line in enumerate(page) if (at, number) not in taken]
        # A page's end is no paragraph's end, whatever empty lines stand around it.
        lines += "\n".join(left).strip("\n").split("\n")
    return lines, told


def _is_running(pages: list[list[str]], found: _Places) -> bool:
    lines = [pages[at][number] for at, number in found]
    on = len({at for at, _ in found})
    if lines[0].endswith(":"):
        return False
    if all(_PAGE_NUMBER.fullmatch(line) for line in lines):
        # The numbers have to run with the pages: an answer may be a number too.
        counted = [
            int(_NUMBER.findall(line)[0]) - at for line, (at, _) in zip(lines, found, strict=True)
        ]
        return len(set(counted)) == 1 and (on > 1 or counted == [1])
    return on >= FEWEST_PAGES and on >= SHARE_OF_PAGES * len(pages)


def flowing(lines: list[str]) -> tuple[str, list[LeftOut]]:
    """Lines put together as paragraphs; a word parted at a line's end is made whole."""
    filled = [line for line in lines if line]
    openings = openings_of(filled)
    widths = sorted(len(line) for line in filled)
    usual = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    whole = _Hyphenated(filled)
    paragraphs: list[list[str]] = []
    hyphens = 0
    after_blank = True
    at = -1
    for line in lines:
        if not line:
            after_blank = True
            continue
        at += 1
        last = filled[at - 1] if at else ""
        alone = at > 0 and (opening := openings[at - 1]) and opening.after >= len(last)
        goes_on = len(last) >= FULL_LINE * usual and not after_blank and not alone
        if openings[at] or not goes_on or not paragraphs:
            paragraphs.append([line])
        elif _HYPHEN.search(last) and line[0].islower():
            hyphens += 1
            if not whole.has(last, line):
                paragraphs[-1][-1] = last[:-1]
            paragraphs[-1].append(line)
        else:
            paragraphs[-1] += [" ", line]
        after_blank = False
    text = "\n\n".join("".join(parts) for parts in paragraphs) + "\n"
    why = "it parted a word at the end of a line"
    return text, [LeftOut(f"{hyphens} × hyphen", "line ends", why, 0)] if hyphens else []


class _Hyphenated:
    """The words that a text has with a hyphen within a line, where it is no line's end."""

    def __init__(self, lines: list[str]) -> None:
        found = (word.lower() for line in lines for word in _COMPOUND.findall(line))
        self.words = sorted(set(found))

    def has(self, before: str, after: str) -> bool:
        """Whether two parts of a word, put together with their hyphen, begin one of these."""
        first = re.sub(r"^\W+", "", before.rsplit(maxsplit=1)[-1].lower())
        whole = first + re.split(r"\W", after.lower(), maxsplit=1)[0]
        at = bisect_left(self.words, whole)
        return first.endswith("-") and any(
            word.startswith(whole) for word in self.words[at : at + 1]
        )
