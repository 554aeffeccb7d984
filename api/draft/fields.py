"""What was said of a draft as the flat fields of its form, and the names of those fields."""

from collections.abc import Iterable, Mapping, Sequence

from capture.draft.look import DraftLook
from capture.draft.said import DraftSaid
from capture.draft.speakers import SpeakerLook
from capture.models import DEFAULT_AUDIENCE, DEFAULT_SCOPE, Transcript

OF_SPEAKER = ("same_as", "participant", "role", "place", "scope", "audience", "asks")
ATTRIBUTE = "attribute-"
BEFORE = "="
"""Marks a label that stands in no file here, but in the transcript that is corrected."""
DIGITS = 6
"""A speaker's number has no more; a longer one would take long to convert."""


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
    if look.corrects:
        fields |= _as_it_stands(look.said, look.corrects)
    fields["corrects"] = str(look.corrects.id) if look.corrects else ""
    fields["leave_rest"] = "yes" if look.said.leave_rest else ""
    for number in numbers:
        if number < len(labels):
            fields |= speaker_fields(number, look.speakers[number], labels)
    return fields


def _as_it_stands(said: DraftSaid, transcript: Transcript) -> dict[str, str]:
    """The fields of a correction nobody said anything in: what the transcript is, or was agreed."""
    date = said.held_on or transcript.held_on
    wave = transcript.wave if said.wave is None else said.wave
    return {
        "record": said.record or "",
        "scope": said.everyone.scope or "",
        "audience": said.everyone.audience or "",
        "held_on": date.isoformat() if date else "",
        "wave": "" if wave is None else str(wave),
        "place": said.place or transcript.place or "",
    }


def numbers_in(fields: Iterable[str]) -> list[int]:
    """The numbers of the speakers these fields are about."""
    found = set()
    for name in fields:
        about, _, number = name.rpartition("-")
        if about in OF_SPEAKER and is_number(number):
            found.add(int(number))
    return sorted(found)


def numbers_sent(fields: Mapping[str, str]) -> list[int]:
    """The numbers of speakers that were said to be one, in the file's order."""
    sent = fields.get("merge", "").split(",")
    return sorted({int(number) for number in sent if is_number(number)})


def is_number(typed: str) -> bool:
    """Whether this may be a speaker's number."""
    return typed.isascii() and typed.isdigit() and len(typed) <= DIGITS


def _same_as(label: str | None, labels: Sequence[str]) -> str:
    """A label by its number in the file; one that only the transcript before has, as it is."""
    if label in labels:
        return str(labels.index(label))
    return f"{BEFORE}{label}" if label else ""
