"""Names that a study's register knows: whole, in part, as initials, in other spellings.

A first name or surname that is also an everyday word ("Will", "Young") counts only with a capital.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from transcripts.redaction.context import listed
from transcripts.redaction.everyday_words import EVERYDAY
from transcripts.redaction.finds import PERSON, Find, KnownName
from transcripts.redaction.first_names import WORDS_THAT_ARE_NAMES
from transcripts.redaction.name_words import GENERIC, NOT_NAMES, RELATIONS, TITLES
from transcripts.redaction.words import without_marks

_PART = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_GAP = re.compile(r"(?:[ \t\u00a0]?['’,&-]?[ \t\u00a0]?\n?[ \t]?|\.? ?)")
_ASKING = re.compile(
    r"[ ](?:i|you|he|she|it|we|they|that|this|the|be|have|not|as)\b", re.IGNORECASE
)
_INITIALS_THAT_ARE_WORDS = frozenset(
    listed("""
    AM PM OK UK US EU UN MP TV IT ID NI PR HR IS AS AT BE BY DO GO HE IF IN ME MY NO OF ON OR SO
    TO UP WE AN AI DV GP PC PA LA QA TA CP SW YP HV SG FG DI DC
    """)
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way a known name is written: its parts, in small letters without accents."""

    parts: tuple[str, ...]
    known: tuple[KnownName, ...]
    """All whom it may mean: two people may share a first name."""
    distinctive: bool
    """Whether it is no everyday word, so that case doesn't matter."""
    capitals: bool = False
    """Initials, which stand in capitals."""


def known_names(text: str, known: Sequence[KnownName]) -> Iterator[Find]:
    """Every place where a known name stands. A form that several share is never sure."""
    if not known:
        return
    forms = forms_of(tuple(known))
    parts = list(_PART.finditer(text))
    plain = [without_marks(match[0]) for match in parts]
    for index, word in enumerate(plain):
        for form in forms.get(word, ()):
            after = index + len(form.parts)
            if tuple(plain[index:after]) == form.parts and _stands(text, parts[index:after], form):
                yield _find(text, parts[index].start(), parts[after - 1].end(), form)
                break


def _stands(text: str, parts: Sequence[re.Match[str]], form: Form) -> bool:
    for one, other in pairwise(parts):
        if _GAP.fullmatch(text, one.end(), other.start()) is None:
            return False
    if form.capitals:
        return all(part[0].isupper() for part in parts)
    if form.distinctive:
        return True
    return parts[0][0][0].isupper() and _ASKING.match(text, parts[-1].end()) is None


def _find(text: str, start: int, end: int, form: Form) -> Find:
    first = form.known[0]
    whose = dict.fromkeys(one.stands_as for one in form.known)
    sure = len(whose) == 1 and form.distinctive and not form.capitals
    instead = first.stands_as
    if len(whose) > 1:
        instead = "[" + " or ".join(one.strip("[]") for one in whose) + "]"
    return Find(start, end, first.kind, text[start:end], sure, instead)


@lru_cache(maxsize=4)
def forms_of(known: tuple[KnownName, ...]) -> Mapping[str, Sequence[Form]]:
    """Every form of the names by its first part, the longest first."""
    whose: dict[tuple[tuple[str, ...], bool], list[KnownName]] = defaultdict(list)
    for one in known:
        for key in dict.fromkeys(_forms(one)):
            whose[key].append(one)
    by_first: dict[str, list[Form]] = defaultdict(list)
    for (parts, capitals), names in whose.items():
        distinctive = len(parts) > 1 or is_distinctive(parts[0])
        by_first[parts[0]].append(Form(parts, tuple(names), distinctive, capitals))
    for forms in by_first.values():
        forms.sort(key=lambda form: (-len(form.parts), form.parts, form.capitals))
    return by_first


def is_distinctive(part: str) -> bool:
    """Whether a word is no everyday word that happens to be a name too."""
    others = (WORDS_THAT_ARE_NAMES, EVERYDAY, GENERIC, NOT_NAMES)
    return len(part) > 1 and not any(part in words for words in others)


def parts_of(name: str) -> tuple[str, ...]:
    """A name's parts in small letters without accents: ("o", "malley")."""
    return tuple(without_marks(match[0]) for match in _PART.finditer(name))


def turned(name: str) -> str:
    """ "Rowan, Asha" as "Asha Rowan"; other names, and "Jo Bell, MP", as they are."""
    last, comma, first = name.partition(",")
    given = parts_of(first)
    described = any(part in words for part in given for words in (GENERIC, TITLES, RELATIONS))
    written = any(len(word) > 1 and word.isupper() for word in first.split())
    if not comma or not given or "," in first or described or (written and not name.isupper()):
        return name
    return f"{first.strip()} {last.strip()}"


def short_forms(known: KnownName) -> set[tuple[str, ...]]:
    """Every form of one name that needn't be told apart from it."""
    return {parts for parts, _ in _forms(known)}


def _forms(known: KnownName) -> Iterator[tuple[tuple[str, ...], bool]]:
    for spelling in (known.name, *known.also):
        if parts := parts_of(spelling):
            yield parts, False
            if parts[0] == "the" and len(parts) > 1:
                yield parts[1:], False
    if known.kind == PERSON:
        name = turned(known.name)
        if name != known.name:
            yield parts_of(name), False
        yield from _of_a_person(name)
    elif len(parts := parts_of(known.name)) > 2 and parts[-1] in GENERIC:
        yield parts[:-1], False


def _of_a_person(name: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    words = [word for word in name.split() if word.casefold().strip(".") not in TITLES]
    if not words or (len(words) == 1 and len(words) == len(name.split())):
        return
    first, last = parts_of(words[0]), parts_of(words[-1])
    yield last, False
    yield (*last[:-1], last[-1] + "s"), False
    if len(words) > 1:
        yield first, False
        yield (*first, *last), False
        yield (*last, *first), False
        initials = tuple(part[:1] for part in parts_of(name.replace("'", "")))
        yield initials, True
        if "".join(initials).upper() not in _INITIALS_THAT_ARE_WORDS:
            yield ("".join(initials),), True
