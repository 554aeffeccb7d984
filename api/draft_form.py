"""A draft's form: what was said as flat fields, and what was typed read back into it.

A page says what its fields held when it was made. What was typed is then told from what a
colleague said meanwhile, field by field: only a field both of them changed is a conflict.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from capture.draft_look import DraftLook
from capture.draft_said import DraftSaid
from capture.draft_speakers import SpeakerLook
from capture.errors import Unfit
from capture.models import AUDIENCES, DEFAULT_AUDIENCE, DEFAULT_SCOPE, SCOPES
from capture.people_said import KINDS, LONGEST_FIELD, RECORDS, day, line, one_of, wave_number
from transcripts.manifest_entries import SpeakerEntry

OF_SPEAKER = ("same_as", "participant", "role", "place", "scope", "audience", "asks")
NOT_WRITTEN = ("same_as-", "asks-", "corrects", "leave_rest")
"""Fields that are ticked or chosen, whose values no one would read."""
ATTRIBUTE = "attribute-"
BEFORE = "="
"""Marks a label that stands in no file here, but in the transcript that is corrected."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form sent: its fields, and what they held when the page was made."""

    fields: Mapping[str, str]
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, str]:
        """The fields that someone changed on the page."""
        return {
            name: self.fields.get(name, "")
            for name, before in self.seen.items()
            if " ".join(self.fields.get(name, "").split()) != before
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a form: what is said now, and a sentence for each field that won't do."""

    said: DraftSaid
    amiss: Mapping[str, str]
    conflict: bool = False


def read_typed(fields: Mapping[str, str]) -> Typed:
    """A form as it was sent. Raises Unfit when it doesn't say what the page held."""
    try:
        seen = json.loads(fields.get("seen") or "{}")
    except ValueError:
        seen = None
    if not isinstance(seen, dict) or not all(isinstance(one, str) for one in seen.values()):
        raise Unfit("The page doesn't say what it showed.", way_out="Load it again.")
    return Typed(fields, seen)


def session_fields(said: DraftSaid, attributes: Iterable[str] = ()) -> dict[str, str]:
    """What was said of the whole session, as fields."""
    shared = said.everyone
    return {
        "name": said.name or "",
        "kind": said.kind or "",
        "record": said.record or "verbatim",
        "held_on": said.held_on.isoformat() if said.held_on else "",
        "wave": "" if said.wave is None else str(said.wave),
        "place": said.place or "",
        "scope": shared.scope or DEFAULT_SCOPE,
        "audience": shared.audience or DEFAULT_AUDIENCE,
        "role": shared.role or "",
        "new-attribute": "",
        "new-value": "",
    } | {f"{ATTRIBUTE}{name}": said.attributes.get(name, "") for name in attributes}


def speaker_fields(number: int, speaker: SpeakerLook, labels: Sequence[str]) -> dict[str, str]:
    """What was said of one speaker, as fields; `number` is the label's place in the file."""
    own = speaker.said
    return {
        f"same_as-{number}": _same_as(own.same_as, labels),
        f"participant-{number}": own.participant or "",
        f"role-{number}": own.role or "",
        f"place-{number}": own.place or "",
        f"scope-{number}": own.scope or "",
        f"audience-{number}": own.audience or "",
        f"asks-{number}": "yes" if speaker.asks else "",
    }


def fields_now(
    look: DraftLook, attributes: Iterable[str], numbers: Iterable[int]
) -> dict[str, str]:
    """All that the form shows, for the speakers of these numbers, as it is in the record."""
    labels = [one.label for one in look.speakers]
    fields = session_fields(look.said, attributes)
    fields["name"] = look.title
    fields["corrects"] = str(look.corrects.id) if look.corrects else ""
    fields["leave_rest"] = "yes" if look.said.leave_rest else ""
    for number in numbers:
        if number < len(labels):
            fields |= speaker_fields(number, look.speakers[number], labels)
    return fields


def keep(typed: Typed, look: DraftLook, attributes: Sequence[str]) -> Kept:
    """What is said once everything that was typed is added, or why nothing is."""
    labels = [one.label for one in look.speakers]
    now = fields_now(look, attributes, numbers_in(typed.seen))
    changed = {name: value for name, value in typed.changed.items() if name in now}
    clashes = {
        name: _clash(name, now[name], value)
        for name, value in changed.items()
        if now[name] not in (typed.seen[name], value)
    }
    if clashes:
        return Kept(look.said, clashes, conflict=True)
    reader = _Reader(changed)
    said = read_session(reader, look.said)
    speakers = dict(said.speakers)
    for number in numbers_in(changed):
        label = labels[number]
        own = _speaker(reader, number, labels, speakers.get(label, SpeakerEntry()))
        speakers[label] = own
    corrects = reader.of("corrects", lambda typed: int(typed) if typed else None, said.corrects)
    rest = reader.of("leave_rest", bool, said.leave_rest)
    said = replace(said, speakers=speakers, corrects=corrects, leave_rest=rest)
    return Kept(look.said if reader.amiss else said, reader.amiss)


def _clash(name: str, now: str, typed: str) -> str:
    if name.startswith(NOT_WRITTEN):
        return "A colleague said otherwise meanwhile. It is shown as it is now."
    return (
        f"A colleague wrote “{now or 'nothing'}” here meanwhile; you wrote “{typed or 'nothing'}”."
    )


def read_session(reader: "_Reader", said: DraftSaid) -> DraftSaid:
    """What was said of a session, with what was typed of it."""
    shared = said.everyone
    everyone = replace(
        shared,
        scope=reader.of("scope", _choice(SCOPES, "sharing scope"), shared.scope),
        audience=reader.of("audience", _choice(AUDIENCES, "audience"), shared.audience),
        role=reader.of("role", _line("The role"), shared.role),
    )
    return replace(
        said,
        name=reader.of("name", _line("The name"), said.name),
        kind=reader.of("kind", _maybe(KINDS, "kind of transcript"), said.kind),
        record=reader.of("record", _choice(RECORDS, "kind of record"), said.record),
        held_on=reader.of("held_on", day, said.held_on),
        wave=reader.of("wave", wave_number, said.wave),
        place=reader.of("place", _line("The place"), said.place),
        attributes=_attributes(reader, said.attributes),
        everyone=everyone,
    )


def typed_session(fields: Mapping[str, str], said: DraftSaid | None = None) -> Kept:
    """What a form says of several files at once; an empty field says nothing."""
    reader = _Reader({name: value for name, value in fields.items() if value.strip()})
    return Kept(read_session(reader, said or DraftSaid()), reader.amiss)


def merged(look: DraftLook, numbers: Sequence[int]) -> DraftSaid:
    """What is said once these speakers are one: all are the same as the first in the file."""
    wanted = sorted(set(numbers))
    if len(wanted) < 2 or wanted[-1] >= len(look.speakers):
        raise Unfit("Those are no two speakers of this file.", way_out="Load the page again.")
    first = look.speakers[wanted[0]]
    speakers = dict(look.said.speakers)
    others = [look.speakers[number] for number in wanted[1:]]
    if first.said.same_as in {one.label for one in others}:
        speakers[first.label] = replace(first.said, same_as=None)
    for one in others:
        speakers[one.label] = replace(one.said, same_as=first.label)
    return replace(look.said, speakers=speakers)


def numbers_in(fields: Iterable[str]) -> list[int]:
    """The numbers of the speakers these fields are about."""
    found = set()
    for name in fields:
        about, _, number = name.rpartition("-")
        if about in OF_SPEAKER and number.isascii() and number.isdigit() and len(number) < 7:
            found.add(int(number))
    return sorted(found)


def numbers_sent(fields: Mapping[str, str]) -> list[int]:
    """The numbers of speakers that were said to be one, in the file's order."""
    sent = fields.get("merge", "").split(",")
    return sorted({int(n) for n in sent if n.isascii() and n.isdigit() and len(n) < 7})


class _Reader:
    """Fields read one by one; what won't do is collected, not raised."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.amiss: dict[str, str] = {}

    def of(self, name: str, read: Callable[[str], Value], before: Value) -> Value:
        """The field as it is kept; what was before where it wasn't typed, or won't do."""
        if name not in self.fields:
            return before
        try:
            return read(self.fields[name])
        except Unfit as unfit:
            self.amiss[name] = str(unfit)
        except ValueError:
            self.amiss[name] = "That is not one of the choices. Choose one."
        return before


def _speaker(
    reader: _Reader, number: int, labels: Sequence[str], own: SpeakerEntry
) -> SpeakerEntry:
    def text(name: str, before: str | None) -> str | None:
        what = f"The {'pseudonym' if name == 'participant' else name}"
        return reader.of(f"{name}-{number}", _line(what), before)

    return replace(
        own,
        same_as=reader.of(f"same_as-{number}", _label_of(number, labels), own.same_as),
        participant=text("participant", own.participant),
        role=text("role", own.role),
        place=text("place", own.place),
        scope=reader.of(f"scope-{number}", _maybe(SCOPES, "sharing scope"), own.scope),
        audience=reader.of(f"audience-{number}", _maybe(AUDIENCES, "audience"), own.audience),
        facilitator=reader.of(f"asks-{number}", bool, own.facilitator),
    )


def _same_as(label: str | None, labels: Sequence[str]) -> str:
    """A label by its number in the file; one that only the transcript before has, as it is."""
    if label in labels:
        return str(labels.index(label))
    return f"{BEFORE}{label}" if label else ""


def _label_of(number: int, labels: Sequence[str]) -> Callable[[str], str | None]:
    def read(typed: str) -> str | None:
        if not typed:
            return None
        if typed.startswith(BEFORE):
            return line(typed.removeprefix(BEFORE), "The label")
        other = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else -1
        if not 0 <= other < len(labels) or other == number:
            raise Unfit("That is nobody else in this file.", way_out="Choose another speaker.")
        return labels[other]

    return read


def _attributes(reader: _Reader, before: Mapping[str, str]) -> Mapping[str, str]:
    """Attributes of the transcript, those typed changed or added, emptied ones dropped."""
    found = dict(before)
    for key in reader.fields:
        named = key.removeprefix(ATTRIBUTE)
        if key.startswith(ATTRIBUTE) and len(named) <= LONGEST_FIELD:
            found[named] = reader.of(key, _line(named), before.get(named)) or ""
    name = reader.of("new-attribute", _line("The attribute"), None)
    value = reader.of("new-value", _line("Its value"), None)
    if name and value:
        found[name] = value
    elif value:
        reader.amiss["new-attribute"] = "Say what the attribute is called."
    return {name: value for name, value in found.items() if value}


def _choice(known: tuple[str, ...], what: str) -> Callable[[str], Any]:
    """One of the known words, which are those of the field's own type."""
    return lambda typed: one_of(typed, known, what)


def _maybe(known: tuple[str, ...], what: str) -> Callable[[str], Any]:
    return lambda typed: one_of(typed, known, what) if typed.strip() else None


def _line(what: str) -> Callable[[str], str | None]:
    return lambda typed: line(typed, what)
