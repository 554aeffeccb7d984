"""Which item of one sequence is which of another, found by what stands only once in both.

Patience difference (after Bram Cohen): ends that agree are put together first; then items that
occur once on either side, as far as their order agrees, become anchors; then the stretches between
two anchors are treated the same way. Unlike a longest common subsequence it is hardly ever
quadratic, and it pairs a repeated phrase by its surroundings rather than by where it fits.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

NOWHERE = -1
DEEPEST = 60
"""So often a stretch is parted anew; what is left then stays unpaired."""
SMALL = 4_000
"""Pairs of items up to which a stretch without anchors is compared item by item."""
PATIENCE = 3_000_000
"""Pairs compared item by item altogether; on two texts with nothing in common this ends it."""

Stretch = tuple[int, int, int, int]
"""[first, last) of the one, [first, last) of the other."""


class Pairing:
    """`place[i]` is where item i of `old` stands in `new`, or NOWHERE; places only ever rise."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        self.old = old
        self.new = new
        self.place = [NOWHERE] * len(old)
        self._left = PATIENCE

    def put_together(self, stretch: Stretch) -> None:
        """Pair what is the same within one stretch of either sequence."""
        waiting = [(stretch, 0)]
        while waiting:
            (begin, end, new_begin, new_end), depth = waiting.pop()
            rest = self.ends_that_agree((begin, end, new_begin, new_end))
            if rest[0] == rest[1] or rest[2] == rest[3]:
                continue
            anchors = anchors_in(self.old, self.new, rest) if depth < DEEPEST else []
            if not anchors:
                self._item_by_item(rest)
                continue
            waiting += [(one, depth + 1) for one in between(anchors, rest)]
            for at, place in anchors:
                self.place[at] = place

    def ends_that_agree(self, stretch: Stretch) -> Stretch:
        """Pair what is the same at the beginning and at the end; gives what is left between."""
        begin, end, new_begin, new_end = stretch
        while begin < end and new_begin < new_end and self.old[begin] == self.new[new_begin]:
            self.place[begin] = new_begin
            begin, new_begin = begin + 1, new_begin + 1
        while begin < end and new_begin < new_end and self.old[end - 1] == self.new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            self.place[end] = new_end
        return begin, end, new_begin, new_end

    def _item_by_item(self, stretch: Stretch) -> None:
        begin, end, new_begin, new_end = stretch
        price = (end - begin) * (new_end - new_begin)
        if price > min(SMALL, self._left):
            return
        self._left -= price
        old, new = self.old[begin:end], self.new[new_begin:new_end]
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for at, place, size in matcher.get_matching_blocks():
            for step in range(size):
                self.place[begin + at + step] = new_begin + place + step


def anchors_in(
    old: Sequence[Hashable], new: Sequence[Hashable], stretch: Stretch
) -> list[tuple[int, int]]:
    """Items that occur once on either side of a stretch, as many as stand in the same order."""
    begin, end, new_begin, new_end = stretch
    once = Counter(old[begin:end])
    new_once = Counter(new[new_begin:new_end])
    places = {
        item: place
        for place, item in enumerate(new[new_begin:new_end], start=new_begin)
        if new_once[item] == 1 and once.get(item) == 1
    }
    pairs = [
        (at, places[item]) for at, item in enumerate(old[begin:end], start=begin) if item in places
    ]
    return longest_rise(pairs)


def longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, in order, whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    on_top: list[int] = []
    below = [NOWHERE] * len(pairs)
    for at, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below[at] = on_top[pile - 1] if pile else NOWHERE
        if pile == len(tops):
            tops.append(place)
            on_top.append(at)
        else:
            tops[pile], on_top[pile] = place, at
    run: list[tuple[int, int]] = []
    at = on_top[-1] if on_top else NOWHERE
    while at != NOWHERE:
        run.append(pairs[at])
        at = below[at]
    return run[::-1]


def between(anchors: Sequence[tuple[int, int]], stretch: Stretch) -> Iterator[Stretch]:
    """The stretches before, between and after anchors that are not empty on both sides."""
    begin, end, new_begin, new_end = stretch
    for at, place in (*anchors, (end, new_end)):
        if begin < at and new_begin < place:
            yield begin, at, new_begin, place
        begin, new_begin = at + 1, place + 1
