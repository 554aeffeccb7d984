"""What a manifest says: of a file, of each speaker in it, and of everyone in it.

A row without a speaker speaks for everyone in its file who has no better row. An empty cell
says nothing (None). Columns beyond the known ones are attributes the study defines.
"""

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from transcripts.off_record import OffRecord
from transcripts.same_speaker import joined
from transcripts.survey import SurveyColumns
from transcripts.turns import Audience, Kind, Record, Scope


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """What the manifest says of one speaker in one file."""

    participant: str | None = None
    role: str | None = None
    place: str | None = None
    scope: Scope | None = None
    facilitator: bool | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    audience: Audience | None = None
    same_as: str | None = None
    """Another label of the same file that is this same person."""

    def filled_from(self, other: "SpeakerEntry") -> "SpeakerEntry":
        """This entry, its empty fields filled from the other's."""
        return SpeakerEntry(
            participant=self.participant or other.participant,
            role=self.role or other.role,
            place=self.place or other.place,
            scope=self.scope or other.scope,
            facilitator=other.facilitator if self.facilitator is None else self.facilitator,
            attributes={**other.attributes, **self.attributes},
            audience=self.audience or other.audience,
            same_as=self.same_as or other.same_as,
        )


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
    title: str | None = None
    """What the transcript is to be called."""
    off_record: tuple[OffRecord, ...] = ()

    def entry_for(self, label: str | None) -> SpeakerEntry | None:
        """What is said of a label: its row, those of labels that are the same person, and, where
        they are silent, the row for everyone."""
        own = self._person_row(label)
        shared = self.everyone
        if shared is None:
            return own
        if own is None:
            # The row for everyone names a participant only for words without a label.
            return shared if label is None else replace(shared, participant=None)
        return own.filled_from(replace(shared, participant=None, same_as=None))

    def own_row(self, label: str) -> SpeakerEntry | None:
        """The row of this very label; "" is the voice that has none."""
        wanted = same_name(label)
        found = (entry for name, entry in self.speakers.items() if same_name(name) == wanted)
        return next(found, None)

    def people(self) -> Mapping[str, str]:
        """Labels (as `same_name` compares them) that were said to be one person with another, or
        a participant; each with one name for all that are the same."""
        pairs = []
        rows = list(self.speakers.items())
        if self.everyone is not None and self.everyone.participant and "" not in self.speakers:
            rows.append(("", self.everyone))
        for label, said in rows:
            if said.same_as:
                pairs.append((same_name(said.same_as), same_name(label)))
            if said.participant:
                pairs.append((f"\n{said.participant}", same_name(label)))
        return joined(pairs)

    def _person_row(self, label: str | None) -> SpeakerEntry | None:
        people = self.people()
        person = people.get(same_name(label or ""))
        own = self.own_row(label or "")
        if person is None:
            return own
        for name, entry in self.speakers.items():
            if people.get(same_name(name)) == person:
                own = entry if own is None else own.filled_from(entry)
        return own


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
