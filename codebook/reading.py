"""A transcript laid out for reading: each turn's words in runs, with its notes beside it.

Pure. Joined, the runs of a turn are exactly the turn's words: nothing is added between them.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from capture.transcript_view import SaidSegment, SaidTurn
from codebook.margin import Mark, Note

Marks = frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand under the same passages. `passages` are ids, `marks` what they carry.

    `begins` are the passages whose first words these are, segments aside.
    """

    text: str
    passages: tuple[int, ...] = ()
    marks: Marks = frozenset()
    begins: tuple[int, ...] = ()

    @property
    def signs(self) -> str:
        """Its marks as words, always in the same order: "coding suggestion"."""
        return _signs(self.marks)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The runs of one segment, or, without one, what stands between two."""

    segment: SaidSegment | None
    runs: tuple[Run, ...]

    @property
    def evenly(self) -> Run | None:
        """The one run of a segment whose words all stand under the same passages."""
        return self.runs[0] if self.segment is not None and len(self.runs) == 1 else None


@dataclass(frozen=True, slots=True)
class LaidTurn:
    """A turn ready for the page. A note stands where its passage begins."""

    turn: SaidTurn
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


def lay_out(
    text: str, turns: Sequence[SaidTurn], notes: Sequence[Note], before: SaidTurn | None = None
) -> list[LaidTurn]:
    """Lay out turns, in their order, with the notes on their words.

    A note stands in the turn where its passage begins, and nowhere when that turn is not shown.
    `before` is the turn shown above the first of these, where they are one lot of several.
    """
    by_start = sorted(notes, key=lambda note: note.start)
    laid: list[LaidTurn] = []
    running: list[Note] = []
    taken = 0
    for above, turn in zip((before, *turns), turns, strict=False):
        begun = taken
        while taken < len(by_start) and by_start[taken].start < turn.end:
            taken += 1
        new = by_start[begun:taken]
        running = [note for note in (*running, *new) if note.end > turn.start]
        mine = tuple(note for note in new if note.start >= _from(above, turn))
        laid.append(LaidTurn(turn, _stretches(text, turn, running), mine))
    return laid


@cache
def _signs(marks: Marks) -> str:
    return " ".join(sorted(marks))


def _from(before: SaidTurn | None, turn: SaidTurn) -> int:
    """Where a turn's own ground begins: after its neighbour, so that no note falls between."""
    if turn.position == 0:
        return 0
    beside = before is not None and before.position == turn.position - 1
    return before.end if before is not None and beside else turn.start


def _stretches(text: str, turn: SaidTurn, notes: Sequence[Note]) -> tuple[Stretch, ...]:
    segments = {segment.passage_id for segment in turn.segments}
    stretches = []
    at = turn.start
    for segment in turn.segments:
        if segment.start > at:
            between = _runs(text, at, segment.start, notes, segments)
            stretches.append(Stretch(None, between))
        inside = _runs(text, segment.start, segment.end, notes, segments)
        stretches.append(Stretch(segment, inside))
        at = segment.end
    if at < turn.end:
        stretches.append(Stretch(None, _runs(text, at, turn.end, notes, segments)))
    return tuple(stretches)


def _runs(
    text: str, start: int, end: int, notes: Sequence[Note], segments: Container[int]
) -> tuple[Run, ...]:
    over = [note for note in notes if note.start < end and note.end > start]
    if not over:
        return (Run(text[start:end]),)
    inside = (p for note in over for p in (note.start, note.end) if start < p < end)
    cuts = sorted({start, end, *inside})
    return tuple(_run(text, left, right, over, segments) for left, right in pairwise(cuts))


def _run(text: str, start: int, end: int, notes: Sequence[Note], segments: Container[int]) -> Run:
    over = [note for note in notes if note.start < end and note.end > start]
    begun = {note.passage_id for note in over if note.start == start}
    return Run(
        text[start:end],
        tuple(dict.fromkeys(note.passage_id for note in over)),
        frozenset(note.mark for note in over),
        tuple(sorted(one for one in begun if one not in segments)),
    )
