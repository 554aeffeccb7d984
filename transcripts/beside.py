"""Two texts laid beside each other: their words, which word is which, and phrases looked up."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from transcripts.aligning import NOWHERE
from transcripts.pairing import pair_words
from transcripts.spoken_words import Span, Spoken, Words, words_of


class Beside:
    """The words of an old and a new text; `place[i]` is where the old word i stands in the new.

    `before[i]` is the nearest paired old word before i (NOWHERE: none), `after[i]` the nearest
    after it (the number of old words: none). `run_first[i]` and `run_last[i]` are the ends of the
    run of words around i that are neighbours in both texts.
    """

    def __init__(self, old: Spoken, new: Spoken) -> None:
        self.old = words_of(old)
        self.new = words_of(new)
        self.place = pair_words(self.old, self.new, (old, new))
        self.before = _nearest(self.place, range(len(self.place)), NOWHERE)
        self.after = _nearest(self.place, range(len(self.place) - 1, -1, -1), len(self.place))
        self.run_first = _run_ends(self.place, 1)
        self.run_last = _run_ends(self.place, -1)

    def place_of(self, word: int) -> int:
        """Where an old word stands; the two ends of the old text stand at those of the new."""
        if word < 0:
            return NOWHERE
        return self.place[word] if word < len(self.place) else len(self.new.keys)

    @cached_property
    def said(self) -> "SaidBeside":
        """The said words alone: which is which of those, labels and headings aside."""
        return SaidBeside(self)

    @cached_property
    def said_before(self) -> "Phrases":
        """What is said in the old text, to look phrases up in."""
        return Phrases(self.old)

    @cached_property
    def said_now(self) -> "Phrases":
        """What is said in the new text, to look phrases up in."""
        return Phrases(self.new)


class SaidBeside:
    """The said words of two texts, without the labels, times and headings between the turns.

    Other speakers, or none where there was one, leave the words beside each other. `count` is how
    many words the old text has.
    """

    def __init__(self, texts: Beside) -> None:
        old = [word for word, said in enumerate(texts.old.said) if said]
        new = [word for word, said in enumerate(texts.new.said) if said]
        self._rank = _ranks(old, len(texts.old.said))
        self._new_rank = _ranks(new, len(texts.new.said))
        paired = (texts.place[word] for word in old)
        self._at = [self._new_rank[place] if place >= 0 else NOWHERE for place in paired]
        self.count = len(old)
        self._last = len(new) - 1
        self._back = _run_lengths(self._at, range(len(old)), 1)
        self._on = _run_lengths(self._at, range(len(old) - 1, -1, -1), -1)

    def kept_before(self, word: int, place: int) -> int | None:
        """How many said words right before an old word are right before a new one too; None where
        that is all there are.
        """
        rank, there = self._rank[word], self._new_rank[place]
        joined = rank > 0 and there > 0 and self._at[rank - 1] == there - 1
        kept = self._back[rank - 1] if joined else 0
        return None if kept == rank == there else kept

    def kept_after(self, word: int, place: int) -> int | None:
        """The same for the words right after."""
        rank, there = self._rank[word], self._new_rank[place]
        left, left_there = len(self._at) - 1 - rank, self._last - there
        joined = left > 0 and left_there > 0 and self._at[rank + 1] == there + 1
        kept = self._on[rank + 1] if joined else 0
        return None if kept == left == left_there else kept


class Phrases:
    """Where phrases are said in a text."""

    def __init__(self, words: Words) -> None:
        self._words = [word for word, said in enumerate(words.said) if said]
        self._keys = [words.keys[word] for word in self._words]
        self._at: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._keys):
            self._at[key].append(at)
        self._found: dict[tuple[str, ...], list[Span]] = {}

    def copies(self, phrase: Sequence[str]) -> list[Span]:
        """First and last word of every place where a phrase is said, in order."""
        key = tuple(phrase)
        if key not in self._found:
            self._found[key] = list(self._look_up(list(phrase)))
        return self._found[key]

    def _look_up(self, phrase: list[str]) -> list[Span]:
        """Places are tried where the rarest of the words stands."""
        rarest = min(range(len(phrase)), key=lambda one: len(self._at.get(phrase[one], ())))
        begins = (at - rarest for at in self._at.get(phrase[rarest], ()))
        size = len(phrase)
        return [
            (self._words[begin], self._words[begin + size - 1])
            for begin in begins
            if begin >= 0 and self._keys[begin : begin + size] == phrase
        ]


def _nearest(place: Sequence[int], order: range, none: int) -> list[int]:
    found, last = [none] * len(place), none
    for word in order:
        found[word] = last
        if place[word] != NOWHERE:
            last = word
    return found


def _run_ends(place: Sequence[int], step: int) -> list[int]:
    """For each word where its run ends against the direction of `step` (1: first, -1: last)."""
    ends = list(range(len(place)))
    order = ends[1:] if step == 1 else ends[-2::-1]
    for word in order:
        beside = place[word - step]
        if NOWHERE < beside == place[word] - step:
            ends[word] = ends[word - step]
    return ends


def _ranks(words: Sequence[int], size: int) -> list[int]:
    ranks = [NOWHERE] * size
    for rank, word in enumerate(words):
        ranks[word] = rank
    return ranks


def _run_lengths(at: Sequence[int], order: range, step: int) -> list[int]:
    """For each how many in a row up to it, in this order, stand in a row on the other side too."""
    lengths = [0] * len(at)
    for rank in order:
        if at[rank] == NOWHERE:
            continue
        before = rank - step
        joined = 0 <= before < len(at) and at[before] == at[rank] - step
        lengths[rank] = 1 + (lengths[before] if joined else 0)
    return lengths
