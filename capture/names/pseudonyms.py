"""What stands for a real name: "[School A]", "[colleague 2]"; the same name always the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from string import ascii_uppercase

from transcripts.redaction import NAMES, Find, KnownName
from transcripts.redaction.finds import NAME, ORGANISATION, PERSON, PLACE
from transcripts.redaction.known_names import parts_of, short_forms
from transcripts.redaction.name_words import ORGANISATION_ENDS

NOUNS = {PERSON: "person", PLACE: "place", ORGANISATION: "organisation", NAME: "name"}
"""What is said of a name when nothing tells more."""
_COUNTED = frozenset({PERSON, NAME})
"""People are numbered, as participants are; places and organisations have letters."""
_PARTICULAR = re.compile(r"\[(?:[^\[\]]*\s)?(?:[^\W\d_]{0,3}\d+|[A-Z]{1,2})\]")
_BRACKETS = re.compile(r"[\[\]\s]+")

Parts = tuple[str, ...]


def as_pseudonym(name: str) -> str:
    """A pseudonym as it stands in a text: "[P2]"; empty for one without words."""
    words = words_of_bracket(name)
    return f"[{words}]" if words else ""


def words_of_bracket(bracket: str) -> str:
    """What stands in brackets, on one line: "School A"."""
    return _BRACKETS.sub(" ", bracket).strip()


def is_particular(bracket: str) -> bool:
    """Whether a bracket stands for one thing ("[School A]"), not for any ("[name removed]")."""
    return _PARTICULAR.fullmatch(bracket) is not None


def next_for(kind: str, name: str, used: Iterable[str]) -> str:
    """A bracket for a name of this kind that is not among those used: "[School B]"."""
    noun = ORGANISATION_ENDS.get((parts_of(name) or ("",))[-1]) if kind == ORGANISATION else None
    return _new(kind, noun, {one.casefold() for one in used})


def stand_ins(finds: Sequence[Find], given: Mapping[Parts, str], used: Iterable[str]) -> list[Find]:
    """The finds, each name with what is to stand instead.

    `given` says what stands for names already; `used` are brackets that mean something else. A
    first name or surname goes with the one person of the same text whose name it is part of.
    """
    unnamed = [one for one in finds if one.kind in NAMES and one.instead is None]
    brackets = _brackets(unnamed, given, used)
    return [
        replace(one, instead=brackets[parts_of(one.words)])
        if one.kind in NAMES and one.instead is None
        else one
        for one in finds
    ]


def _brackets(
    finds: Sequence[Find], given: Mapping[Parts, str], used: Iterable[str]
) -> dict[Parts, str]:
    """What stands for every name, the longest names first."""
    brackets = dict(given)
    taken = {one.casefold() for one in (*used, *brackets.values())}
    whole: defaultdict[Parts, set[str]] = defaultdict(set)
    for find in sorted(finds, key=lambda one: -len(parts_of(one.words))):
        parts = parts_of(find.words)
        of_a_person = find.kind in {PERSON, NAME}
        if parts not in brackets:
            same = (whole[parts] or _of_every_part(parts, given)) if of_a_person else set()
            brackets[parts] = (
                next(iter(same)) if len(same) == 1 else _new(find.kind, find.noun, taken)
            )
            taken.add(brackets[parts].casefold())
        if of_a_person and len(parts) > 1:
            for form in short_forms(KnownName(find.words, PERSON, "")):
                whole[form].add(brackets[parts])
    return brackets


def _of_every_part(parts: Parts, given: Mapping[Parts, str]) -> set[str]:
    """What stands for the parts of a name already, where something stands for every one."""
    known = [given.get((part,)) for part in parts]
    return {one for one in known if one} if all(known) else set()


def _new(kind: str, noun: str | None, taken: set[str]) -> str:
    noun = noun or NOUNS.get(kind, NOUNS[NAME])
    counted = kind in _COUNTED or kind not in NOUNS
    for number in count(1):
        bracket = f"[{noun} {number if counted else _letters(number)}]"
        if bracket.casefold() not in taken:
            break
    return bracket


def _letters(number: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    while number:
        number, last = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[last] + letters
    return letters
