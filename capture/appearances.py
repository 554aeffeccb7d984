"""Who spoke in a transcript: each speaker label becomes an appearance, with what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from sqlalchemy.orm import Session

from capture.models import DEFAULT_SCOPE, Appearance, AttributeValue, Transcript
from capture.people import participant_named
from capture.studies import attribute_id
from transcripts.errors import RefusedFile
from transcripts.manifest import FileEntry, SpeakerEntry
from transcripts.manifest_entries import same_name
from transcripts.turns import Reading, Scope, is_facilitator_label

UNNAMED = "Unnamed speaker"
"""Whoever says what has no speaker's label in the file."""
_SURVEY_COLUMNS = ("role", "place", "scope")
"""Survey columns of these names say what an appearance says, rather than being attributes."""


@dataclass(frozen=True, slots=True)
class Appearances:
    """Ids and scopes by speaker label, and the labels of those who ask rather than answer."""

    ids: Mapping[str, int]
    facilitators: frozenset[str]
    scopes: Mapping[str, str]


def add_appearances(
    session: Session, transcript: Transcript, reading: Reading, entry: FileEntry
) -> Appearances:
    """Store an appearance for every speaker of a reading."""
    facilitators = facilitators_of(reading, entry)
    ids, scopes = {}, {}
    labels = _labels(reading)
    unnamed = UNNAMED if UNNAMED not in labels else f"{UNNAMED} (no label)"
    for label in labels:
        said = entry.entry_for(label or None) or SpeakerEntry()
        columns = {k.casefold(): v for k, v in reading.attributes.get(label, {}).items() if v}
        appearance = Appearance(
            transcript_id=transcript.id,
            label=label or unnamed,
            participant_id=(
                participant_named(session, transcript.study_id, said.participant).id
                if said.participant
                else None
            ),
            role=columns.get("role") or said.role,
            place=columns.get("place") or said.place,
            scope=_scope(reading, label, columns.get("scope")) or _agreed(label, said),
            facilitator=label in facilitators,
        )
        session.add(appearance)
        session.flush()
        ids[label], scopes[label] = appearance.id, appearance.scope
        own = {k: v for k, v in said.attributes.items() if entry.attributes.get(k) != v}
        own |= {
            name: value
            for name, value in reading.attributes.get(label, {}).items()
            if value and name.casefold() not in _SURVEY_COLUMNS
        }
        add_values(session, transcript, appearance.id, own)
    return Appearances(ids, facilitators, scopes)


def facilitators_of(reading: Reading, entry: FileEntry) -> frozenset[str]:
    """Labels that ask: as the manifest says, else by their name."""

    def asks(label: str) -> bool:
        said = entry.entry_for(label or None)
        if said is not None and said.facilitator is not None:
            return said.facilitator
        return is_facilitator_label(label)

    return frozenset(label for label in _labels(reading) if asks(label))


def silent_speakers(reading: Reading, entry: FileEntry) -> tuple[str, ...]:
    """A sentence for each speaker the manifest names who does not speak in the file."""
    spoken = {same_name(label) for label in _labels(reading)}
    return tuple(
        f'The manifest names "{label}", who does not speak in {reading.name}.'
        for label in entry.speakers
        if same_name(label) not in spoken
    )


def _agreed(label: str, said: SpeakerEntry) -> str:
    """What was agreed with a speaker. Nobody can have agreed for words that no one is named for.

    A manifest that names the participant of a file without labels does name them.
    """
    named = bool(label) or said.participant is not None
    return (said.scope if named else None) or DEFAULT_SCOPE


def _labels(reading: Reading) -> list[str]:
    return list(dict.fromkeys(turn.speaker or "" for turn in reading.turns))


def _scope(reading: Reading, label: str, said: str | None) -> str | None:
    """A survey's own scope for one respondent; refused when unknown: no guessing at consent."""
    if said is None:
        return None
    wanted = " ".join(said.casefold().split())
    if wanted not in get_args(Scope):
        raise RefusedFile(
            reading.name,
            f"respondent {label}",
            f'"{said}" is not a sharing scope.',
            "Use one of: " + ", ".join(get_args(Scope)) + ".",
        )
    return wanted


def add_values(
    session: Session, transcript: Transcript, appearance_id: int | None, values: Mapping[str, str]
) -> None:
    """Store attributes of a transcript, or of one appearance in it."""
    for name, value in values.items():
        session.add(
            AttributeValue(
                attribute_id=attribute_id(session, transcript.study_id, name),
                transcript_id=transcript.id,
                appearance_id=appearance_id,
                value=value,
            )
        )
