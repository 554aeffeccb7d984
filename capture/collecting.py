"""Collecting files into a study: one file, one transaction; a bad file costs only itself."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from capture.appearances import check_all_speak
from capture.draft.checking import undecided
from capture.draft.finding import propose, with_finds
from capture.draft.finds_table import Decisions
from capture.draft.said import said_in
from capture.draft.storing import store_said
from capture.ingest import Ingested, already_there, content_key
from capture.store import Store
from transcripts.apart import read_apart
from transcripts.errors import GreenshootsError, RefusedFile
from transcripts.intake import MOST_BYTES, too_large
from transcripts.manifest import FileEntry, Manifest
from transcripts.readers import check
from transcripts.zips import MOST_ZIP_BYTES, is_zip, unpack

_NOT_IN_ZIP = "the manifest in the zip names it, but it is not there"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in: its name as people know it, and how to get its bytes."""

    name: str
    load: Callable[[], bytes]
    manifest: Manifest | None = None
    """What the zip it came in says of its files."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How names and identifiers are looked for on the way in, and what was decided of them."""

    decisions: Decisions
    ner_model: str | None = None


@dataclass
class Expanded:
    """Files with zips opened: those to read, (name, why) of those passed over, zips refused."""

    files: list[Incoming] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    refused: list[GreenshootsError] = field(default_factory=list)


@dataclass
class Collected:
    """What came of a collection, file by file."""

    added: list[Ingested] = field(default_factory=list)
    already: list[Ingested] = field(default_factory=list)
    refused: list[GreenshootsError] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """What stood in zips and was passed over, and why."""
    seen: list[str] = field(default_factory=list)
    """The name of every file that was dealt with."""
    unheard: list[str] = field(default_factory=list)
    """Transcripts that were there already, so what a manifest says of them was not applied."""


def expanded(files: Iterable[Incoming]) -> Expanded:
    """The files, each zip replaced by what is in it; a bad zip costs only itself."""
    opened = Expanded()
    for file in files:
        if not is_zip(file.name):
            opened.files.append(file)
            continue
        try:
            unpacked = unpack(file.name, file.load())
        except GreenshootsError as error:
            opened.refused.append(error)
        else:
            opened.files += [Incoming(f.name, f.load, unpacked.manifest) for f in unpacked.files]
            told = [*unpacked.skipped, *((name, _NOT_IN_ZIP) for name in unpacked.missing)]
            opened.skipped += [(f"{file.name}/{name}", why) for name, why in told]
    return opened


def collect(
    store: Store,
    study_id: int,
    files: Iterable[Incoming],
    *,
    manifest: Manifest | None = None,
    kind: str | None = None,
    finding: Finding | None = None,
    told: Callable[[str], None] = lambda _name: None,
) -> Collected:
    """Take files in one by one; `told` hears each file's name when it has been dealt with.

    `finding` says how names are looked for; without it nobody looks.
    """
    outcome = Collected()
    for file in files:
        entry = entry_of(file, manifest)
        try:
            took = take(
                store, study_id, file.name, file.load(), entry=entry, kind=kind, finding=finding
            )
        except GreenshootsError as error:
            outcome.refused.append(error)
        else:
            (outcome.added if took.added else outcome.already).append(took)
            if not took.added and (manifest or file.manifest):
                outcome.unheard.append(took.name)
        outcome.seen.append(file.name)
        told(file.name)
    return outcome


def entry_of(file: Incoming, manifest: Manifest | None) -> FileEntry | None:
    """What the manifest says of a file, or else the one in the zip it came in."""
    said = (one.rows_for(file.name) for one in (manifest, file.manifest) if one)
    return next(filter(None, said), None)


def take(
    store: Store,
    study_id: int,
    name: str,
    data: bytes,
    *,
    entry: FileEntry | None = None,
    kind: str | None = None,
    finding: Finding | None = None,
) -> Ingested:
    """Read one file and store it whole, or raise RefusedFile and store nothing.

    What a manifest puts off the record, and what was decided of names, is taken out before.
    """
    # A file that belies its name is refused, whether or not its words are here by another.
    check(name, data)
    key = content_key(data)
    with store.reading() as session:
        there = already_there(session, study_id, key)
    if there is not None:
        return there
    reading = read_apart(name, data, survey=entry.survey if entry else None)
    check_all_speak(reading, entry or FileEntry())
    said = said_in(entry or FileEntry(), reading)
    if finding is not None:
        said = replace(said, finds=finding.decisions.of(name, key, reading))
        with store.reading() as session:
            said = with_finds(said, reading, propose(session, study_id, reading, finding.ner_model))
    with store.writing() as session:
        took = store_said(session, study_id, reading, said, key=key, kind=kind)
    return replace(took, undecided=undecided(said)) if took.added else took


def from_disk(path: Path, name: str | None = None) -> Incoming:
    """A file on disk; what can't be opened is refused with a sentence."""

    def load() -> bytes:
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if not is_zip(path.name) and size > MOST_BYTES:
                    raise too_large(name or path.name, size)
                # One byte more than is taken, so that whoever reads can say it is too large.
                return file.read((MOST_ZIP_BYTES if is_zip(path.name) else MOST_BYTES) + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RefusedFile(
                str(path), "", f"it can't be opened ({reason}).", "Check that you may read it."
            ) from None

    return Incoming(name or path.name, load)
