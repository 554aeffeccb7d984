"""Whose words the labels of a corrected text are: the speakers that are there, or new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.appearances import UNNAMED, add_appearances
from capture.errors import NotFound
from capture.models import Appearance, Transcript
from transcripts.manifest import FileEntry
from transcripts.manifest_entries import same_name
from transcripts.replacing import OFF_THE_RECORD, Renamed, TakenOut
from transcripts.turns import Reading


def speakers_there(session: Session, transcript_id: int) -> list[Appearance]:
    """Everyone who speaks, or spoke in an earlier version, in the order they came."""
    asked = select(Appearance).where(Appearance.transcript_id == transcript_id)
    return list(session.scalars(asked.order_by(Appearance.id)))


def labels_known(
    there: Sequence[Appearance], reading: Reading, log: Sequence[TakenOut] = ()
) -> dict[str, int]:
    """The labels of a reading that name a speaker who is there: label -> appearance id.

    By the speaker's own label, another one the transcript writes, or what stands for either where
    the name in it was replaced.
    """
    renamed = Renamed({one.original: one.instead for one in log if one.kind != OFF_THE_RECORD})
    by_name: dict[str, int] = {}
    for row in reversed(there):
        for label in (*row.also_called, row.label):
            by_name |= {same_name(label): row.id, same_name(renamed(label)): row.id}
    labels = dict.fromkeys(turn.speaker or "" for turn in reading.turns)
    found = {label: by_name.get(same_name(label or UNNAMED)) for label in labels}
    return {label: who for label, who in found.items() if who is not None}


def speakers_for(
    session: Session,
    transcript: Transcript,
    reading: Reading,
    *,
    said: Mapping[str, int],
    entry: FileEntry | None = None,
    log: Sequence[TakenOut] = (),
) -> dict[str, int]:
    """The appearance of every label; a label nobody has becomes a new one, for analysis only.

    `said` overrules what the labels tell; `entry` is what was said of the new ones. An appearance
    whose label is not written any more takes the new one.
    """
    there = speakers_there(session, transcript.id)
    if not set(said.values()) <= {row.id for row in there}:
        raise NotFound("That speaker isn't in this transcript.", way_out="Load the page again.")
    who = {**labels_known(there, reading, log), **said}
    labels = dict.fromkeys(turn.speaker or "" for turn in reading.turns)
    new = [label for label in labels if label not in who]
    if new:
        only = replace(
            reading, turns=tuple(turn for turn in reading.turns if (turn.speaker or "") in new)
        )
        who |= add_appearances(session, transcript, only, entry or FileEntry()).ids
    _relabel(there, who, log)
    session.flush()
    return {label: who[label] for label in labels}


def _relabel(there: Sequence[Appearance], who: Mapping[str, int], log: Sequence[TakenOut]) -> None:
    """Keep what speakers are called true to the text; a name that was replaced is kept nowhere."""
    renamed = Renamed({one.original: one.instead for one in log if one.kind != OFF_THE_RECORD})
    taken = {row.label for row in there}
    for row in there:
        written = [label for label, one in who.items() if one == row.id and label]
        called = dict.fromkeys(map(renamed, (*row.also_called, *written)))
        label = renamed(row.label)
        if written and label not in written:
            called |= {label: None}
            label = next((one for one in written if one not in taken), label)
        if label != row.label and label not in taken:
            taken = (taken - {row.label}) | {label}
            row.label = label
        row.also_called = [one for one in called if one != row.label]
