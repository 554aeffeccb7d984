"""What a manifest says: of a file, of each speaker in it, and of everyone in it.

A row without a speaker speaks for everyone in its file who has no better row. An empty cell
says nothing (None). Columns beyond the known ones are attributes the study defines.
"""

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from transcripts.survey import SurveyColumns
from transcripts.turns import Kind, Record, Scope


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """What the manifest says of one speaker in one file."""

    participant: str | None = None
    role: str | None = None
    place: str | None = None
    scope: Scope | None = None
    facilitator: bool | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says of one file; `everyone` is its row without a speaker, if any.

    `place` and `attributes` here are those on which all rows that say one agree.
    """

    kind: Kind | None = None
    record: Record | None = None
    date: datetime.date | None = None
    wave: int | None = None
    place: str | None = None
    survey: SurveyColumns | None = None
    speakers: Mapping[str, SpeakerEntry] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    everyone: SpeakerEntry | None = None

    def entry_for(self, label: str | None) -> SpeakerEntry | None:
        """The entry of one speaker label, its empty cells filled from the row for everyone."""
        own = self._own_row(label)
        if own is None or self.everyone is None:
            return own or self._as_default(label)
        shared = self.everyone
        return SpeakerEntry(
            participant=own.participant,
            role=own.role or shared.role,
            place=own.place or shared.place,
            scope=own.scope or shared.scope,
            facilitator=shared.facilitator if own.facilitator is None else own.facilitator,
            attributes={**shared.attributes, **own.attributes},
        )

    def _own_row(self, label: str | None) -> SpeakerEntry | None:
        if label is None:
            return None
        wanted = same_name(label)
        found = (entry for name, entry in self.speakers.items() if same_name(name) == wanted)
        return next(found, None)

    def _as_default(self, label: str | None) -> SpeakerEntry | None:
        """The row for everyone; it names a participant only for words without a label."""
        shared = self.everyone
        if shared is None or label is None:
            return shared
        return SpeakerEntry(
            None, shared.role, shared.place, shared.scope, shared.facilitator, shared.attributes
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole manifest: its files by name, and the names of the attributes it defines."""

    name: str
    files: Mapping[str, FileEntry]
    attribute_names: tuple[str, ...] = ()

    def rows_for(self, file_name: str) -> FileEntry | None:
        """What is said of a file, by its bare name; None where the manifest is silent."""
        return self.files.get(file_key(file_name))


def file_key(name: str) -> str:
    """A file's bare name, composed (macOS hands out decomposed names)."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1].strip())


def same_name(label: str) -> str:
    """A label as compared: case, white space and composition make no difference."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())
