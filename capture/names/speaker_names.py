"""Speakers' labels that are names: "Asha Rahman", but not "Practitioner 2" or "Facilitator"."""

from collections.abc import Iterator

from transcripts.readers.labels import without_brackets
from transcripts.redaction import Find, KnownName
from transcripts.redaction.everyday_words import EVERYDAY
from transcripts.redaction.finds import PERSON
from transcripts.redaction.known_names import known_names, parts_of, turned
from transcripts.redaction.name_words import GENERIC, NOT_NAMES, RELATIONS, TITLES
from transcripts.turns import Reading, is_facilitator_label

MOST_PARTS = 4
"""A label of more words describes someone rather than naming them."""
_ROLES = (GENERIC, NOT_NAMES, EVERYDAY, RELATIONS, TITLES)


def speaker_names(reading: Reading) -> Iterator[Find]:
    """Where the names of those who speak stand in the text, whole or in part."""
    labels = dict.fromkeys(without_brackets(turn.speaker or "") for turn in reading.turns)
    named = [
        KnownName(turned(label), PERSON, label, also=(label,)) for label in labels if is_name(label)
    ]
    for find in known_names(reading.text, named):
        yield Find(find.start, find.end, PERSON, find.words, sure=False)


def is_name(label: str) -> bool:
    """Whether a label looks like someone's name rather than a role, a pseudonym or a number.

    What Teams and Zoom add in brackets ("(Guest)") is no part of it: `without_brackets` first.
    """
    parts = parts_of(label)
    if not 1 <= len(parts) <= MOST_PARTS or any(one.isdigit() for one in label):
        return False
    if is_facilitator_label(label) or not label[:1].isupper() or len(label) < 3:
        return False
    return any(len(part) > 1 and not any(part in words for words in _ROLES) for part in parts)
