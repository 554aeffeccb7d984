"""A zip of transcripts, taken in as the files inside it.

Nothing is written to disk, so no name in a zip is ever used as a path; one that points elsewhere
refuses the zip all the same, for nobody packs such a thing by mistake.
"""

import stat
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from transcripts.errors import RefusedFile
from transcripts.folders import MANIFEST_NAME, why_not_by_name
from transcripts.intake import (
    MIB,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    ZIP_SUFFIX,
    megabytes,
    open_zip,
    points_outside,
    read_part,
    suffix_of,
    too_large,
)
from transcripts.manifest import Manifest, read_manifest
from transcripts.manifest_entries import file_key
from transcripts.zip_names import MAC_NOTES, Entry, hidden_folder, named_apart, path_of

MOST_ZIP_BYTES = MOST_UNPACKED
"""Largest zip taken in; each file inside is held to `MOST_BYTES`."""

_NOBODY = Manifest("", {})
_LOCKED = 0x1
_WAY_OUT = "Unpack it, and upload the transcripts themselves."


@dataclass(frozen=True, slots=True)
class Inside:
    """A file in a zip: a bare name no other of the zip has, and how to get its bytes."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a zip holds: files to read, (name, why) of those passed over, and its manifest."""

    files: tuple[Inside, ...]
    skipped: tuple[tuple[str, str], ...]
    manifest: Manifest | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Files that the manifest describes and the zip doesn't hold."""
        there = {file_key(file.name) for file in self.files}
        return tuple(name for name in (self.manifest or _NOBODY).files if name not in there)


def is_zip(name: str) -> bool:
    """Whether a file of this name is taken for a zip of transcripts."""
    return suffix_of(name) == ZIP_SUFFIX


def unpack(name: str, data: bytes) -> Unpacked:
    """The files in a zip; each is unpacked when it is loaded, which may raise RefusedFile.

    Raises RefusedFile for a zip beyond the limits, locked or damaged, and RefusedManifest when its
    manifest can't be followed.
    """
    _check_size(name, data)
    package = open_zip(name, data)
    listed = package.infolist()
    # A name may be empty, at which `ZipInfo.is_dir` stumbles.
    entries = [Entry(one, path_of(one)) for one in listed if not one.filename.endswith("/")]
    _check_entries(name, listed, entries)
    manifest, others = _parted(entries)
    wanted, skipped = _told_apart(others)
    _check_sums(name, [*wanted, *([manifest] if manifest else [])], len(data))
    load = partial(_load, name, package)
    files = tuple(Inside(told, partial(load, entry)) for told, entry in named_apart(wanted))
    if not files:
        reason = "there is no transcript in this zip."
        raise RefusedFile(name, "", reason, "Look what it holds: " + _why_none(skipped))
    people = read_manifest(f"{name}/{manifest.path}", load(manifest)) if manifest else None
    return Unpacked(files, tuple(skipped), people)


def _check_size(name: str, data: bytes) -> None:
    if len(data) > MOST_ZIP_BYTES:
        most = MOST_ZIP_BYTES // MIB
        reason = f"the zip has {megabytes(len(data))} MB; at most {most} MB are taken in."
        raise RefusedFile(name, "", reason, "Make two of it.")


def _check_entries(name: str, listed: list[zipfile.ZipInfo], entries: list[Entry]) -> None:
    """Refuse a zip of too many parts, with names that point elsewhere, or with a lock."""
    reason = ""
    if len(listed) > MOST_ENTRIES:
        reason = f"it holds {len(listed):,} parts; at most {MOST_ENTRIES:,} are read."
    elif any(points_outside(info.orig_filename) for info in listed):
        reason = "a part inside the file points outside it."
    elif any(entry.info.flag_bits & _LOCKED for entry in entries):
        reason = "it is locked with a password."
    if reason:
        raise RefusedFile(name, "", reason, _WAY_OUT)


def _check_sums(name: str, wanted: list[Entry], packed: int) -> None:
    """Refuse a zip whose transcripts grow beyond the limits when unpacked."""
    sizes = [entry.info.file_size for entry in wanted if entry.info.file_size <= MOST_BYTES]
    unpacked = sum(sizes)
    reason = ""
    if unpacked > MOST_UNPACKED:
        most = MOST_UNPACKED // MIB
        reason = f"its files unpack to {unpacked // MIB} MB; at most {most} MB are read at once."
    elif unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        reason = f"it grows {unpacked // packed} times when unpacked; at most {MOST_RATIO} pass."
    if reason:
        raise RefusedFile(name, "", reason, _WAY_OUT)


def _parted(entries: list[Entry]) -> tuple[Entry | None, list[Entry]]:
    """The manifest at the top of the zip, or of the one folder it holds, and all other files."""
    plain = [entry for entry in entries if not hidden_folder(entry.path)]
    tops = {entry.path.partition("/")[0] for entry in plain}
    top = f"{tops.pop()}/" if len(tops) == 1 and "/" in plain[0].path else ""
    found = [entry for entry in plain if entry.path == f"{top}{MANIFEST_NAME}"]
    manifest = found[0] if found else None
    return manifest, [entry for entry in entries if entry is not manifest]


def _told_apart(entries: list[Entry]) -> tuple[list[Entry], list[tuple[str, str]]]:
    """The files to read, by path, and the names of the others with the reason."""
    wanted: list[Entry] = []
    skipped: dict[str, str] = {}
    hidden: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda entry: entry.path):
        folder = hidden_folder(entry.path)
        why = _why_not(entry)
        if folder:
            hidden[folder] += 1
        elif why:
            skipped[entry.path] = why
        else:
            wanted.append(entry)
    for folder, count in hidden.items():
        mac = folder.endswith(MAC_NOTES)
        why = "it is what macOS notes about the files" if mac else "it is a hidden folder"
        skipped[f"{folder} ({count} {'file' if count == 1 else 'files'})"] = why
    return wanted, sorted(skipped.items())


def _why_not(entry: Entry) -> str | None:
    if stat.S_ISLNK(entry.info.external_attr >> 16):
        return "it is a link; links are not followed"
    if entry.name == MANIFEST_NAME:
        return "it is a manifest, and only the one at the top of a zip is used"
    if is_zip(entry.name):
        return "it is a zip inside a zip; upload it by itself"
    return why_not_by_name(entry.name)


def _load(name: str, package: zipfile.ZipFile, entry: Entry) -> bytes:
    """One file's bytes; raises RefusedFile where it is too large, damaged or packed oddly."""
    size = entry.info.file_size
    if size > MOST_BYTES:
        raise too_large(name, size, entry.path)
    return read_part(name, package, entry.info)


def _why_none(skipped: list[tuple[str, str]]) -> str:
    told = [f"{path}, {why}" for path, why in skipped[:3]]
    return "; ".join(told) + "." if told else "it is empty."
