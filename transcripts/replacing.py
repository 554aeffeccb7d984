"""Words taken out of a reading, with something in square brackets standing in their place.

Names, identifiers and what was said off the record leave the text itself, so that no page, file
or model made from it can show them; what was taken out is handed back as a log, to be kept apart.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.redaction.known_names import is_distinctive
from transcripts.redaction.words import without_marks
from transcripts.turns import LeftOut, Reading, Turn, count_words

OFF_THE_RECORD = "off the record"
OFF_THE_RECORD_MARK = "[off the record]"


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:end]` is to go, and `instead` to stand there; `kind` says what it was."""

    start: int
    end: int
    instead: str
    kind: str


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was taken out: `original` stood where `instead` now is, `text[start:end]` of the new."""

    start: int
    end: int
    original: str
    instead: str
    kind: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A reading without the words that were to go, and the log of them in the order of the text."""

    reading: Reading
    log: tuple[TakenOut, ...]


class Offsets:
    """Where places of the old text stand in the new one."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = in_order(stretches)
        self._starts = [one.start for one in self._stretches]
        self._shifts = [0]
        for one in self._stretches:
            self._shifts.append(self._shifts[-1] + len(one.instead) - (one.end - one.start))

    def start(self, old: int) -> int:
        """The new place of a span's start; inside a stretch, the start of what stands instead."""
        before = bisect_right(self._starts, old)
        if before and old < self._stretches[before - 1].end:
            return self._stretches[before - 1].start + self._shifts[before - 1]
        return old + self._shifts[before]

    def end(self, old: int) -> int:
        """The new place of a span's end; inside a stretch, the end of what stands instead."""
        before = bisect_right(self._starts, old - 1) if old else 0
        if before and old <= self._stretches[before - 1].end:
            one = self._stretches[before - 1]
            return one.start + self._shifts[before - 1] + len(one.instead)
        return old + self._shifts[before]


