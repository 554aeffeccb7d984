"""What was typed of a draft, field by field, read into what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from api.draft.fields import ATTRIBUTE, BEFORE, is_number
from capture.draft.said import DraftSaid
from capture.errors import Unfit
from capture.models import AUDIENCES, SCOPES
from capture.people_said import KINDS, LONGEST_FIELD, RECORDS, day, line, one_of, wave_number
from transcripts.manifest_entries import SpeakerEntry

Value = TypeVar("Value")


class FieldReader:
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


def read_session(reader: FieldReader, said: DraftSaid) -> DraftSaid:
    """What was said of a session, with what was typed of it."""
    shared = said.everyone
    everyone = replace(
        shared,
        scope=reader.of("scope", _maybe(SCOPES, "sharing scope"), shared.scope),
        audience=reader.of("audience", _maybe(AUDIENCES, "audience"), shared.audience),
        role=reader.of("role", _line("The role"), shared.role),
    )
    return replace(
        said,
        name=reader.of("name", _line("The name"), said.name),
        kind=reader.of("kind", _maybe(KINDS, "kind of transcript"), said.kind),
        record=reader.of("record", _maybe(RECORDS, "kind of record"), said.record),
        held_on=reader.of("held_on", day, said.held_on),
        wave=reader.of("wave", wave_number, said.wave),
        place=reader.of("place", _line("The place"), said.place),
        attributes=_attributes(reader, said.attributes),
        everyone=everyone,
    )


def read_speaker(
    reader: FieldReader, number: int, labels: Sequence[str], own: SpeakerEntry
) -> SpeakerEntry:
    """What was said of one speaker, with what was typed of them; `number` is their label's."""

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


def _label_of(number: int, labels: Sequence[str]) -> Callable[[str], str | None]:
    def read(typed: str) -> str | None:
        if not typed:
            return None
        if typed.startswith(BEFORE):
            return line(typed.removeprefix(BEFORE), "The label")
        other = int(typed) if is_number(typed) else -1
        if not 0 <= other < len(labels) or other == number:
            raise Unfit("That is nobody else in this file.", way_out="Choose another speaker.")
        return labels[other]

    return read


def _attributes(reader: FieldReader, before: Mapping[str, str]) -> Mapping[str, str]:
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


def _maybe(known: tuple[str, ...], what: str) -> Callable[[str], Any]:
    """One of the known words, which are those of the field's own type; None where it is empty."""
    return lambda typed: one_of(typed, known, what) if typed.strip() else None


def _line(what: str) -> Callable[[str], str | None]:
    return lambda typed: line(typed, what)
