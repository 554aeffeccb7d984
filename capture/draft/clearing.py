"""A reading without the words that are to go, and what was said of it without them too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from capture.draft.said import DraftSaid, for_every_label
from capture.errors import Unfit
from capture.names.beside_text import maybe, renamed_by
from transcripts.manifest_entries import FileEntry, SpeakerEntry
from transcripts.off_record import stretches_off
from transcripts.one_person import contradiction
from transcripts.replacing import (
    OFF_THE_RECORD,
    Renamed,
    Stretch,
    TakenOut,
    beside_speech,
    in_order,
    take_out,
)
from transcripts.turns import Reading


@dataclass(frozen=True, slots=True)
class Cleared:
    """What may be stored: the reading, what is said of it, and the log of what was taken out."""

    reading: Reading
    entry: FileEntry
    log: tuple[TakenOut, ...]


def cleared(reading: Reading, said: DraftSaid) -> Cleared:
    """Take out stretches off the record and accepted finds, in the text and in what was said.

    Raises Unfit where labels that are one speaker are said to be different people.
    """
    told, off = stretches_off(reading, said.off_record)
    accepted = [one for one in said.finds if one.accepted]
    names = [Stretch(one.start, one.end, one.instead, one.kind) for one in accepted]
    going = in_order([*off, *names])
    taken = {told.text[x.start : x.end]: x for x in going if x.kind != OFF_THE_RECORD}
    beside = beside_speech(told, taken)
    replaced = take_out(told, [*off, *names, *beside])
    entry = _renamed(for_every_label(said, reading).entry(), renamed_by(replaced.log))
    check_one_person(entry)
    return Cleared(replaced.reading, entry, replaced.log)


def check_one_person(entry: FileEntry) -> None:
    """Raise Unfit where what is said of labels that are one speaker contradicts."""
    wrong = contradiction(entry)
    if wrong is not None:
        raise Unfit(wrong.sentence, way_out="Say the same of both, or keep them apart.")


def _renamed(entry: FileEntry, renamed: Renamed) -> FileEntry:
    speakers: dict[str, SpeakerEntry] = {}
    for label, row in entry.speakers.items():
        new = _row(row, renamed)
        there = speakers.get(renamed(label))
        speakers[renamed(label)] = new if there is None else there.filled_from(new)
    return replace(
        entry,
        title=maybe(entry.title, renamed),
        place=maybe(entry.place, renamed),
        attributes=_values(entry.attributes, renamed),
        speakers=speakers,
        everyone=_row(entry.everyone, renamed) if entry.everyone else None,
    )


def _row(row: SpeakerEntry, renamed: Renamed) -> SpeakerEntry:
    return replace(
        row,
        role=maybe(row.role, renamed),
        place=maybe(row.place, renamed),
        same_as=renamed(row.same_as) if row.same_as else None,
        attributes=_values(row.attributes, renamed),
    )


def _values(values: Mapping[str, str], renamed: Renamed) -> dict[str, str]:
    return {name: renamed.as_heading(value) for name, value in values.items()}
