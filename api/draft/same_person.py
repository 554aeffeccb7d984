"""Parts of names in a draft: whose they are taken for, and where that may be somebody else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from api.draft.finds import Group
from transcripts.redaction.finds import NAME, PERSON
from transcripts.redaction.known_names import parts_of
from transcripts.redaction.name_words import TITLES
from transcripts.turns import Reading

_LAST_WORD = re.compile(r"(\w+)\.? $")
_LONGEST_TITLE = 16


def taken_for(reading: Reading, groups: Sequence[Group]) -> list[Group]:
    """The groups; a part of a name says whose, for the same is to stand instead of both."""
    whole: dict[str, Group] = {}
    for group in sorted(groups, key=lambda one: len(parts_of(one.words))):
        if group.kind in {PERSON, NAME}:
            whole |= dict.fromkeys(group.instead, group)
    return [_of(reading, group, whole) for group in groups]


def _of(reading: Reading, group: Group, whole: dict[str, Group]) -> Group:
    fuller = whole.get(group.instead[0])
    parts = parts_of(group.words)
    if fuller is None or group.kind not in {PERSON, NAME}:
        return group
    if len(parts) != 1 or len(parts_of(fuller.words)) == 1:
        return group
    others = set(_titles(reading, fuller))
    doubted = next((one for one in _titles(reading, group) if one not in others), None)
    # "Callum" is the first name of him; "Mrs Brandreth" may be of his family.
    first = parts_of(fuller.words)[:1] == parts
    titled = f"{doubted} {group.words}" if doubted and not first else None
    return replace(group, taken_for=fuller.words, doubted=titled)


def _titles(reading: Reading, group: Group) -> Iterable[str]:
    for find in group.finds:
        before = reading.text[max(0, find.start - _LONGEST_TITLE) : find.start]
        last = _LAST_WORD.search(before)
        if last and last[1].casefold() in TITLES:
            yield last[1]
