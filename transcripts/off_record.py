"""Stretches off the record: found by two times, or by the words they begin and end with.

Such a stretch is cut out of every turn it touches, so that speakers and times stay where they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from transcripts.errors import RefusedManifest
from transcripts.readers.stamps import leading_stamp
from transcripts.replacing import OFF_THE_RECORD, OFF_THE_RECORD_MARK, Stretch
from transcripts.turns import LeftOut, Reading, Turn, count_words

Span = tuple[int, int]

_BETWEEN = re.compile(r"\s*(?:…|\.{3,})\s*")
NOT_TOLD = "[not told: part of the file is off the record]"
"""Stands for words that were left out of a file of which something is off the record."""
_WAY_OUT = (
    "Write two times (00:12:31-00:14:02), or the first and the last words (turn it off … on)."
)


@dataclass(frozen=True, slots=True)
class OffRecord:
    """A stretch as a manifest writes it: "00:12:31-00:14:02", or "first words … last words".

    `manifest` and `place` say where it was written, for what has to be refused.
    """

    written: str
    manifest: str = ""
    place: str = ""

    def refused(self, reason: str, way_out: str = _WAY_OUT) -> RefusedManifest:
        """The refusal of this stretch, to be raised."""
        return RefusedManifest(self.manifest, self.place, reason, way_out)

    def times(self) -> tuple[float, float] | None:
        """Its two times in seconds; None where it is said in words."""
        stamp = leading_stamp(self.written)
        if stamp is None or stamp.ends_at is None or stamp.end < len(self.written.rstrip()):
            return None
        return stamp.starts_at, stamp.ends_at

    def words(self) -> tuple[str, str]:
        """Its first and its last words; both the same where all of it is written out."""
        parts = _BETWEEN.split(self.written.strip())
        if len(parts) > 2 or not all(count_words(part) for part in parts):
            raise self.refused(f'"{self.written}" is not a stretch we can find.')
        return parts[0], parts[-1]

    def check(self) -> None:
        """Raise RefusedManifest for what can be no stretch, whatever the file holds."""
        times = self.times()
        if times is None:
            self.words()
        elif times[0] >= times[1]:
            raise self.refused(f'"{self.written}" ends before it begins.')


def place_of(reading: Reading, said: OffRecord) -> Span:
    """Where a stretch stands in the text: exactly one place, or RefusedManifest."""
    said.check()
    times = said.times()
    return _by_words(reading, said) if times is None else _by_times(reading, said, *times)


def stretches_off(reading: Reading, spans: Sequence[Span]) -> tuple[Reading, tuple[Stretch, ...]]:
    """What to take out for stretches off the record, a piece for each turn they touch.

    Labels and times between the turns stay; headings and the like go with the stretch. The
    reading comes back with what was left out told without those words.
    """
    pieces: list[Span] = []
    left_out = list(reading.left_out)
    for span in spans:
        start, end = whole_words(reading.text, *span)
        turns = [turn for turn in reading.turns if turn.start < end and start < turn.end]
        pieces += [(max(start, turn.start), min(end, turn.end)) for turn in turns]
        pieces += _untold(reading, (start, end), left_out)
    going = tuple(
        Stretch(*trimmed, OFF_THE_RECORD_MARK, OFF_THE_RECORD)
        for piece in pieces
        if (trimmed := _trimmed(reading.text, *piece))[0] < trimmed[1]
    )
    return replace(reading, left_out=tuple(left_out)), going


def _by_words(reading: Reading, said: OffRecord) -> Span:
    first, last = said.words()
    begins = _only(reading, said, first, 0)
    ends = begins if last == first else _only(reading, said, last, begins[0] + 1)
    return begins[0], max(begins[1], ends[1])


def _only(reading: Reading, said: OffRecord, words: str, after: int) -> Span:
    found = [match.span() for match in _pattern(words).finditer(reading.text, after)]
    spoken = [span for span in found if _touches(reading.turns, span)]
    if len(spoken) == 1:
        return spoken[0]
    what = f'the words "{words}" of the stretch off the record'
    if not spoken:
        raise said.refused(f"{what} are not in {reading.name}.", "Write them as the file does.")
    reason = f"{what} stand {len(spoken)} times in {reading.name}."
    raise said.refused(reason, "Write more of the words, so that they stand there once.")


def _pattern(words: str) -> re.Pattern[str]:
    """The words wherever they stand whole: case, line ends and the kind of apostrophe aside."""
    escaped = (re.sub(r"['’]", "['’]", re.escape(word)) for word in words.split())
    together = r"\s+".join(escaped)
    return re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)


def _touches(turns: Sequence[Turn], span: Span) -> bool:
    return any(turn.start < span[1] and span[0] < turn.end for turn in turns)


def _by_times(reading: Reading, said: OffRecord, begins: float, ends: float) -> Span:
    """All of every turn that is spoken at some time between the two."""
    if all(turn.starts_at is None for turn in reading.turns):
        reason = f"{reading.name} tells no times, so none can be found in it."
        raise said.refused(reason, "Write the first and the last words of the stretch instead.")
    inside = [
        at
        for at, (start, end) in enumerate(_spoken(reading.turns))
        if start < ends and (end is None or end > begins)
    ]
    if not inside:
        reason = f"nobody in {reading.name} speaks between the times {said.written}."
        raise said.refused(reason, "Write times as they stand in the file, or the words.")
    if inside[-1] - inside[0] + 1 != len(inside):
        reason = f"the times {said.written} come more than once in {reading.name}."
        raise said.refused(reason, "Write the first and the last words of the stretch instead.")
    return reading.turns[inside[0]].start, reading.turns[inside[-1]].end


def _spoken(turns: Sequence[Turn]) -> list[tuple[float, float | None]]:
    """When each turn begins and ends; without times of its own, between those around it."""
    starts = list(accumulate((turn.starts_at for turn in turns), _told, initial=0.0))[1:]
    upcoming: float | None = None
    spoken: list[tuple[float, float | None]] = []
    for turn, start in zip(reversed(turns), reversed(starts), strict=True):
        end = upcoming if turn.ends_at is None else turn.ends_at
        # A time that lies before belongs to another recording: this one's end is not known.
        spoken.append((start, None if end is not None and end < start else end))
        upcoming = turn.starts_at if turn.starts_at is not None else upcoming
    return spoken[::-1]


def _told(before: float, now: float | None) -> float:
    return before if now is None else now


def _untold(reading: Reading, span: Span, left_out: list[LeftOut]) -> Iterator[Span]:
    """Pieces of a stretch that nobody said, such as headings; `left_out` tells them no more.

    Of what doesn't stand in the text, no one can say that it doesn't belong to the stretch: a
    comment may repeat its words. So from then on only its reason, place and length are told.
    """
    headings: dict[str, list[Span]] = {}
    for line in _lines_beside(reading, span):
        headings.setdefault(_spaced(reading.text[slice(*line)]), []).append(line)
    for number, item in enumerate(left_out):
        if not item.stored:
            telling = item.words and item.what != NOT_TOLD
            left_out[number] = replace(item, what=NOT_TOLD) if telling else item
        elif lines := headings.get(_spaced(item.what)):
            words = count_words(OFF_THE_RECORD_MARK)
            left_out[number] = replace(item, what=OFF_THE_RECORD_MARK, words=words)
            yield lines.pop(0)


def _lines_beside(reading: Reading, span: Span) -> Iterator[Span]:
    """The whole lines that a stretch touches and in which nobody speaks."""
    start = reading.text.rfind("\n", 0, span[0]) + 1
    turns = iter(turn for turn in reading.turns if turn.end > start)
    turn = next(turns, None)
    while start < span[1]:
        end = reading.text.find("\n", start)
        end = len(reading.text) if end < 0 else end
        while turn is not None and turn.end <= start:
            turn = next(turns, None)
        if turn is None or turn.start >= end:
            yield start, end
        start = end + 1


def _spaced(words: str) -> str:
    return " ".join(words.split())


def whole_words(text: str, start: int, end: int) -> Span:
    """The span with the words it begins and ends in, so that no half of one stays."""
    while 0 < start < len(text) and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while 0 < end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]):
        end += 1
    return start, end


def _in_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.combining(sign) > 0


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
