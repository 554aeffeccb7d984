"""Every word accounted for: what stands in a text against what became of it."""

import re

from transcripts.turns import Reading, count_words

_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?")


def words_accounted(reading: Reading) -> tuple[int, int]:
    """Words in the stored text, and words in turns, labels, questions and what was left out.

    The two are equal when nothing was lost in silence.
    """
    spoken = labels = 0
    before = 0
    for turn in reading.turns:
        spoken += count_words(reading.text[turn.start : turn.end])
        labels += _named(reading.text[before : turn.start], turn.question, turn.speaker)
        before = turn.end
    left = sum(item.words for item in reading.left_out if item.stored)
    return count_words(reading.text), spoken + labels + left


def _named(gap: str, question: str | None, speaker: str | None) -> int:
    """Words of the gap before a turn that are its question, its speaker or a time."""
    gap = " ".join(gap.split())
    words = 0
    for known in (" ".join((part or "").split()) for part in (question, speaker)):
        if known and known in gap:
            words += count_words(known)
            # The last place it stands in is the label; an earlier one may be a heading's.
            at = gap.rindex(known)
            gap = f"{gap[:at]} {gap[at + len(known) :]}"
    return words + sum(count_words(clock) for clock in _CLOCK.findall(gap))