def in_order(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches from first to last; those that overlap become one, said as the widest is.

    Dropping one of them would leave a part of its words standing.
    """
    joined: list[Stretch] = []
    widest: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: (one.start, one.end)):
        if one.start >= one.end:
            continue
        if not joined or one.start >= joined[-1].end:
            joined.append(one)
            widest.append(one)
            continue
        if one.end - one.start > widest[-1].end - widest[-1].start:
            widest[-1] = one
        start, end = joined[-1].start, max(joined[-1].end, one.end)
        joined[-1] = replace(widest[-1], start=start, end=end)
    return joined


def take_out(reading: Reading, stretches: Sequence[Stretch]) -> Replaced:
    """The reading with every stretch replaced: text, turns, labels and what was left out.

    A replaced name goes wherever it stands as a word: in speakers' labels, questions, attributes
    and, with whatever capitals, the words of what was left out. A stretch off the record goes only
    where it was marked.
    """
    going = in_order(stretches)
    offsets = Offsets(going)
    text, log = _rewritten(reading.text, going)
    names = {one.original: one.instead for one in log if one.kind != OFF_THE_RECORD}
    renamed = Renamed(names)
    turns = tuple(
        Turn(
            speaker=renamed(turn.speaker) if turn.speaker else turn.speaker,
            start=offsets.start(turn.start),
            end=offsets.end(turn.end),
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            question=renamed(turn.question) if turn.question else turn.question,
        )
        for turn in reading.turns
    )
    attributes = {
        renamed(who): {name: renamed(value) for name, value in values.items()}
        for who, values in reading.attributes.items()
    }
    told = tuple(_told(item, renamed) for item in reading.left_out)
    name = renamed.in_file_name(reading.name)
    changed = replace(
        reading, name=name, text=text, turns=turns, left_out=told, attributes=attributes
    )
    return Replaced(changed, log)


class Renamed:
    """Names replaced in short texts that are not the transcript's own: labels, titles, notes."""

    def __init__(self, names: Mapping[str, str]) -> None:
        spaced = {_spaced(name): instead for name, instead in names.items()}
        spaced |= {unicodedata.normalize("NFC", name): instead for name, instead in spaced.items()}
        longest_first = sorted(filter(None, spaced), key=lambda name: (-len(name), name))
        self._instead = [spaced[name] for name in longest_first]
        self._exactly = _any_of(longest_first, r"\s+", r"\w", 0)
        self._anyhow = _any_of(longest_first, r"\s+", r"\w", re.IGNORECASE)
        # In a file's name "_" and "-" part words, and capitals follow the writer's habit.
        self._in_files = _any_of(longest_first, r"[\s_.-]*", r"[^\W_]", re.IGNORECASE)

    def __call__(self, words: str) -> str:
        """The words with every name in them replaced."""
        return self._exactly.sub(self._of, words)

    def anyhow(self, words: str) -> str:
        """The words with every name replaced, whatever its capitals and composition of letters."""
        composed = unicodedata.normalize("NFC", words)
        changed = self._anyhow.sub(self._of, composed)
        return words if changed == composed else changed

    def as_heading(self, words: str) -> str:
        """The words with every name replaced that `places` finds in any case."""
        told = unicodedata.normalize("NFC", words)
        found = [*self.places(told, 0, len(told), any_case=True)]
        for start, end, instead in reversed(found):
            told = told[:start] + instead + told[end:]
        return told if found else words

    def places(
        self, text: str, start: int, end: int, *, any_case: bool = False
    ) -> Iterator[tuple[int, int, str]]:
        """Where names stand in `text[start:end]`: start, end and what is to stand instead.

        With `any_case`, other capitals too; an everyday word in small letters is no name then.
        """
        for match in (self._anyhow if any_case else self._exactly).finditer(text, start, end):
            if not _is_everyday(match[0]) or self._exactly.fullmatch(match[0]):
                yield match.start(), match.end(), self._of(match)

    def in_file_name(self, name: str) -> str:
        """A file's name with every name in it replaced, brackets left away: "SarahSmith" too."""
        composed = unicodedata.normalize("NFC", name)
        changed = self._in_files.sub(lambda match: self._of(match).strip("[]"), composed)
        return name if changed == composed else changed

    def _of(self, match: re.Match[str]) -> str:
        """What stands for the name that matched: told by its place, for no folding of letters is
        quite the one by which it was found."""
        return self._instead[(match.lastindex or 1) - 1]


def _any_of(names: Sequence[str], gap: str, letter: str, flags: int) -> re.Pattern[str]:
    """A pattern with one group for each name, whole words; one that finds nothing for none."""
    between = gap.rstrip("+*") + "+"
    parts = [[part for part in re.split(between, name) if part] or [name] for name in names]
    groups = "|".join(f"({gap.join(map(re.escape, words))})" for words in parts)
    return re.compile(rf"(?<!{letter})(?:{groups or '(?!)'})(?!{letter})", flags)


def _is_everyday(words: str) -> bool:
    """Whether this is one word in small letters that says something by itself ("will")."""
    one = len(words.split()) == 1 and words.islower()
    return one and not is_distinctive(without_marks(words))


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _rewritten(text: str, going: Sequence[Stretch]) -> tuple[str, tuple[TakenOut, ...]]:
    pieces: list[str] = []
    log: list[TakenOut] = []
    at = length = 0
    for one in going:
        pieces += [text[at : one.start], one.instead]
        length += one.start - at
        log.append(
            TakenOut(
                length,
                length + len(one.instead),
                text[one.start : one.end],
                one.instead,
                one.kind,
            )
        )
        length += len(one.instead)
        at = one.end
    return "".join([*pieces, text[at:]]), tuple(log)


def _told(item: LeftOut, renamed: Renamed) -> LeftOut:
    what = renamed.as_heading(item.what) if item.stored else renamed.anyhow(item.what)
    where = renamed.anyhow(item.where)
    if (what, where) == (item.what, item.where):
        return item
    return replace(item, what=what, where=where, words=count_words(what))


def beside_speech(reading: Reading, names: Mapping[str, Stretch]) -> Iterator[Stretch]:
    """Names where nobody speaks, whatever their capitals: labels, headings and questions are
    renamed throughout by `take_out`, so the text has to say the same there.

    `names` gives for each what is to stand instead, and of which kind it is. A label that is a
    name goes even in small letters.
    """
    loosely = {_spaced(name).casefold(): one for name, one in names.items()}
    labels = dict.fromkeys(turn.speaker or "" for turn in reading.turns)
    called = {one: loosely.get(_spaced(one).casefold()) for one in labels}
    names = {**names, **{label: one for label, one in called.items() if one is not None}}
    renamed = Renamed({name: one.instead for name, one in names.items()})
    kinds = {one.instead: one.kind for one in names.values()}
    at = 0
    for start, end in [*((t.start, t.end) for t in reading.turns), (len(reading.text),) * 2]:
        for begin, stop, instead in renamed.places(reading.text, at, start, any_case=True):
            yield Stretch(begin, stop, instead, kinds[instead])
        at = end
