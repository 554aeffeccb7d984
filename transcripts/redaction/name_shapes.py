"""Capitalised words that look like names of people, places and organisations. Never sure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcripts.redaction.context import listed
from transcripts.redaction.everyday_words import EVERYDAY, ORDINARY_ENDINGS
from transcripts.redaction.finds import NAME, Find
from transcripts.redaction.first_names import FIRST_NAMES, WORDS_THAT_ARE_NAMES
from transcripts.redaction.name_cues import Guess, is_followed_as_a_name, kind_of
from transcripts.redaction.name_words import GENERIC, NOT_NAMES, ORGANISATION_ENDS, TITLES
from transcripts.redaction.words import Word, without_marks, words_of

JOINING = frozenset(listed("of on upon under in and the le la de van der al bin y ap"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole text says of a word: written small, written with a capital in mid-sentence."""

    small: frozenset[str]
    capital: frozenset[str]


def name_shapes(text: str) -> Iterator[Find]:
    """Everything that looks like a name, with a guess at what it names."""
    words = words_of(text)
    runs = list(_together(text, words, list(_runs(text, words, _evidence(words)))))
    guesses: dict[str, Counter[Guess]] = defaultdict(Counter)
    for first, last in runs:
        guesses[_plain(words, first, last)][kind_of(text, words, first, last)] += 1
    for first, last in runs:
        kind, noun = _likeliest(guesses[_plain(words, first, last)])
        start, end = words[first].start, words[last].end
        yield Find(start, end, kind, text[start:end], sure=False, noun=noun)


def _plain(words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(word.plain for word in words[first : last + 1])


def _likeliest(guesses: Counter[Guess]) -> Guess:
    """What most occurrences say that say anything: one name has one kind throughout a text."""
    told = {guess: count for guess, count in guesses.items() if guess[0] != NAME}
    if not told:
        return NAME, None
    kind = max(told, key=lambda guess: (told[guess], guess[1] is not None, guess))[0]
    return max((g for g in told if g[0] == kind), key=lambda g: (g[1] is not None, told[g], g))


def _evidence(words: Sequence[Word]) -> Evidence:
    small = {word.plain for word in words if word.words.islower()}
    middle = Counter(word.plain for word in words if word.capital and not word.begins)
    return Evidence(frozenset(small), frozenset(middle))


Span = tuple[int, int]


def _runs(text: str, words: Sequence[Word], evidence: Evidence) -> Iterator[Span]:
    """First and last word of every run of capitalised words that name something."""
    first: int | None = None
    for index in range(len(words)):
        part = _may_be_part(words, index, evidence)
        if first is not None and (not part or not _follows(text, words, index)):
            yield from _trimmed(text, words, first, index - 1, evidence)
            first = None
        if part and first is None:
            first = index
    if first is not None:
        yield from _trimmed(text, words, first, len(words) - 1, evidence)


def _follows(text: str, words: Sequence[Word], index: int) -> bool:
    """Whether a word goes on with the run before it: one space between, no possessive."""
    before, word = words[index - 1], words[index]
    gap = text[before.end : word.start]
    if before.possessive:
        return gap[2:] == " " and word.plain in ORGANISATION_ENDS
    return gap in {" ", "-"} or (gap in {". ", "."} and len(before.words) < 3)


def _may_be_part(words: Sequence[Word], index: int, evidence: Evidence) -> bool:
    word = words[index]
    if word.plain in TITLES or _is_known_to_all(word.plain):
        return False
    if not word.capital:
        return word.words.isupper() and _is_first_name(word) and len(word.words) > 2
    if _is_first_name(word) and not (word.begins and word.plain in EVERYDAY):
        return True
    if word.plain in GENERIC and not word.begins:
        return True
    if word.plain in EVERYDAY:
        return False
    if len(word.words) == 1:
        return index + 1 < len(words) and words[index + 1].capital and not words[index + 1].begins
    return word.plain not in evidence.small or _after_a_title(words, index) or not word.begins


def _is_known_to_all(plain: str) -> bool:
    """ "Polish", "Canadians", "Welsh-speaking"."""
    return any(one in NOT_NAMES for one in (plain, plain.removesuffix("s"), plain.split("-")[0]))


def _trimmed(
    text: str, words: Sequence[Word], first: int, last: int, evidence: Evidence
) -> Iterator[Span]:
    """The run, unless nothing in it names: generic words, or a sentence's first word alone."""
    while first < last and words[first].begins and _begins_by_chance(words[first], evidence):
        first += 1
    run = words[first : last + 1]
    if all(word.plain in GENERIC for word in run):
        return
    if len(run) == 1 and not _alone(text, words, first, evidence):
        return
    yield first, last


def _begins_by_chance(word: Word, evidence: Evidence) -> bool:
    return not _is_first_name(word) and (word.plain in evidence.small or _is_ordinary(word))


def _alone(text: str, words: Sequence[Word], index: int, evidence: Evidence) -> bool:
    """Whether one capitalised word by itself is a name."""
    word = words[index]
    if _after_a_title(words, index):
        return True
    if _is_first_name(word):
        return not word.begins or _believed(text, word)
    if not word.begins:
        return word.plain not in evidence.small and len(word.words) > 1
    if word.plain in evidence.small or _is_ordinary(word):
        return False
    return word.plain in evidence.capital or is_followed_as_a_name(text, word)


def _believed(text: str, word: Word) -> bool:
    """Whether a first name at a sentence's beginning is one: "Siobhan", but not "Will you"."""
    everyday = word.plain in WORDS_THAT_ARE_NAMES
    return not everyday or is_followed_as_a_name(text, word)


def _is_first_name(word: Word) -> bool:
    return without_marks(word.plain) in FIRST_NAMES or word.plain in WORDS_THAT_ARE_NAMES


def _is_ordinary(word: Word) -> bool:
    return word.plain.endswith(tuple(ORDINARY_ENDINGS)) or len(word.words) < 3


def _after_a_title(words: Sequence[Word], index: int) -> bool:
    return index > 0 and words[index - 1].plain in TITLES and words[index].capital


def _together(text: str, words: Sequence[Word], runs: Sequence[Span]) -> Iterator[Span]:
    """Runs that a small word joins into one name: "Quernley and Brayfold Housing Trust"."""
    at = 0
    while at < len(runs):
        first, last = runs[at]
        while at + 1 < len(runs) and _one_name(text, words, (first, last), runs[at + 1]):
            at += 1
            last = runs[at][1]
        yield first, last
        at += 1


def _one_name(text: str, words: Sequence[Word], one: Span, other: Span) -> bool:
    between = words[one[1] + 1 : other[0]]
    if not 1 <= len(between) <= 2 or any(word.plain not in JOINING for word in between):
        return False
    gap = text[words[one[1]].end : words[other[0]].start]
    if gap != " " + " ".join(word.words for word in between) + " ":
        return False
    joint = between[0].plain
    if joint in {"and", "the"}:
        ends = words[other[1]].plain in ORGANISATION_ENDS
        return ends and not _is_first_name(words[one[1]])
    if joint in {"on", "upon", "under"}:
        return one[0] == one[1] and other[0] == other[1] and joint != "on"
    return joint not in {"in", "of"}
