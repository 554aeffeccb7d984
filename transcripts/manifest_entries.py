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
    _people: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _rows: Mapping[str, SpeakerEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_people", _people(self.speakers, self.everyone))
        object.__setattr__(self, "_rows", _rows(self.speakers, self._people))

    def entry_for(self, label: str | None, *, asks: bool = False) -> SpeakerEntry | None:
        """What is said of a label: its row, those of labels that are the same person, and, where
        they are silent, the row for everyone. None, and "" too, is the voice without a label.

        The role of everyone isn't that of whoever `asks`.
        """
        name = same_name(label or "")
        own = self._rows.get(self._people.get(name, name))
        shared = self.everyone
        if shared is None:
            return own
        shared = replace(shared, role=None) if asks else shared
        if own is None:
            # The row for everyone names a participant only for words without a label.
            return replace(shared, participant=None) if label else shared
        return own.filled_from(replace(shared, participant=None, same_as=None))

    def person(self, label: str) -> str:
        """One name for all labels that were said to be one person, or one participant."""
        name = same_name(label)
        return self._people.get(name, label)


def _people(
    speakers: Mapping[str, SpeakerEntry], everyone: SpeakerEntry | None
) -> Mapping[str, str]:
    """Labels, as `same_name` compares them, that are one with another or are a participant."""
    rows = list(speakers.items())
    if everyone is not None and everyone.participant and "" not in speakers:
        rows.append(("", everyone))
    pairs = []
    for label, said in rows:
        if said.same_as:
            pairs.append((f"\n{same_name(said.same_as)}", same_name(label)))
            pairs.append((f"\n{same_name(said.same_as)}", same_name(said.same_as)))
        if said.participant:
            pairs.append((f"\n\n{said.participant}", same_name(label)))
    return joined(pairs)


def _rows(
    speakers: Mapping[str, SpeakerEntry], people: Mapping[str, str]
) -> Mapping[str, SpeakerEntry]:
    rows: dict[str, SpeakerEntry] = {}
    for label, said in speakers.items():
        person = people.get(same_name(label), same_name(label))
        rows[person] = rows[person].filled_from(said) if person in rows else said
    return rows


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
