"""Which words of a draft were marked on its page: selected, a whole turn, or from here to there."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from api.utf16 import code_points
from capture.draft.said import Span
from capture.errors import Conflict, Unfit
from transcripts.errors import RefusedManifest
from transcripts.off_record import OffRecord, place_of
from transcripts.turns import Reading, Turn

LARGEST = 2**53


def _nothing(value: object) -> object:
    """A form sends "" for a field left empty."""
    return value or None


Number = Annotated[int | None, BeforeValidator(_nothing), Field(ge=1, le=LARGEST)]
Units = Annotated[int, Field(ge=0, le=LARGEST)]


class MarkedWords(BaseModel):
    """Turns are named by their number, from 1; `start_at` and `end_at` are UTF-16 units in them.

    `words` is what the browser showed as selected, a line a turn, so that a difference is noticed.
    """

    start_turn: Number = None
    start_at: Units = 0
    end_turn: Number = None
    end_at: Units = 0
    words: str = ""
    turn: Number = None
    """A whole turn."""
    begin: str = ""
    to: str = ""
    """From one turn or time to another, as people write them: 12, or 00:12:30."""


def span_of(reading: Reading, marked: MarkedWords) -> Span:
    """The marked stretch of the text. Raises Unfit, or Conflict where the page shows otherwise."""
    if marked.turn is not None:
        turn = _turn(reading, marked.turn)
        return turn.start, turn.end
    if marked.start_turn is not None and marked.end_turn is not None:
        return _selected(reading, marked)
    if marked.begin.strip():
        return _from_to(reading, marked.begin.strip(), marked.to.strip() or marked.begin.strip())
    raise Unfit("No words were marked.", way_out="Select some words, or say from where to where.")


def _selected(reading: Reading, marked: MarkedWords) -> Span:
    first, last = _turn(reading, marked.start_turn or 0), _turn(reading, marked.end_turn or 0)
    start = first.start + code_points(reading.text[first.start : first.end], marked.start_at)
    end = last.start + code_points(reading.text[last.start : last.end], marked.end_at)
    there = "\n".join(
        reading.text[max(start, turn.start) : min(end, turn.end)]
        for turn in reading.turns
        if turn.start < end and start < turn.end
    )
    if start >= end or marked.words.replace("\r\n", "\n") != there:
        raise Conflict(
            "What was selected is not what stands in that place, so nothing was kept.",
            way_out="Load the page again and reselect.",
        )
    return start, end


def _from_to(reading: Reading, begin: str, to: str) -> Span:
    if ":" in begin and ":" in to:
        try:
            return place_of(reading, OffRecord(f"{begin}-{to}"))
        except RefusedManifest as refused:
            reason = f"{refused.reason[:1].upper()}{refused.reason[1:]}"
            raise Unfit(reason, way_out="Write both as in the text, such as 00:12:31.") from None
    if begin.isascii() and begin.isdigit() and to.isascii() and to.isdigit():
        first, last = _turn(reading, int(begin[:9])), _turn(reading, int(to[:9]))
        if first.start > last.start:
            raise Unfit("That stretch ends before it begins.", way_out="Swap the two.")
        return first.start, last.end
    raise Unfit(
        f"“{begin[:40]}” to “{to[:40]}” is not a stretch of this text.",
        way_out="Write two numbers of turns, or two times such as 00:12:31.",
    )


def _turn(reading: Reading, number: int) -> Turn:
    if not 1 <= number <= len(reading.turns):
        raise Unfit(
            f"There is no turn {number:,}.",
            way_out=f"Turns are numbered from 1 to {len(reading.turns):,}.",
        )
    return reading.turns[number - 1]
