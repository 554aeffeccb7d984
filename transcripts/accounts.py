"""Every word accounted for: what stands in a text against what became of it."""

from transcripts.readers.stamps import stamps_in
from transcripts.turns import Reading, Turn, count_words, words_touched


def words_accounted(reading: Reading) -> tuple[int, int]:
    """Words in the stored text, and words in turns, labels, questions and what was left out.

    The two are equal when nothing was lost in silence.
    """
    spoken = labels = 0
    before = 0
    for turn in reading.turns:
        spoken += count_words(reading.text[turn.start : turn.end])
        labels += _named(reading.text[before : turn.start], turn)
        before = turn.end
    left = sum(item.words for item in reading.left_out if item.stored)
    return count_words(reading.text), spoken + labels + left


def _named(gap: str, turn: Turn) -> int:
    """Words of the gap before a turn that are its question, its speaker or its time."""
    # Without the label's own colon, for a time may stand right before it.
    whole = gap = " ".join(gap.split()).removesuffix(":")
    spans: list[tuple[int, int]] = []
    for known in (" ".join((part or "").split()) for part in (turn.question, turn.speaker)):
        if known and known in gap:
            # The last place it stands in is the label; an earlier one may be a heading's.
            at = gap.rindex(known)
            spans.append((at, at + len(known)))
            gap = f"{gap[:at]}{' ' * len(known)}{gap[at + len(known) :]}"
    time = _timed(gap, turn.starts_at, spans[-1] if spans else (len(gap), len(gap)))
    return words_touched(whole, [*spans, *time])


def _timed(gap: str, starts_at: float | None, label: tuple[int, int]) -> list[tuple[int, int]]:
    """The time a turn begins at, where it is written before the turn."""
    stamps = stamps_in(gap) if starts_at is not None else []
    same = [(at, at + len(written)) for written, seconds, at in stamps if seconds == starts_at]
    if same:  # one of a heading, or a second one before any words, may say the same
        return [min(same, key=lambda one: max(one[0] - label[1], label[0] - one[1]))]
    # A time of the day is counted from the first in the file, so it says another number here;
    # it stands right behind the label.
    spans = [(at, at + len(written)) for written, _, at in stamps]
    return ([one for one in spans if one[0] >= label[1]] or spans)[:1]
