"""Speaker labels: what at a line's start behaves like a speaker, and what only has a colon.

A colon in speech makes no speaker ("At 10:30 we met the team: it was fine"). A label has to look
like a name or a role, or to come back in the file.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from transcripts.readers.label_words import HEADINGS, OPENERS, PARTICLES, ROLES, SAYING
from transcripts.turns import is_facilitator_label

MOST_CHARACTERS = 80
MOST_WORDS = 12
MOST_WITH_BRACKETS = 200
"""Brackets after a name may be long: "Jo Bell (Minister of This and That)"."""
DEEPEST_BRACKETS = 4
"""Brackets within brackets, as in "The Chair (Jo Bell (Salford, Lib.))"."""

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ABBREVIATION = re.compile(
    r"(?:mr|mrs|ms|mx|dr|hon|rt|rev|prof|st|cllr|jr|sr|int|fac|mod|[^\W\d_])\.", re.IGNORECASE
)
_CLOSED_SENTENCE = re.compile(r"[?!;\"“”…=<>{}|]|\.\.")
_NAME_WORD = re.compile(r"(?:[a-z]{1,2}['’])?[^\W\d_a-z][\w'’.\-‐\u0300-\u036f]*")
_NUMBER = re.compile(r"#?\d{1,4}[A-Za-z]?")


@dataclass(frozen=True, slots=True)
class Head:
    """A line's start that ends in a colon: the would-be label, and where the speech begins."""

    label: str
    after: int
    spaced: bool


def head_of(line: str) -> Head | None:
    """The would-be label at the start of a line, judged by its shape alone."""
    colon = _first_colon(line)
    if colon is None:
        return None
    label = " ".join(line[:colon].split())
    core = without_brackets(label) or label
    words = core.split()
    if not core or len(core) > MOST_CHARACTERS or len(words) > MOST_WORDS:
        return None
    if _CLOSED_SENTENCE.search(core) or any(_ends_a_sentence(word) for word in words):
        return None
    after = line[colon + 1 : colon + 2]
    return Head(label, colon + 1, spaced=not after or after.isspace())


def speakers_among(heads: Iterable[Head]) -> frozenset[str]:
    """The labels that behave like speakers, given every head of one file."""
    times = Counter(head.label for head in heads if head.spaced)
    return frozenset(label for label, count in times.items() if behaves(label, count))


def is_label(head: Head, speakers: frozenset[str]) -> bool:
    """Whether this head opens a turn; "Jo:yes" does too, where Jo is known to speak."""
    return head.label in speakers or (not head.spaced and is_facilitator_label(head.label))


def looks_like_name(label: str) -> bool:
    """Capitalised words, numbers and particles: "P2", "Mr. J. de Souza (Salford)"."""
    core = without_brackets(label).replace(",", " ").split()
    if not core:
        return bool(label)
    shaped = all(
        _NAME_WORD.fullmatch(word) or _NUMBER.fullmatch(word) or word.lower() in PARTICLES
        for word in core
    )
    return shaped and any(_NAME_WORD.fullmatch(word) for word in core)


def without_brackets(label: str) -> str:
    """A label without what is added in brackets: "Jo Bell (Guest)", "The Chair (Jo (Lib.))"."""
    for _ in range(DEEPEST_BRACKETS):
        label, found = _BRACKETS.subn(" ", label)
        if not found:
            break
    return " ".join(label.split())


def behaves(label: str, count: int) -> bool:
    """Whether a label that comes `count` times in a file is a speaker's."""
    if is_facilitator_label(label):
        return True
    words = [word.strip(".,'’()[]-–").lower() for word in without_brackets(label).split()]
    words = [word for word in words if word]
    single_letter = len(words) == 1 and len(words[0]) == 1 and label[0].isupper()
    if single_letter or not words:
        return bool(label.strip("[]()"))
    if words[0] in OPENERS or words[-1] in SAYING:
        return False
    if words[-1] in HEADINGS or (words[0] in HEADINGS and len(words) == 1):
        return False
    if looks_like_name(label):
        return True
    has_role = any(word in ROLES for word in words)
    starts_high = not label[0].islower()
    return (has_role and starts_high and len(words) <= 5) or (count > 1 and len(words) <= 6)


def _first_colon(line: str) -> int | None:
    """The first colon outside brackets that isn't inside a time or an address."""
    depth = 0
    for at, character in enumerate(line[:MOST_WITH_BRACKETS]):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == ":" and depth == 0:
            before, after = line[at - 1 : at], line[at + 1 : at + 2]
            if not (before.isdigit() and after.isdigit()) and after != "/":
                return at
    return None


def _ends_a_sentence(word: str) -> bool:
    return word.endswith(".") and not _ABBREVIATION.fullmatch(word) and word.count(".") == 1
