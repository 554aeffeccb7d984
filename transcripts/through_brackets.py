"""Anchoring over replaced words: what stands in brackets counts as the words it stands for.

A passage in which a name gives way to "[School A]", or comes back, keeps its words by this; one
whose words were put off the record does not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from transcripts.anchoring import Anchor, Anchoring
from transcripts.replacing import OFF_THE_RECORD_MARK, Offsets, Stretch, TakenOut
from transcripts.spoken_words import Span, Spoken

PUT_OFF = "Its words were put off the record."
PARTLY_OFF = "Some of its words were put off the record."


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its turns, and the log of what brackets in it stand for."""

    spoken: Spoken
    log: Sequence[TakenOut] = ()


class Moves:
    """Where passages of one text stand in another, whatever was replaced in either."""

    def __init__(self, old: Text, new: Text) -> None:
        self._old, self._new = old.spoken, new.spoken
        before, now = _Original(old), _Original(new)
        self._to_before, self._to_now, self._from_now = before.to, now.to, now.back
        self._texts = Anchoring(before.spoken, now.spoken)

    def anchor(self, start: int, end: int) -> Anchor | None:
        """As `Anchoring.anchor`; a passage put off the record, wholly or in part, waits."""
        found = self._texts.anchor(self._to_before.start(start), self._to_before.end(end))
        if found is None:
            return None
        span = self._from_now.start(found.start), self._from_now.end(found.end)
        anchor = replace(found, start=span[0], end=span[1])
        now, before = self._new.text[slice(*span)], self._old.text[start:end]
        if now.count(OFF_THE_RECORD_MARK) <= before.count(OFF_THE_RECORD_MARK):
            return anchor
        whole = not any(map(str.isalnum, now.replace(OFF_THE_RECORD_MARK, "")))
        return replace(anchor, same=False, why=PUT_OFF if whole else PARTLY_OFF)

    def words_in_new(self, start: int, end: int) -> Span | None:
        """As `Anchoring.words_in_new`."""
        return self._texts.words_in_new(self._to_now.start(start), self._to_now.end(end))


class _Original:
    """A text with its originals put back, and the way there (`to`) and back."""

    def __init__(self, text: Text) -> None:
        log = sorted(text.log, key=lambda one: one.start)
        self.to = Offsets([Stretch(one.start, one.end, one.original, one.kind) for one in log])
        starts = [self.to.start(one.start) for one in log]
        self.back = Offsets(
            [
                Stretch(start, start + len(one.original), one.instead, one.kind)
                for start, one in zip(starts, log, strict=True)
            ]
        )
        pieces, at = [], 0
        for one in log:
            pieces += [text.spoken.text[at : one.start], one.original]
            at = one.end
        whole = "".join([*pieces, text.spoken.text[at:]])
        turns = [(self.to.start(start), self.to.end(end)) for start, end in text.spoken.turns]
        self.spoken = Spoken(whole, turns)


def originals_in(old: Text, new: Spoken) -> dict[Span, Anchor | None]:
    """Where the words that brackets of a text stand for are in another: the brackets' spans ->
    places. In a corrected file they stand again, as they were said or mended since.
    """
    original = _Original(old)
    texts = Anchoring(original.spoken, new)
    return {
        (one.start, one.end): texts.anchor(original.to.start(one.start), original.to.end(one.end))
        for one in old.log
    }


def carried(
    log: Iterable[TakenOut], new_text: str, place: Callable[[int, int], Anchor | None]
) -> dict[Span, Span]:
    """Where the brackets of an old text stand in a new one: their old spans -> their new ones.

    `place` says where a span seems to stand. A bracket it doesn't find is looked for by what is
    written in it, in order; one that is nowhere any more is left out.
    """
    found: dict[Span, Span] = {}
    missing: dict[str, list[Span]] = defaultdict(list)
    for one in log:
        anchor = place(one.start, one.end)
        span = (anchor.start, anchor.end) if anchor else (0, 0)
        if new_text[slice(*span)] == one.instead and span not in found.values():
            found[one.start, one.end] = span
        else:
            missing[one.instead].append((one.start, one.end))
    for instead, spans in missing.items():
        free = [place for place in _places(new_text, instead) if place not in found.values()]
        found |= dict(zip(spans, free, strict=False))
    return found


def _places(text: str, words: str) -> Iterable[Span]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))
