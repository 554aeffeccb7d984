"""What stands for a real name: "[School A]", "[colleague 2]"; the same name always the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from transcripts.redaction import NAMES, Find, KnownName
from transcripts.redaction.finds import NAME, ORGANISATION, PERSON, PLACE
from transcripts.redaction.known_names import parts_of, short_forms

NOUNS = {PERSON: "person", PLACE: "place", ORGANISATION: "organisation", NAME: "name"}
"""What is said of a name when nothing tells more."""
_COUNTED = frozenset({PERSON, NAME})
"""People are numbered, as participants are; places and organisations have letters."""
_PARTICULAR = re.compile(r"\[(?:[^\[\]]*\s)?(?:[^\W\d_]{0,3}\d+|[A-Z]{1,2})\]")

Parts = tuple[str, ...]


def as_pseudonym(name: str) -> str:
    """A pseudonym as it stands in a text: "[P2]"."""
    return f"[{name.strip().strip('[]')}]"


def is_particular(bracket: str) -> bool:
    """Whether a bracket stands for one thing ("[School A]"), not for any ("[name removed]")."""
    return _PARTICULAR.fullmatch(bracket) is not None


def stand_ins(finds: Sequence[Find], given: Mapping[Parts, str], used: Iterable[str]) -> list[Find]:
    """The finds, each name with what is to stand instead.

    `given` says what stands for names already; `used` are brackets that mean something else. A
    first name or surname goes with the one person of the same text whose name it is part of.
    """
    brackets = dict(given)
    taken = {one.casefold() for one in used} | {one.casefold() for one in brackets.values()}
    unnamed = [one for one in finds if one.kind in NAMES and one.instead is None]
    for find in sorted(unnamed, key=lambda one: -len(parts_of(one.words))):
        parts = parts_of(find.words)
        if parts not in brackets:
            brackets[parts] = _whole(find, parts, unnamed, brackets) or _new(find, taken)
            taken.add(brackets[parts].casefold())
    return [
        replace(one, instead=brackets[parts_of(one.words)])
        if one.kind in NAMES and one.instead is None
        else one
        for one in finds
    ]


def _whole(
    find: Find, parts: Parts, others: Sequence[Find], brackets: Mapping[Parts, str]
) -> str | None:
    """What stands for the one longer name that this is a part of; None for none or several."""
    if find.kind not in {PERSON, NAME}:
        return None
    longer = {
        brackets[whole]
        for other in others
        if (whole := parts_of(other.words)) in brackets
        and len(whole) > len(parts)
        and other.kind in {PERSON, NAME}
        and parts in short_forms(KnownName(other.words, PERSON, ""))
    }
    return longer.pop() if len(longer) == 1 else None


def _new(find: Find, taken: set[str]) -> str:
    noun = find.noun or NOUNS[find.kind]
    number = 1
    while True:
        mark = str(number) if find.kind in _COUNTED else _letters(number)
        if f"[{noun} {mark}]".casefold() not in taken:
            return f"[{noun} {mark}]"
        number += 1


def _letters(number: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    while number:
        number, last = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[last] + letters
    return letters
