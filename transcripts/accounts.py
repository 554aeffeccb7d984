"""Every word accounted for: what stands in a text against what became of it."""

from transcripts.readers.stamps import stamps_in
from transcripts.turns import Reading, Turn, count_words


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
    gap = " ".join(gap.split()).removesuffix(":")
    words = 0
    label: int | None = None
    for known in (" ".join((part or "").split()) for part in (turn.question, turn.speaker)):
        if known and known in gap:
            words += count_words(known)
            # The last place it stands in is the label; an earlier one may be a heading's.
            label = gap.rindex(known)
            gap = f"{gap[:label]} {gap[label + len(known) :]}"
    return words + _timed(gap, turn.starts_at, label)


def _timed(gap: str, starts_at: float | None, label: int | None) -> int:
    """Words of the time a turn begins at, where it is written before the turn."""
    stamps = stamps_in(gap) if starts_at is not None else []
    same = [(written, at) for written, seconds, at in stamps if seconds == starts_at]
    if same:  # one of a heading, or a second one before any words, may say the same
        beside = len(gap) if label is None else label
        return count_words(min(same, key=lambda one: _apart(one, beside))[0])
    # A time of the day is counted from the first in the file, so it says another number here;
    # it stands right behind the label.
    behind = [written for written, _, at in stamps if at >= (label or 0)]
    return sum(map(count_words, behind[:1] or [written for written, _, _ in stamps[:1]]))


def _apart(stamp: tuple[str, int], label: int) -> int:
    """Characters between a time and a label, wherever it stands of the two."""
    written, at = stamp
    return at - label if at >= label else label - at - len(written)
