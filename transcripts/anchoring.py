"""Where a passage of a text stands in the corrected text: by its words and what surrounds them.

A passage goes with its words when they are the same, in the same order and with none between:
case, punctuation and white space may have been mended. Repeated phrases are told apart by what
was said around them; where that can't tell, a place is proposed and a person decides.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from transcripts.aligning import NOWHERE
from transcripts.beside import Beside
from transcripts.edges import span_over
from transcripts.sliding import could_slide
from transcripts.spoken_words import Span, Spoken

SAME = ""
CHANGED = "Some of its words were changed."
PUT_BETWEEN = "Other words were put between its words."
MOVED = "Its words stand in another place now."
SEVERAL = "Its words stand more than once, and what is around them doesn't tell which are meant."
ELSEWHERE = "Its words stand there, but what was said around them is different."
REWRITTEN = "Other words stand in its place now."
GONE = "Its words are not in the corrected text."

AROUND = 12
"""Words looked at on either side to say whether the surroundings are the same."""
VOUCHING = 2
"""Pairs of neighbouring words around a passage that must be neighbours there still."""
TELLING = 2
"""So many said words right beside a passage that are unchanged tell it from other copies of it."""
SHORT = 4
"""Below so many words what is right beside a passage must be unchanged: "be" stands anywhere."""
LONG = 8
"""Words from which a passage that stands only once is known again without its surroundings."""
FAR = 20
"""A proposed place has at most three times as many words as the passage, and so many more."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """[start, end) of the corrected text; `same` when the words are, else `why` they are not."""

    start: int
    end: int
    same: bool = True
    why: str = SAME


class Anchoring:
    """Two texts laid beside each other, to ask of any span of the old one where it stands now."""

    def __init__(self, old: Spoken, new: Spoken) -> None:
        self._texts = Beside(old, new)

    def anchor(self, start: int, end: int) -> Anchor | None:
        """Where old.text[start:end] stands in the new text; None where nothing speaks for a place.

        A place that is not `same` is a proposal.
        """
        old = self._texts.old
        touched = old.within(start, end)
        if not touched:
            return _without_words(self._texts, start, end)
        said = [word for word in touched if old.said[word]]
        if not said:
            return _unsaid(self._texts, touched, (start, end))
        return _Passage(self._texts, said, (start, end)).anchor()

    def words_in_new(self, start: int, end: int) -> Span | None:
        """The first and last word said in a span of the new text: what it is, edges aside."""
        new = self._texts.new
        touched = new.within(start, end)
        said = [word for word in touched if new.said[word]] or list(touched)
        return (said[0], said[-1]) if said else None


class _Passage:
    """One passage: the words of it that are said, and where each of them stands."""

    def __init__(self, texts: Beside, said: list[int], span: Span) -> None:
        self.texts = texts
        self.first, self.last = said[0], said[-1]
        self.span = span
        self.phrase = [texts.old.keys[word] for word in said]
        self.places = [texts.place[word] for word in said]
        self.low = texts.place_of(texts.before[self.first])
        self.high = texts.place_of(texts.after[self.last])

    def anchor(self) -> Anchor | None:
        """The same words in the same place; else the same words elsewhere; else what is there."""
        place = self._stayed()
        if place is not None:
            return self._judged(place)
        copies = self.texts.said_now.copies(self.phrase)
        here = [one for one in copies if self.low < one[0] and one[1] < self.high]
        if len(here) == 1:
            return self._judged(here[0])
        if copies:
            nearest = min(copies, key=lambda one: abs(one[0] - self.low))
            return self._proposed(nearest, MOVED if len(copies) == 1 else SEVERAL)
        return self._changed()

    def _stayed(self) -> Span | None:
        """First and last place, where all words are paired and no other word is said between."""
        if NOWHERE in self.places:
            return None
        first, last, said = self.places[0], self.places[-1], self.texts.new.said
        if last - first == len(self.places) - 1:
            return (first, last) if all(said[first : last + 1]) else None
        between = [word for word in range(first, last + 1) if said[word]]
        return (first, last) if between == self.places else None

    def _judged(self, place: Span) -> Anchor:
        if could_slide(self.texts, (self.first, self.last), place) or not self._told_apart(place):
            return self._proposed(place, SEVERAL)
        if not self._vouched(place):
            return self._proposed(place, ELSEWHERE)
        return Anchor(*self._over(place))

    def _proposed(self, place: Span, why: str) -> Anchor:
        return Anchor(*self._over(place), same=False, why=why)

    def _over(self, place: Span) -> Span:
        before = (self.first, self.last)
        return span_over(self.texts.new, place, self.texts.old, before, self.span)

    def _told_apart(self, place: Span) -> bool:
        """Whether no other copy of the phrase could be meant by this place, or have become it."""
        beside = self._beside(place)
        short = len(self.phrase) < LONG
        # "Yeah, exactly." is known by what is before it and after it, a sentence by either.
        if max(beside) >= TELLING and min(beside) >= short:
            return True
        texts, (low, high) = self.texts, self._run(place)
        before = texts.said_before.copies(self.phrase)
        now = texts.said_now.copies(self.phrase)
        if len(before) == len(now) == 1:
            return True
        low, high = texts.before[low], texts.after[high]
        places = texts.place_of(low), texts.place_of(high)
        return not short and _within(before, low, high) <= 1 and _within(now, *places) <= 1

    def _run(self, place: Span) -> Span:
        """The ends of the run of words around the passage that are neighbours in both texts."""
        texts = self.texts
        low = texts.run_first[self.first] if texts.place[self.first] == place[0] else self.first
        high = texts.run_last[self.last] if texts.place[self.last] == place[1] else self.last
        return low, high

    def _beside(self, place: Span) -> Span:
        """How many said words right before and right after the passage are unchanged.

        Unchanged up to where both texts begin or end, they tell enough however few they are.
        """
        said = self.texts.said
        before, after = said.kept_before(self.first, place[0]), said.kept_after(self.last, place[1])
        return TELLING if before is None else before, TELLING if after is None else after

    def _vouched(self, place: Span) -> bool:
        """Whether what was said around the passage is said around it still."""
        if sum(self._beside(place)) >= TELLING:
            return True
        size = len(self.texts.place)
        low, high = max(0, self.first - AROUND), min(size - 1, self.last + AROUND)
        joints = [*range(low, self.first), *range(self.last, high)]
        kept = sum(self._neighbours_still(word, place) for word in joints)
        if len(self.phrase) >= SHORT and kept >= VOUCHING:
            return True
        return (len(self.phrase) >= LONG or self._is_all()) and self._once()

    def _neighbours_still(self, word: int, place: Span) -> bool:
        """Whether a word and the next, one of them said, are neighbours near the place."""
        known = {self.first: place[0], self.last: place[1]}
        here, there = (known.get(one, self.texts.place[one]) for one in (word, word + 1))
        said = self.texts.old.said[word] or self.texts.old.said[word + 1]
        near = place[0] - 2 * AROUND <= here <= place[1] + 2 * AROUND
        return said and near and NOWHERE < here == there - 1

    def _is_all(self) -> bool:
        """Whether nothing else was said, so that nothing around it can tell."""
        return len(self.phrase) == self.texts.said.count

    def _once(self) -> bool:
        before, now = self.texts.said_before, self.texts.said_now
        return len(before.copies(self.phrase)) == len(now.copies(self.phrase)) == 1

    def _changed(self) -> Anchor | None:
        """What stands where the passage stood: from its first known word to its last."""
        most = 3 * len(self.phrase) + FAR
        known = [(at, place) for at, place in enumerate(self.places) if place != NOWHERE]
        if known and known[-1][1] - known[0][1] < most:
            first, last = self._around(known)
            why = PUT_BETWEEN if len(known) == len(self.places) else CHANGED
        else:
            first, last, why = self._between()
        said = [word for word in range(first, last + 1) if self.texts.new.said[word]]
        if not said or len(said) > most:
            return None
        return self._proposed((said[0], said[-1]), why)

    def _around(self, known: list[tuple[int, int]]) -> Span:
        """From the first known word to the last, with what stands for those beside them.

        Where the words right before and after the passage are known, that is all up to them.
        """
        texts, first, last = self.texts, known[0][1], known[-1][1]
        if known[0][0]:
            begins = self.low + 1 if texts.before[self.first] == self.first - 1 else 0
            first = max(self.low + 1, begins or first - known[0][0])
        missing = len(self.places) - 1 - known[-1][0]
        if missing:
            ends = self.high - 1 if texts.after[self.last] == self.last + 1 else last + missing
            last = min(self.high - 1, ends)
        far = last - first >= 3 * len(self.phrase) + FAR
        return (known[0][1], known[-1][1]) if far else (first, last)

    def _between(self) -> tuple[int, int, str]:
        """Where none of its words are known: as far from the known words around it as it was."""
        first = self.low + self.first - self.texts.before[self.first]
        last = self.high - (self.texts.after[self.last] - self.last)
        if first > last:
            first, last = self.low + 1, self.high - 1
        return first, last, REWRITTEN


def _within(copies: Iterable[Span], low: int, high: int) -> int:
    return sum(low < first and last < high for first, last in copies)


def _unsaid(texts: Beside, words: range, span: Span) -> Anchor | None:
    """A heading, or a label alone, stays where all its words stayed."""
    first, last = words[0], words[-1]
    place = texts.place[first], texts.place[last]
    if NOWHERE in place or texts.run_last[first] < last:
        return None
    return Anchor(*span_over(texts.new, place, texts.old, (first, last), span))


def _without_words(texts: Beside, start: int, end: int) -> Anchor | None:
    """A span of punctuation alone goes with the two words it stands between."""
    old, new, sign = texts.old, texts.new, texts.old.text[start:end]
    after = bisect_left(old.starts, end)
    place, before = texts.place_of(after), texts.place_of(after - 1)
    if place == NOWHERE or place != before + 1 or not sign.strip():
        return None
    begins = new.ends[before] if before != NOWHERE else 0
    ends = new.starts[place] if place < len(new.starts) else len(new.text)
    if new.text.count(sign, begins, ends) != 1:
        return None
    at = new.text.index(sign, begins, ends)
    return Anchor(at, at + len(sign))
