"""Who spoke in a transcript: each speaker label becomes an appearance, with what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy.orm import Session

from capture.models import (
    DEFAULT_AUDIENCE,
    DEFAULT_SCOPE,
    SCOPES,
    Appearance,
    AttributeValue,
    Transcript,
)
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
    """Store an appearance for every speaker of a reading; labels of one person share theirs."""
    asking = facilitators_of(reading, entry)
    groups = one_group_each(reading, entry)
    asks = [any(label in asking for label in labels) for labels in groups]
    rows = [
        _appearance(session, transcript, reading, entry, labels, asks=one)
        for labels, one in zip(groups, asks, strict=True)
    ]
    session.add_all(rows)
    session.flush()  # all at once: a survey has thousands of respondents
    ids: dict[str, int] = {}
    scopes: dict[str, str] = {}
    for labels, row in zip(groups, rows, strict=True):
        ids |= dict.fromkeys(labels, row.id)
        scopes |= dict.fromkeys(labels, row.scope)
        add_values(session, transcript, row.id, own_values(reading, entry, labels))
    facilitators = {
        label for labels, one in zip(groups, asks, strict=True) if one for label in labels
    }
    return Appearances(ids, frozenset(facilitators), scopes)


def one_group_each(reading: Reading, entry: FileEntry) -> list[list[str]]:
    """The labels of a reading, those together that were said to be one person, in its order.

    A label comes before none at all, so that a person is called by the name the file gives them.
    """
    groups: dict[str, list[str]] = {}
    for label in _labels(reading):
        groups.setdefault(entry.person(label), []).append(label)
    return [sorted(group, key=lambda label: not label) for group in groups.values()]


def _appearance(
    session: Session,
    transcript: Transcript,
    reading: Reading,
    entry: FileEntry,
    labels: Sequence[str],
    *,
    asks: bool,
) -> Appearance:
    label = labels[0]
    said = entry.entry_for(label or None, asks=asks) or SpeakerEntry()
    columns = {k.casefold(): v for k, v in reading.attributes.get(label, {}).items() if v}
    pseudonym = said.participant
    return Appearance(
        transcript_id=transcript.id,
        label=label or _unnamed(reading),
        also_called=[other or _unnamed(reading) for other in labels[1:]],
        participant_id=(
            participant_named(session, transcript.study_id, pseudonym).id if pseudonym else None
        ),
        role=columns.get("role") or said.role,
        place=columns.get("place") or said.place,
        scope=max((_scope_of(reading, one, said) for one in labels), key=SCOPES.index),
        audience=(_agreed(label, said) and said.audience) or DEFAULT_AUDIENCE,
        facilitator=asks,
    )


def _scope_of(reading: Reading, label: str, said: SpeakerEntry) -> str:
    """A survey's own word for the respondent, else what was agreed."""
    columns = {k.casefold(): v for k, v in reading.attributes.get(label, {}).items() if v}
    agreed = said.scope if _agreed(label, said) else None
    return _scope(reading, label, columns.get("scope")) or agreed or DEFAULT_SCOPE


def own_values(reading: Reading, entry: FileEntry, labels: Sequence[str]) -> dict[str, str]:
    """What a speaker is, where the file as a whole isn't."""
    said = entry.entry_for(labels[0] or None) or SpeakerEntry()
    own = {k: v for k, v in said.attributes.items() if entry.attributes.get(k) != v}
    for label in labels:
        own |= {
            name: value
            for name, value in reading.attributes.get(label, {}).items()
            if value and name.casefold() not in _SURVEY_COLUMNS
        }
    return own


def _unnamed(reading: Reading) -> str:
    return f"{UNNAMED} (no label)" if UNNAMED in _labels(reading) else UNNAMED


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
    named = (label for label in entry.speakers if same_name(label) not in spoken)
    same = {
        said.same_as: label
        for label, said in entry.speakers.items()
        if said.same_as and same_name(said.same_as) not in spoken
    }
    return (
        *(
            f'The manifest names "{label}", who does not speak in {reading.name}.'
            for label in named
        ),
        *(
            f'"{label}" is said to be the same as "{other}", who does not speak in {reading.name}.'
            for other, label in same.items()
        ),
    )


def check_all_speak(reading: Reading, entry: FileEntry) -> None:
    """Refuse a file of which a manifest names somebody who doesn't speak in it: what was agreed
    with whoever was meant would be lost, and the mended manifest not be heard."""
    told = silent_speakers(reading, entry)
    if told:
        raise RefusedFile(
            reading.name,
            "",
            " ".join(told),
            "Write the name as the file does (--check without a manifest lists who speaks), or "
            "take the row out.",
        )


def _agreed(label: str, said: SpeakerEntry) -> bool:
    """Whether anybody can have agreed: nobody can for words that no one is named for.

    A manifest that names the participant of a file without labels does name them.
    """
    return bool(label) or said.participant is not None


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


def check_scopes(reading: Reading) -> None:
    """Refuse a survey whose own column says a scope that isn't known, before it is stored."""
    for label, columns in reading.attributes.items():
        said = {name.casefold(): value for name, value in columns.items() if value}
        _scope(reading, label, said.get("scope"))


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
