"""From paths a person names to the files to read, and those passed over with the reason."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcripts.errors import UnknownPath
from transcripts.intake import ZIP_SUFFIX, suffix_of
from transcripts.readers import READABLE

MANIFEST_NAME = "manifest.csv"
"""A file of this name in a folder is taken for its manifest, never for a survey."""
TAKEN = READABLE | {ZIP_SUFFIX}
"""Suffixes of the files that are taken in, in lower case: those that are read, and zips of them."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that isn't read, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Files to read and files passed over, each sorted by path."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def list_files(paths: Sequence[Path], *, manifest: Path | None = None) -> Listing:
    """The files below `paths`, each once; raises UnknownPath for a path that isn't there."""
    files: set[Path] = set()
    skipped: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise UnknownPath(f'There is no file or folder "{path}".', way_out="Check the path.")
        for file in _below(path) if path.is_dir() else [path]:
            why = _why_not(file, manifest)
            if why is None:
                files.add(file)
            else:
                skipped[file] = why
    told = tuple(Skipped(path, skipped[path]) for path in sorted(skipped))
    return Listing(tuple(sorted(files)), told)


def describes_the_folder(name: str) -> bool:
    """Whether a file of this name tells about the others, as README.md does."""
    return Path(name).stem.upper() == "README"


def why_not_by_name(name: str) -> str | None:
    """Why a file of this bare name is passed over; None when it is taken in."""
    if name.startswith((".", "~$")):
        return "it is hidden, or a lock file of an open document"
    if describes_the_folder(name):
        return "it describes the folder"
    if suffix_of(name) not in TAKEN:
        return f"files that end in {suffix_of(name) or 'nothing'} are not read"
    return None


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder; links to folders are not followed."""
    for parent, folders, names in os.walk(folder):
        # A hidden folder (.git, .Trash) is nobody's transcripts and is not gone through.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in names)


def _why_not(file: Path, manifest: Path | None) -> str | None:
    if file.name == MANIFEST_NAME or (manifest is not None and _same(file, manifest)):
        return "it is the manifest"
    if file.is_symlink():
        return "it is a link; links are not followed"
    if not file.is_file():
        return "it is not a plain file"
    return why_not_by_name(file.name)


def _same(file: Path, other: Path) -> bool:
    return other.exists() and file.samefile(other)
