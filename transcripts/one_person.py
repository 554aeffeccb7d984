"""One person under several labels of a file: what is said of each must not contradict another."""

from collections.abc import Iterator
from dataclasses import dataclass

from transcripts.manifest_entries import FileEntry, SpeakerEntry, same_name

_FIELDS = ("participant", "role", "place", "scope", "audience", "facilitator")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two labels of one person of which different things are said, in a manifest's column."""

    label: str
    said: str
    before: str
    """The label that comes first in the file or the manifest."""
    said_before: str
    column: str

    @property
    def sentence(self) -> str:
        """What contradicts what."""
        return (
            f"“{self.label}” and “{self.before}” are one speaker, but the {self.column} of the "
            f"one is “{self.said}”, of the other “{self.said_before}”."
        )


def contradiction(entry: FileEntry) -> Contradiction | None:
    """The first contradiction between the rows of labels that are one person."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for label, row in entry.speakers.items():
        person = entry.person(label)
        for column, value in _said(row):
            before, said_before = known.setdefault((person, column), (label, value))
            if same_name(said_before) != same_name(value):
                return Contradiction(label, value, before, said_before, column)
    return None


def _said(row: SpeakerEntry) -> Iterator[tuple[str, str]]:
    """What a row says, column by column."""
    for name in _FIELDS:
        value = getattr(row, name)
        if value is not None:
            yield name, ("yes" if value else "no") if isinstance(value, bool) else value
    yield from row.attributes.items()
