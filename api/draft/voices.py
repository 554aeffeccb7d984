"""Who speaks in a file that waits: a person for each label, or for labels said to be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.draft.fields import BEFORE
from capture.draft.look import DraftLook
from capture.draft.speakers import SpeakerLook
from capture.transcript_view import (
    FACILITATOR_SHAPE,
    NO_ROLE_SHAPE,
    ROLE_SHAPES,
    role_shapes,
)
from transcripts.manifest_entries import FileEntry, same_name

OTHERS_OFFERED = 300
"""Labels of a file that a speaker may be said to be the same as."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the page shows them; `number` is the label's place in the file."""

    number: int
    look: SpeakerLook
    shape: str
    leads: bool
    """The first of the labels that are said to be one person."""
    also: tuple[str, ...] = ()
    """The other labels of that person."""
    words: int = 0
    """Words of all of that person's labels."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Labels that look like one speaker, why, and their numbers as a form sends them."""

    why: str
    labels: tuple[str, ...]
    numbers: str


def voices_of(look: DraftLook) -> list[Voice]:
    """Who speaks: a shape for each person, shared by the labels that are said to be one."""
    entry = look.said.entry()
    together: dict[str, list[SpeakerLook]] = {}
    for one in look.speakers:
        together.setdefault(entry.person(one.label), []).append(one)
    shapes = _shapes({person: labels[0] for person, labels in together.items()}, entry)
    return [
        _voice(number, one, together[entry.person(one.label)], shapes[entry.person(one.label)])
        for number, one in enumerate(look.speakers)
    ]


def others_of(
    look: DraftLook, asked: Sequence[Voice], before: Sequence[str]
) -> dict[int, list[tuple[str, str]]]:
    """For each speaker asked about, who else of the file they may be, or of those `before`: the
    labels of the transcript that is corrected."""
    if look.reading.kind == "survey":
        return {}
    names = [(str(n), one.shown) for n, one in enumerate(look.speakers[:OTHERS_OFFERED])]
    here = {same_name(one.label) for one in look.speakers}
    names += [(f"{BEFORE}{b}", f"{b}, before") for b in before if same_name(b) not in here]
    return {one.number: [name for name in names if name[0] != str(one.number)] for one in asked}


def merges_of(look: DraftLook) -> list[Merge]:
    """Labels that look like one speaker and were not said to be one."""
    numbers = {one.label: number for number, one in enumerate(look.speakers)}
    return [
        Merge(one.why, one.labels, ",".join(str(numbers[label]) for label in one.labels))
        for one in look.merges
    ]


def speakers_said(look: DraftLook) -> str:
    """Who speaks, in a few words."""
    people = len({look.said.entry().person(one.label) for one in look.speakers})
    if look.reading.kind == "survey":
        return f"{people:,} respondent{'' if people == 1 else 's'}"
    if look.merges:
        return f"{people} speakers, some look like one"
    one = "speaker" if people == 1 else "speakers"
    merged = len(look.speakers) - people
    return f"{people} {one}" + (f" under {len(look.speakers)} labels" if merged else "")


def _voice(number: int, one: SpeakerLook, labels: Sequence[SpeakerLook], shape: str) -> Voice:
    return Voice(
        number,
        one,
        shape,
        leads=labels[0] is one,
        also=tuple(other.shown for other in labels if other is not one),
        words=sum(other.words for other in labels),
    )


def _shapes(people: Mapping[str, SpeakerLook], entry: FileEntry) -> dict[str, str]:
    """A shape for each person: that of their role, as in the transcript, once roles are said;
    before that one of their own, to tell them apart."""
    said = {
        who: entry.entry_for(one.label or None)
        for who, one in people.items()
        if one.label and not one.asks
    }
    roles = {who: row.role if row else None for who, row in said.items()}
    of_role = role_shapes([role for role in roles.values() if role])
    own = {who: ROLE_SHAPES[at % len(ROLE_SHAPES)] for at, who in enumerate(said)}
    return {
        who: FACILITATOR_SHAPE
        if one.asks
        else (of_role.get(roles.get(who) or "") if of_role else own.get(who)) or NO_ROLE_SHAPE
        for who, one in people.items()
    }
