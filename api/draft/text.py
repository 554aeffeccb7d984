"""A draft's text as the preview shows it: a page of its turns, with what is marked in them.

The words stay whole in the page, in their order: the browser counts places in them (UTF-16), and
what a researcher hasn't asked to see is hidden by its look alone. Drafts are for researchers only.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capture.draft.said import FindSaid, Span
from transcripts.turns import Reading, Turn, count_words

TURNS_A_PAGE = 400
OFF = "off"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a turn with one look: plain, a find, or a part of a stretch off the record."""

    text: str
    find: FindSaid | None = None
    off: Span | None = None
    begins: bool = False
    """The first words of its stretch: those that carry the sign and what can be done."""
    words: int = 0
    """Words of the whole stretch."""

    @property
    def look(self) -> str:
        """The class that it is shown with; empty for plain words."""
        if self.off:
            return OFF
        if self.find is None:
            return ""
        return {None: "undecided", True: "replaced", False: "stays"}[self.find.accepted]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn of the draft; `number` counts from 1, as people say it."""

    number: int
    turn: Turn
    runs: tuple[Run, ...]


def page_of_turn(number: int) -> int:
    """The page, from 1, on which a turn stands; turns count from 1."""
    return (max(number, 1) - 1) // TURNS_A_PAGE + 1


def pages_of(reading: Reading) -> int:
    """How many pages the turns fill."""
    return page_of_turn(len(reading.turns))


def shown_turns(
    reading: Reading,
    numbers: Iterable[int],
    finds: Sequence[FindSaid],
    off_record: Sequence[Span],
) -> list[ShownTurn]:
    """The turns of these numbers with their marks; `finds` and `off_record` in the text's order."""
    words = {span: count_words(reading.text[slice(*span)]) for span in off_record}
    shown = []
    for number in numbers:
        turn = reading.turns[number - 1]
        off = [span for span in off_record if span[0] < turn.end and span[1] > turn.start]
        runs = _runs(reading.text, turn, _within(finds, turn), off, words)
        shown.append(ShownTurn(number, turn, tuple(runs)))
    return shown


def numbers_on(reading: Reading, page: int) -> range:
    """The numbers of the turns on a page."""
    first = (page - 1) * TURNS_A_PAGE + 1
    return range(first, min(first + TURNS_A_PAGE, len(reading.turns) + 1))


def turn_at(reading: Reading, place: int) -> int | None:
    """The number of the turn in which a place of the text stands; None between turns."""
    at = bisect_right([turn.start for turn in reading.turns], place)
    return at if at and place < reading.turns[at - 1].end else None


def turns_touched(reading: Reading, spans: Iterable[Span]) -> list[int]:
    """The numbers of the turns that any of these spans reaches into, in order."""
    starts = [turn.start for turn in reading.turns]
    found: set[int] = set()
    for start, end in spans:
        number = max(bisect_right(starts, start), 1)
        while number <= len(starts) and starts[number - 1] < end:
            if reading.turns[number - 1].end > start:
                found.add(number)
            number += 1
    return sorted(found)


def _within(finds: Sequence[FindSaid], turn: Turn) -> list[FindSaid]:
    """Finds that stand in the turn as a whole."""
    at = bisect_right(finds, turn.start - 1, key=lambda find: find.start)
    found = []
    while at < len(finds) and finds[at].start < turn.end:
        if finds[at].end <= turn.end:
            found.append(finds[at])
        at += 1
    return found


def _runs(
    text: str,
    turn: Turn,
    finds: Sequence[FindSaid],
    off: Sequence[Span],
    words: dict[Span, int],
) -> Iterable[Run]:
    """The turn's words cut where a mark begins or ends; what is off the record covers finds."""
    at = turn.start
    shown = [find for find in finds if not any(a < find.end and find.start < b for a, b in off)]
    marks: list[tuple[int, int, FindSaid | None, Span | None]] = [
        (max(a, turn.start), min(b, turn.end), None, (a, b)) for a, b in off
    ]
    marks += [(find.start, find.end, find, None) for find in shown]
    for begin, end, find, span in sorted(marks, key=lambda mark: mark[:2]):
        begins = span is not None and span[0] == begin
        start = begin if span is None else max(begin, at)
        if start < at or start >= end:
            continue
        if start > at:
            yield Run(text[at:start])
        yield Run(text[start:end], find, span, begins, words[span] if span else 0)
        at = end
    if at < turn.end:
        yield Run(text[at : turn.end])
