"""Names in a zip: read as they were meant, and told apart without their folders."""

import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from transcripts.intake import suffix_of
from transcripts.manifest_entries import file_key

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""
MAC_NOTES = "__MACOSX"
"""The folder in which macOS packs what it notes about the files."""
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as the zip lists it, and its path as a person would write it."""

    info: zipfile.ZipInfo
    path: str

    @property
    def name(self) -> str:
        """Its bare name."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folders it is in, "" at the top."""
        return self.path.rpartition("/")[0]


def path_of(info: zipfile.ZipInfo) -> str:
    """The path as it was meant: a name without the mark of UTF-8 is often UTF-8 even so."""
    written = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        # The library decodes such names as cp437, which gives every byte a letter of its own.
        try:
            written = written.encode("cp437").decode("utf-8")
        except UnicodeError:
            written = info.orig_filename
    visible = "".join(one if one.isprintable() else "\ufffd" for one in written)
    return visible.replace("\\", "/").strip("/ ")


def hidden_folder(path: str) -> str:
    """The first folder of a path that is nobody's transcripts; "" where there is none."""
    parts = path.split("/")
    for at, part in enumerate(parts[:-1]):
        if part == MAC_NOTES or part.startswith("."):
            return "/".join(parts[: at + 1])
    return ""


def named_apart(entries: Sequence[Entry]) -> list[tuple[str, Entry]]:
    """Each file with its bare name; files of one name with the folder they are in, or a number.

    A folder that all files are in says nothing and is left away.
    """
    levels = zip(*(entry.folder.split("/") for entry in entries), strict=False)
    common = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    times = Counter(_same(entry.name) for entry in entries)
    taken: Counter[str] = Counter()
    named: list[tuple[str, Entry]] = []
    for entry in entries:
        several = times[_same(entry.name)] > 1
        mark = ", ".join(entry.folder.split("/")[common:]) if several else ""
        told = first = _marked(entry.name, mark)
        while _same(told) in taken:
            # How often a name was wanted is the number of the next file of it.
            taken[_same(first)] += 1
            told = _marked(entry.name, f"{mark} {taken[_same(first)]}".strip())
        taken[_same(told)] += 1
        named.append((told, entry))
    return named


def shortened(name: str) -> str:
    """A file's name of at most `LONGEST_NAME` characters, with the suffix it had."""
    return name if len(name) <= LONGEST_NAME else _marked(name, "")


def _marked(name: str, mark: str) -> str:
    """ "talk.docx" and "north" as "talk (north).docx", not too long."""
    stem = name[: len(name) - len(suffix_of(name))]
    suffix = name[len(stem) :][: LONGEST_NAME // 4]
    mark = f" ({mark[-LONGEST_NAME // 2 :]})" if mark else ""
    return f"{stem[: LONGEST_NAME - len(mark) - len(suffix)]}{mark}{suffix}"


def _same(name: str) -> str:
    """A name as compared: some systems tell neither case nor composition apart."""
    return file_key(name).casefold()
