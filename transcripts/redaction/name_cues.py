"""What the words in and around a name say about what it names."""

import re
from collections.abc import Sequence

from transcripts.redaction.finds import NAME, ORGANISATION, PERSON, PLACE
from transcripts.redaction.first_names import FIRST_NAMES, WORDS_THAT_ARE_NAMES
from transcripts.redaction.name_words import (
    ORGANISATION_BEGINNINGS,
    ORGANISATION_ENDS,
    PLACE_ENDINGS,
    PLACE_ENDS,
    RELATIONS,
    TITLES,
    TOWN_BEGINNINGS,
)
from transcripts.redaction.words import Word, without_marks

Guess = tuple[str, str | None]
"""A kind, and the nearest word for what is named."""

_CALLED = re.compile(
    r"(?P<what>\w+)(?: (?:is|was|were|who|that|which|he|she)|['’]s)? (?:called|named)[ :]{1,2}$",
    re.IGNORECASE,
)
_MYSELF = re.compile(
    r"\b(?:i['’]m|i am|name(?:['’]s| is| was)|this is|it['’]s)[ ,]{1,2}$", re.IGNORECASE
)
_IN = re.compile(
    r"\b(?:in|into|near|around|across|outside|over in|out at|out in|moved to|moved from|back to|"
    r"(?:lads|girls|people|families|lot|those|someone|moved|over) from)[ ]$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? to $")
_AS_A_NAME = re.compile(
    r"['’]s?\b|,? (?:said|says|was|is|were|came|comes|went|goes|told|tells|had|has|rang|asked|got|"
    r"gets|did|does|just|never|always|chaired|runs|ran|works|worked|lives|lived|used|who|which|would|"
    r"thought|thinks|took|helped|left|made|knew|knows|wanted|stayed|started|"
    r"and (?:me|i|her|his|[A-Z])|from [A-Z])\b"
)
_REACH = 40


def is_followed_as_a_name(text: str, word: Word) -> bool:
    """Whether the words after it are such as follow a name: "'s", "said", "was"."""
    return word.possessive or _AS_A_NAME.match(text, word.end) is not None


def kind_of(text: str, words: Sequence[Word], first: int, last: int) -> Guess:
    """A guess at what words[first:last + 1] name; `NAME` where nothing tells."""
    run = words[first : last + 1]
    before = text[max(0, run[0].start - _REACH) : run[0].start]
    return (
        _by_its_words(run)
        or _by_who(words, first, last, before)
        or _by_called(before)
        or _by_where(run, before)
        or (NAME, None)
    )


def _by_its_words(run: Sequence[Word]) -> Guess | None:
    if len(run) == 1:
        return None
    for word in reversed(run[1:]):
        if noun := ORGANISATION_ENDS.get(word.plain):
            return ORGANISATION, noun
    if run[0].plain in ORGANISATION_BEGINNINGS:
        return ORGANISATION, ORGANISATION_ENDS.get(run[0].plain)
    if run[-1].plain in PLACE_ENDS:
        return PLACE, "place"
    return (PLACE, "town") if run[0].plain in TOWN_BEGINNINGS else None


def _by_who(words: Sequence[Word], first: int, last: int, before: str) -> Guess | None:
    """By a title, by whose relation it is, or because it is a first name."""
    near = words[first - 1].plain if first else ""
    if near in TITLES and before.rstrip(" .").casefold().endswith(near):
        return PERSON, _noun(TITLES[near])
    if near in RELATIONS and before.rstrip(" ,").casefold().endswith(near):
        return PERSON, RELATIONS[near]
    if _MYSELF.search(before):
        return PERSON, None
    called = _CALLED.search(before)
    noun = RELATIONS.get(called["what"].casefold()) if called else None
    first_name = without_marks(words[first].plain) in FIRST_NAMES or (
        last > first and words[first].plain in WORDS_THAT_ARE_NAMES
    )
    return (PERSON, noun) if first_name or noun else None


def _noun(noun: str) -> str | None:
    return None if noun == PERSON else noun


def _by_called(before: str) -> Guess | None:
    """By what is said to be called so: "a school called Oakmere"."""
    called = _CALLED.search(before)
    if called is None:
        return None
    what = called["what"].casefold()
    if noun := ORGANISATION_ENDS.get(what):
        return ORGANISATION, noun
    if what in {"town", "village", "place", "estate", "street", "area", "city"}:
        return PLACE, "town" if what in {"town", "city", "village"} else "place"
    return None


def _by_where(run: Sequence[Word], before: str) -> Guess | None:
    like_a_town = run[-1].plain.endswith(tuple(PLACE_ENDINGS)) and len(run[-1].words) > 4
    if like_a_town or _FROM_TO.search(before):
        return PLACE, "town"
    return (PLACE, "place") if _IN.search(before) else None
