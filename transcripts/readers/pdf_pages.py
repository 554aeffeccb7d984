"""From the lines of pages to flowing text: running heads, page numbers and hyphens taken out."""

import re
from bisect import bisect_left
from collections import defaultdict

from transcripts.readers.label_words import HEADINGS
from transcripts.readers.labels import behaves, head_of, speakers_among
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
_ADDRESS = r"(?:file|https?)://\S+"
_WHEN = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?"
_BROWSERS_FOOT = re.compile(
    rf"{_ADDRESS} (\d{{1,4}})/(\d{{1,4}})|(\d{{1,4}}) of (\d{{1,4}}) {_WHEN}"
)
_BROWSERS_HEAD = re.compile(rf"{_WHEN}(?: .{{1,120}})?|(?:.{{1,120}} )?{_ADDRESS}")
_HEADS_A_PAGE = HEADINGS | {"interview", "group", "session", "wave"}
_COMPOUND = re.compile(r"\b\w+(?:-\w+)+")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")

_Places = list[tuple[int, int]]


def without_running_heads(pages: list[list[str]]) -> tuple[list[str], list[LeftOut]]:
    """All lines in order but those that stand on every page, and these, each told once."""
    places: defaultdict[tuple[bool, str], _Places] = defaultdict(list)
    for at, page in enumerate(pages):
        top = _filled(page)[:EDGE]
        for number in _edges(page):
            places[number in top, _NUMBER.sub("#", page[number])].append((at, number))
    speakers = _speakers(pages)
    running = [found for found in places.values() if _is_running(pages, found, speakers)]
    taken = {place for found in running for place in found}
    printed = [place for place in _of_the_printer(pages) if place not in taken]
    taken.update(printed)
    told = [_told(pages, found) for found in [*running, *_alike(pages, printed)]]
    lines: list[str] = []
    for at, page in enumerate(pages):
        left = [line for number, line in enumerate(page) if (at, number) not in taken]
        # A page's end is no paragraph's end, whatever empty lines stand around it.
        lines += "\n".join(left).strip("\n").split("\n")
    return lines, told


def told_once(heads: list[list[str]]) -> list[LeftOut]:
    """Lines that are heads or feet of their pages by what the pages say, each told once."""
    filled = [(at, number) for at, page in enumerate(heads) for number in _filled(page)]
    return [_told(heads, found) for found in _alike(heads, filled)]


def _alike(pages: list[list[str]], places: _Places) -> list[_Places]:
    """Places of lines that are the same but for their numbers, put together."""
    alike: defaultdict[str, _Places] = defaultdict(list)
    for at, number in places:
        alike[_NUMBER.sub("#", pages[at][number])].append((at, number))
    return list(alike.values())


def _told(pages: list[list[str]], found: _Places) -> LeftOut:
    words = sum(count_words(pages[at][number]) for at, number in found)
    first, last = found[0][0] + 1, found[-1][0] + 1
    where = f"page {first}" if first == last else f"pages {first} to {last}"
    why = "the head, foot or number of the page"
    return LeftOut(pages[first - 1][found[0][1]], where, why, words)


def _filled(page: list[str]) -> list[int]:
    return [number for number, line in enumerate(page) if line]


def _edges(page: list[str]) -> list[int]:
    filled = _filled(page)
    return list(dict.fromkeys([*filled[:EDGE], *filled[-EDGE:]]))


def _of_the_printer(pages: list[list[str]]) -> _Places:
    """What browsers print around a page: an address with the page's number, and when it was."""
    places: _Places = []
    for at, page in enumerate(pages):
        edges = _edges(page)
        feet = [number for number in edges if _is_browsers_foot(page[number], at, len(pages))]
        if feet:
            beside = [number for number in edges if _BROWSERS_HEAD.fullmatch(page[number])]
            places += [(at, number) for number in dict.fromkeys([*feet, *beside])]
    return places


def _is_browsers_foot(line: str, at: int, pages: int) -> bool:
    found = _BROWSERS_FOOT.fullmatch(line)
    if found is None:
        return False
    numbers = [int(number) for number in found.groups() if number]
    return numbers == [at + 1, pages]


def _speakers(pages: list[list[str]]) -> frozenset[str]:
    """The labels of the whole file that speak; a head such as "Interview 9: Brayfold" is none."""
    heads = [head for page in pages for line in page if (head := head_of(line))]
    return frozenset(
        label
        for label in speakers_among(heads)
        if behaves(label, 1) and not _HEADS_A_PAGE & set(re.split(r"\W+", label.lower()))
    )


def _is_running(pages: list[list[str]], found: _Places, speakers: frozenset[str]) -> bool:
    lines = [pages[at][number] for at, number in found]
    on = len({at for at, _ in found})
    said_by_somebody = any((head := head_of(line)) and head.label in speakers for line in lines)
    if lines[0].endswith(":") or said_by_somebody:
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
