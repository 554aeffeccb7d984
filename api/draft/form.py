"""A draft's form: what was typed on its page, told from what a colleague said meanwhile.

A page says what its fields held when it was made. So both are told apart field by field: only a
field that both of them changed is a conflict.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.draft.fields import fields_now, numbers_in
from api.draft.typed import FieldReader, read_session, read_speaker
from capture.draft.look import DraftLook
from capture.draft.said import DraftSaid
from capture.errors import Unfit
from capture.models import DEFAULT_AUDIENCE, DEFAULT_SCOPE
from capture.people_said import RECORDS
from transcripts.manifest_entries import SpeakerEntry

NOT_WRITTEN = ("same_as-", "asks-", "corrects", "leave_rest")
"""Fields that are ticked or chosen, whose values no one would read."""


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
    reader = FieldReader(changed)
    said = read_session(reader, look.said)
    speakers = dict(said.speakers)
    for number in numbers_in(changed):
        label = labels[number]
        own = read_speaker(reader, number, labels, speakers.get(label, SpeakerEntry()))
        speakers[label] = own
    corrects = reader.of("corrects", lambda typed: int(typed) if typed else None, said.corrects)
    rest = reader.of("leave_rest", bool, said.leave_rest)
    said = replace(said, speakers=speakers, corrects=corrects, leave_rest=rest)
    return Kept(look.said if reader.amiss else said, reader.amiss)


def typed_session(fields: Mapping[str, str], said: DraftSaid | None = None) -> Kept:
    """What a form says of several files at once; an empty field says nothing."""
    reader = FieldReader({name: value for name, value in fields.items() if value.strip()})
    return Kept(read_session(reader, said or DraftSaid()), reader.amiss)


def as_chosen(said: DraftSaid) -> DraftSaid:
    """The same without what the form of an upload has chosen beforehand: nobody said that, and of
    a file that corrects a transcript more may be known."""
    shared = said.everyone
    scope = None if shared.scope == DEFAULT_SCOPE else shared.scope
    audience = None if shared.audience == DEFAULT_AUDIENCE else shared.audience
    record = None if said.record == RECORDS[0] else said.record
    return replace(said, everyone=replace(shared, scope=scope, audience=audience), record=record)


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


def _clash(name: str, now: str, typed: str) -> str:
    if name.startswith(NOT_WRITTEN):
        return "A colleague said otherwise meanwhile. It is shown as it is now."
    return (
        f"A colleague wrote “{now or 'nothing'}” here meanwhile; you wrote “{typed or 'nothing'}”."
    )
