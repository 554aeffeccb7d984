"""The words of a corrected text beside those of the text before: which word is which.

Turn by turn and line by line first, so that a small correction in a long text costs little; then
word by word where something was changed.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from transcripts.aligning import Pairing, anchors_in, between
from transcripts.spoken_words import Spoken, Words

SOLID = 4
"""Words a line must have to be known again by itself; "Yeah, exactly." is not enough."""

Unit = tuple[int, int]
"""[first, last) of the words on one line of one turn, or of what stands between two turns."""


def pair_words(old: Words, new: Words, turns: Sequence[Spoken]) -> list[int]:
    """For every word of `old` its place in `new`, or NOWHERE; `turns` are the two texts."""
    pairing = Pairing(old.keys, new.keys)
    whole = (0, len(old.keys), 0, len(new.keys))
    left = pairing.ends_that_agree(whole)
    anchors: list[tuple[int, int]] = []
    for unit, same in _known_again(old, new, turns, left):
        anchors += zip(range(*unit), range(*same), strict=True)
    for at, place in anchors:
        pairing.place[at] = place
    for stretch in between(anchors, left):
        pairing.put_together(stretch)
    return pairing.place


def _known_again(
    old: Words, new: Words, turns: Sequence[Spoken], left: tuple[int, int, int, int]
) -> list[tuple[Unit, Unit]]:
    begin, end, new_begin, new_end = left
    units = _units(old, turns[0], begin, end)
    others = _units(new, turns[1], new_begin, new_end)
    keys = [tuple(old.keys[first:last]) for first, last in units]
    other_keys = [tuple(new.keys[first:last]) for first, last in others]
    found = anchors_in(keys, other_keys, (0, len(units), 0, len(others)))
    return [(units[at], others[place]) for at, place in found if len(keys[at]) >= SOLID]


def _units(words: Words, spoken: Spoken, begin: int, end: int) -> list[Unit]:
    if begin == end:
        return []
    cuts = {begin, end}
    at = spoken.text.find("\n", words.starts[begin])
    while 0 <= at < words.starts[end - 1]:
        cuts.add(bisect_left(words.starts, at))
        at = spoken.text.find("\n", at + 1)
    for turn in spoken.turns:
        cuts.update(bisect_left(words.starts, edge) for edge in turn)
    ordered = sorted(cut for cut in cuts if begin <= cut <= end)
    return list(pairwise(ordered))
