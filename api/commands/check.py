"""`greenshoots ingest --check`: what files would become; nothing is stored."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.table import Table
from sqlalchemy import select

from api.commands.console import bars, many, out, say, warn
from capture.appearances import one_group_each
from capture.collecting import Incoming, entry_of, expanded, from_disk
from capture.draft.checking import Checked, Checks, counted, undecided
from capture.draft.finds_table import COLUMNS, rows_of
from capture.errors import Unfit
from capture.ingest import content_key
from capture.models import Study
from capture.settings import Settings
from capture.store import Store, open_store
from codebook.exports.as_csv import BYTE_ORDER_MARK, harmless
from transcripts.apart import read_apart
from transcripts.errors import GreenshootsError
from transcripts.folders import Listing
from transcripts.manifest import FileEntry, Manifest
from transcripts.turns import Kind, count_words

NO_STUDY = 0
"""The id of a study that isn't there yet: nothing is known of it."""


@dataclass
class Report:
    """What was seen of each file, what was passed over and what couldn't be taken."""

    checked: list[Checked] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    refused: list[GreenshootsError] = field(default_factory=list)


def check_listing(
    settings: Settings,
    study: str,
    listing: Listing,
    manifest: Manifest | None = None,
    kind: Kind | None = None,
) -> Report:
    """Read listed files, zips as what is in them, and look at each as it would be stored."""
    opened = expanded(from_disk(path) for path in listing.files)
    passed = [*((str(one.path), one.why) for one in listing.skipped), *opened.skipped]
    report = Report(skipped=passed, refused=list(opened.refused))
    with _store_as_it_is(settings) as store, bars() as progress:
        task = progress.add_task("Looking at transcripts", total=len(opened.files))
        checks = Checks(_study_id(store, study), settings.ner_model)
        for file in opened.files:
            try:
                entry = entry_of(file, manifest)
                report.checked.append(_look(store, checks, file, entry, kind))
            except GreenshootsError as error:
                report.refused.append(error)
            progress.advance(task)
    return report


def tell_check(report: Report) -> None:
    """Say what each file would become, and what isn't taken and why."""
    for one in report.checked:
        _tell(one)
    for name, why in report.skipped:
        warn(f"Skipped {name}: {why}.")
    for error in report.refused:
        warn(f"Refused {error}")
    found = sum((undecided(one.look.said) for one in report.checked), Counter[str]())
    if found:
        say(f"{counted(found)} stand in these texts.")
    files = len(report.checked)
    say(
        f"Nothing was stored. {many(files, 'file')} can be taken, "
        f"{len(report.skipped):,} skipped, {len(report.refused):,} refused."
    )


def check_as_json(report: Report) -> str:
    """The same for programs."""
    whole = {
        "files": [_as_json(one) for one in report.checked],
        "skipped": [{"file": name, "why": why} for name, why in report.skipped],
        "refused": [{"why": error.sentence, "way_out": error.way_out} for error in report.refused],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def write_finds(output: Path, report: Report) -> int:
    """Write every find as a row with an empty cell for the decision; says how many there are."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for one in report.checked:
        for row in rows_of(one.name, one.key, one.look.reading, one.look.finds):
            writer.writerow(map(harmless, row))
            count += 1
    try:
        output.touch(mode=0o600)  # real names stand in it
        if output.is_file():
            output.chmod(0o600)  # a file that was there keeps its wider rights otherwise
        output.write_bytes((BYTE_ORDER_MARK + file.getvalue()).encode())
    except OSError as error:
        raise Unfit(
            f"{output} can't be written ({error.strerror}).", way_out="Choose another place."
        ) from None
    return count


@contextmanager
def _store_as_it_is(settings: Settings) -> Iterator[Store]:
    """The store that there is; where there is none, one that is gone afterwards."""
    with TemporaryDirectory() as elsewhere:
        there = settings.database.exists()
        used = settings if there else settings.model_copy(update={"data": Path(elsewhere)})
        store = open_store(used)
        try:
            yield store
        finally:
            store.close()


def _look(
    store: Store, checks: Checks, file: Incoming, entry: FileEntry | None, kind: Kind | None
) -> Checked:
    data = file.load()
    reading = read_apart(file.name, data, survey=entry.survey if entry else None)
    with store.reading() as session:
        key = content_key(data)
        return checks.check(session, file.name, key, reading, entry=entry, kind=kind)


def _study_id(store: Store, name: str) -> int:
    with store.reading() as session:
        found = session.scalar(select(Study.id).where(Study.name == " ".join(name.split())))
    return NO_STUDY if found is None else found


def _tell(one: Checked) -> None:
    look = one.look
    say(f"{one.name}: {look.kind}. {look.kind_because}")
    if one.there:
        say(f"  It is in the study already, as “{one.there.name}”: nothing would be added.")
    timed = f", {many(look.minutes, 'minute')}" if look.minutes else ""
    say(
        f"  {many(len(look.reading.turns), 'turn')}; {many(look.words_in, 'word')}, of which "
        f"{look.words_left_out:,} left out{timed}"
    )
    _tell_speakers(one)
    for labels in _one_speaker(one):
        say(f"  One speaker: {', '.join(labels)}.")
    for group in look.merges:
        say(f"  Likely one speaker: {', '.join(group.labels)}. {group.why}")
    for left in look.left_out:
        say(f"  left out, {left.where}: {left.what} ({many(left.words, 'word')}): {left.why}")
    for words in _off_record(one):
        say(f"  off the record: {many(words, 'word')}")
    for note in look.notes:
        warn(f"  {note}")
    found = undecided(look.said)
    if found:
        say(f"  found: {counted(found)}")


MOST_SPEAKERS = 30
"""Speakers listed one by one; of a survey's respondents, the number is enough."""


def _tell_speakers(one: Checked) -> None:
    speakers = one.look.speakers
    if len(speakers) > MOST_SPEAKERS:
        say(f"  {len(speakers):,} speakers")
        return
    table = Table.grid(padding=(0, 2))
    for who in speakers:
        name = f"  {who.shown}{' (asks)' if who.asks else ''}"
        table.add_row(name, many(who.turns, "turn"), many(who.words, "word"))
    out.print(table, markup=False)


def _one_speaker(one: Checked) -> list[list[str]]:
    """Labels that the manifest says are one speaker, each with the others."""
    groups = one_group_each(one.look.reading, one.look.said.entry())
    return [group for group in groups if len(group) > 1]


def _off_record(one: Checked) -> list[int]:
    """Words of each stretch that the manifest puts off the record."""
    return [count_words(one.look.reading.text[slice(*span)]) for span in one.look.said.off_record]


def _as_json(one: Checked) -> dict[str, Any]:
    look = one.look
    return {
        "file": one.name,
        "there_already": one.there.name if one.there else None,
        "title": look.title,
        "kind": look.kind,
        "because": look.kind_because,
        "turns": len(look.reading.turns),
        "timed_turns": look.timed_turns,
        "minutes": look.minutes,
        "words": look.words_in,
        "words_left_out": look.words_left_out,
        "speakers": [
            {"label": who.shown, "turns": who.turns, "words": who.words, "asks": who.asks}
            for who in look.speakers
        ],
        "one_speaker": _one_speaker(one),
        "off_record_words": _off_record(one),
        "likely_one": [{"labels": list(g.labels), "why": g.why} for g in look.merges],
        "left_out": [
            {"what": left.what, "where": left.where, "why": left.why, "words": left.words}
            for left in look.left_out
        ],
        "found": dict(undecided(look.said)),
        "notes": list(look.notes),
    }
