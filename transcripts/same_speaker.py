"""Labels of one file that are likely one speaker: `P2`, `Practitioner 2`, `PRACTITIONER TWO`.

Proposals with their reason, for a person to decide; nothing is ever merged by what is found here.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transcripts.readers.label_words import ROLES
from transcripts.readers.labels import without_brackets
from transcripts.turns import is_facilitator_label

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "cllr", "hon", "rt"}
)
_COUNTED = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED.split(), start=1)}
_ONE_SLIP, _TWO_SLIPS = 6, 10
"""Letters of a word from which on one letter, or two, may be a slip rather than another word."""
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class LikelySame:
    """Labels that are likely one speaker, in the file's order, and the reason in a sentence."""

    labels: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """A label without capitals, titles and brackets: its words, and the number that tells it from
    others of the same role."""

    words: tuple[str, ...]
    number: str | None
    asks: bool
    aside: frozenset[str] = frozenset()
    """Words in brackets alone, which may be whose the role is: "The Chair (Jo Bell)"."""

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)

    @property
    def letters(self) -> int:
        return sum(map(len, self.words))


def likely_same(labels: Sequence[str]) -> tuple[LikelySame, ...]:
    """Groups of labels that are likely one speaker each; "P 1" and "P 2" never are."""
    shapes = {label: _shape(label) for label in dict.fromkeys(labels) if label.strip()}
    found = {label: _likeliest(label, shape, shapes) for label, shape in shapes.items()}
    pairs = [(label, other[0]) for label, other in found.items() if other]
    names = joined(pairs)
    groups: dict[str, list[str]] = {}
    for label in shapes:
        if label in names:
            groups.setdefault(names[label], []).append(label)
    return tuple(LikelySame(tuple(group), _why(group, found)) for group in groups.values())


def _why(group: Sequence[str], found: Mapping[str, tuple[str, str] | None]) -> str:
    reasons = dict.fromkeys(other[1] for label in group if (other := found[label]))
    return " ".join(reasons)


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> the one name for all it is joined to, directly or by others in between."""
    leads: dict[str, str] = {}

    def lead(name: str) -> str:
        while leads.setdefault(name, name) != name:
            leads[name] = name = leads[leads[name]]
        return name

    for one, other in pairs:
        leads[lead(other)] = lead(one)
    return {name: lead(name) for name in list(leads)}


def _shape(label: str) -> _Shape:
    plain = unicodedata.normalize("NFKC", label).casefold()
    bare = without_brackets(plain)
    aside = frozenset(_WORD.findall(plain)) - frozenset(_WORD.findall(bare))
    if not _WORD.search(bare):
        bare = plain
    last, comma, first = bare.partition(",")
    turned = f"{first} {last}" if comma and first.strip() else bare
    words = [_NUMBERS.get(word, word) for word in _WORD.findall(turned)]
    numbers = [word for word in words if word.isdigit()]
    letters = [word for word in words if not word.isdigit() and word not in _TITLES]
    number = "-".join(str(int(one)) for one in numbers) or None
    if number is None and len(letters) > 1 and len(letters[-1]) == 1:
        number = letters.pop()  # "Practitioner B"
    return _Shape(tuple(letters), number, is_facilitator_label(label), aside - _TITLES)


def _likeliest(label: str, shape: _Shape, shapes: Mapping[str, _Shape]) -> tuple[str, str] | None:
    """The one other label that this may be another way of writing, and why."""
    others = {
        other: of
        for other, of in shapes.items()
        if other != label and of.number == shape.number and _may_be(shape, of)
    }
    fuller = [other for other, of in others.items() if _is_short_for(shape, of)]
    longest = max(fuller, key=lambda other: shapes[other].letters, default=None)
    if longest is not None:
        # What is short for two different things is left to the person.
        alike = all(_one_of(shapes[other], shapes[longest]) for other in fuller)
        return (longest, f"“{label}” looks short for “{longest}”.") if alike else None
    slips = {of.words: other for other, of in others.items() if _is_slip(shape, of)}
    same = [other for other, of in others.items() if of.words == shape.words]
    if _are_different_people([shape, *(shapes[other] for other in same)]):
        return None
    if same:
        # Said once, by whichever of the two comes later.
        how = "differ only in how they are written"
        return same[0], _said_once(label, same[0], shapes, how)
    if len(slips) == 1:
        (other,) = slips.values()
        return other, _said_once(label, other, shapes, "are nearly the same word")
    return None


def _may_be(shape: _Shape, other: _Shape) -> bool:
    """Whoever asks is nobody else; a single letter may stand for them all the same."""
    return shape.asks == other.asks or (shape.letters == 1 and other.asks)


def _are_different_people(same: Sequence[_Shape]) -> bool:
    """Whether labels are one role with different people in brackets, as who is in the chair."""
    role = same[0].asks or bool(ROLES.intersection(same[0].words))
    named = [shape.aside for shape in same if shape.aside]
    return role and any(not aside & named[0] for aside in named)


def _said_once(label: str, other: str, shapes: Mapping[str, _Shape], how: str) -> str:
    first, second = sorted((label, other), key=list(shapes).index)
    return f"“{first}” and “{second}” {how}."


def _one_of(shape: _Shape, longest: _Shape) -> bool:
    return shape.words == longest.words or _is_short_for(shape, longest)


def _is_short_for(short: _Shape, full: _Shape) -> bool:
    if not short.words or short.letters >= full.letters:
        return False
    if len(short.words) == 1 and short.words[0] == full.initials:
        return True  # "P" for practitioner, "TM" for team manager
    if len(short.words) == len(full.words):
        return all(
            long.startswith(part) and (len(part) >= _SHORTEST_BEGINNING or part == long)
            for part, long in zip(short.words, full.words, strict=True)
        )
    is_name = short.number is None and not ROLES & {*short.words, *full.words}
    return is_name and full.words[: len(short.words)] == short.words


def _is_slip(one: _Shape, other: _Shape) -> bool:
    """Whether the labels differ in one long word, and there in a letter or two."""
    if len(one.words) != len(other.words):
        return False
    differing = [pair for pair in zip(one.words, other.words, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    first, second = differing[0]
    letters = min(len(first), len(second))
    allowed = (letters >= _ONE_SLIP) + (letters >= _TWO_SLIPS)
    return first[0] == second[0] and 0 < _slips(first, second) <= allowed


def _slips(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour (Damerau-Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and one[i - 2 : i] == wanted + other[j - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
