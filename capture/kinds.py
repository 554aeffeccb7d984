"""What kind of event a file records, as far as it tells, and why we think so."""

import re

from capture.appearances import facilitators_of
from transcripts.manifest import FileEntry
from transcripts.turns import Reading

GROUP_FROM = 3
"""From so many speakers on (facilitators apart), a transcript of unknown kind is a group."""
_COUNTED = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve"
_NUMBERS = _COUNTED.split()
_CALLED = {
    "focus group": re.compile(r"focus[\s_-]*group", re.IGNORECASE),
    "interview": re.compile(r"interview(?!er)", re.IGNORECASE),
    "reflective session": re.compile(r"reflective|reflection[\s_-]*session", re.IGNORECASE),
    "survey": re.compile(r"survey|questionnaire", re.IGNORECASE),
}


def kind_of(reading: Reading, entry: FileEntry | None = None) -> tuple[str, str]:
    """The kind of event, and the reason in a sentence: said, read, called so, or by the voices."""
    entry = entry or FileEntry()
    if entry.kind:
        return entry.kind, f"It was said to be {_a(entry.kind)}."
    if reading.kind:
        return reading.kind, f"It is a table of questions and answers, so it is {_a(reading.kind)}."
    called = [kind for kind, words in _CALLED.items() if words.search(reading.name)]
    if len(called) == 1 and called[0] != "survey":
        return called[0], f"The file is called so: it looks like {_a(called[0])}."
    return _by_voices(reading, entry)


def guess_kind(reading: Reading, entry: FileEntry | None = None) -> str:
    """The kind alone."""
    return kind_of(reading, entry)[0]


def _by_voices(reading: Reading, entry: FileEntry) -> tuple[str, str]:
    labels = {turn.speaker for turn in reading.turns if turn.speaker}
    asking = facilitators_of(reading, entry) & labels
    people = len({entry.person(label) for label in labels - asking})
    kind = "focus group" if people >= GROUP_FROM else "interview"
    besides = " besides the facilitator" if asking else ""
    if not people:
        return kind, f"Nobody{besides} is named in it, so it is taken for {_a(kind)}."
    count = _NUMBERS[people] if people < len(_NUMBERS) else f"{people:,}"
    who = f"{count} person{besides} speaks" if people == 1 else f"{count} people{besides} speak"
    return kind, f"{who}, so it looks like {_a(kind)}."


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
