"""Cheap checks before a reader opens a file: size, suffix, what the first bytes say, zip limits."""

import io
import math
import re
import stat
import zipfile
from pathlib import PurePosixPath

from transcripts.errors import RefusedFile

MIB = 1024 * 1024
MOST_BYTES = 25 * MIB
"""Largest file taken in."""
MOST_MANIFEST_BYTES = 2 * MIB
"""Largest manifest; it is read in this process, and says a line for a speaker."""
MOST_UNPACKED = 200 * MIB
"""Largest sum of what a packed file (.docx, .odt, .xlsx) unpacks to."""
MOST_RATIO = 50
"""A packed file may grow this many times when unpacked; more is a trap, not a transcript."""
RATIO_COUNTS_FROM = 2 * MIB
"""Below this unpacked size the ratio is not looked at: small parts of empty XML pack very well."""
MOST_ENTRIES = 2_000
"""Most parts inside a packed file."""
MOST_LINES = 300_000
"""Most lines, paragraphs or captions in one file: several hundred hours of talk."""
MOST_WORDS = 1_000_000
"""Most words in one file: a hundred hours of talk, or 10,000 answers of 100 words."""
MOST_MEMORY = 512 * MIB
"""Address space of the process a file is read in."""
MOST_SECONDS = 30
"""Time one file may take to be read, by the clock and by the processor."""
OUT_OF_MEMORY = (
    f"reading it takes more memory than a file is given ({MOST_MEMORY // MIB} MB).",
    "Split it, or save it as plain text and upload that.",
)

_PACKED_SUFFIXES = {
    ".docx": "a Word document",
    ".odt": "an OpenDocument text",
    ".xlsx": "an Excel workbook",
}
_TEXT_SUFFIXES = frozenset({".txt", ".md", ".vtt", ".srt", ".sbv", ".html", ".htm", ".csv"})
ZIP_SUFFIX = ".zip"
"""A zip of transcripts; see `transcripts.zips`."""
_ZIP = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
"""Stands before each entry of a zip's list."""
MOST_LISTED = 100_000
"""More entries than this are not even listed; documents in a zip have lists of their own."""
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What files of other kinds begin with: such a file has been given the wrong suffix.
_BEGINNINGS = (
    (_ZIP, "a packed file (such as .docx, .odt, .xlsx or .zip)"),
    (_OLE, "an old Word or Excel file, or one locked with a password"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x1f\x8b", "a packed file (.gz)"),
)


def suffix_of(name: str) -> str:
    """The suffix that decides the reader, in lower case: ".docx"."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def check_bytes(name: str, data: bytes) -> None:
    """Refuse an empty or too large file, and one whose bytes belie its suffix."""
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise RefusedFile(name, "", "the file is empty.", "Export or save it again.")
    if len(data) > MOST_BYTES:
        raise too_large(name, len(data))
    seems = next((what for start, what in _BEGINNINGS if data.startswith(start)), None)
    if suffix_of(name) in _TEXT_SUFFIXES and seems:
        _refuse_belied(name, seems)
    if suffix_of(name) == ".pdf" and b"%PDF-" not in data[:1024]:
        _refuse_belied(name, seems or "not a PDF")
    if suffix_of(name) == ".rtf" and not data.lstrip().startswith(b"{\\rtf"):
        _refuse_belied(name, seems or "not a rich text file")
    packed = _PACKED_SUFFIXES.get(suffix_of(name))
    if packed and not data.startswith(_ZIP):
        _refuse_belied(name, seems or f"not {packed}")


def too_large(name: str, size: int, place: str = "") -> RefusedFile:
    """What refuses a file of more than `MOST_BYTES`; `size` is all of it, in bytes."""
    reason = f"the file has {megabytes(size)} MB; at most {MOST_BYTES // MIB} MB are read."
    way_out = "Split it, or save it as plain text without pictures."
    return RefusedFile(name, place, reason, way_out)


def megabytes(size: int) -> str:
    """A size in MB that is never less than it is: one byte more than 25 MB are 25.1."""
    return f"{math.ceil(10 * size / MIB) / 10:,.10g}"


def open_package(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a packed document whose listing keeps to the limits; raises RefusedFile."""
    package = open_zip(name, data)
    _check_listing(name, package.infolist(), len(data))
    return package


def open_zip(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a packed file, of whose listing nothing is known yet; raises RefusedFile."""
    signed = data.count(_LISTED)
    if signed > MOST_LISTED:
        reason = f"it lists {signed:,} parts; at most {MOST_ENTRIES:,} are read."
        raise RefusedFile(name, "", reason, "Pack fewer files into one.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as broken:
        raise RefusedFile(
            name,
            "",
            "the file is damaged or cut short: it can't be unpacked.",
            "Save it again, or upload the original.",
        ) from broken


def points_outside(part: str) -> bool:
    """Whether a name in a packed file is the path of something outside it."""
    return bool(_OUTSIDE.search(part))


def read_part(name: str, package: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> bytes:
    """One part of a package; its listed size is not believed. Raises RefusedFile."""
    entry = part if isinstance(part, zipfile.ZipInfo) else package.getinfo(part)
    part, listed = entry.filename, entry.file_size
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        # The other ways of packing may unpack a thousandfold in one step.
        reason = "this part is packed in a way that no document is."
        raise RefusedFile(name, part, reason, "Save or pack it again.")
    try:
        with package.open(entry) as stream:
            content = stream.read(listed + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        reason = "this part is damaged or locked with a password."
        raise RefusedFile(name, part, reason, "Save the document again, unlocked.") from broken
    except MemoryError:
        raise
    except Exception as broken:  # zlib.error and its kin differ by compression
        reason = "this part can't be unpacked."
        raise RefusedFile(name, part, reason, "Save the document again.") from broken
    if len(content) > listed:
        raise RefusedFile(
            name, part, "this part is larger than the file says it is.", "Save it again."
        )
    return content


def _check_listing(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    too_much = ""
    if len(entries) > MOST_ENTRIES:
        too_much = f"it holds {len(entries)} parts; at most {MOST_ENTRIES} are read"
    elif unpacked > MOST_UNPACKED:
        too_much = f"it unpacks to {unpacked // MIB} MB; at most {MOST_UNPACKED // MIB} are read"
    elif unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        too_much = f"it grows {unpacked // packed} times when unpacked; at most {MOST_RATIO} pass"
    if too_much:
        raise RefusedFile(name, "", f"{too_much}.", "Save it as plain text and upload that.")
    _check_entries(name, entries)


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that point elsewhere, are packed as no document's are, or share a name."""
    seen: set[str] = set()
    for entry in entries:
        place, reason = "", ""
        if points_outside(entry.filename):
            reason = "a part inside the file points outside it."
        elif stat.S_ISLNK(entry.external_attr >> 16):
            reason = "a part inside the file is a link to something else."
        elif entry.filename in seen:
            place = entry.filename
            reason = "two parts inside the file have this name, and only one can be meant."
        if reason:
            raise RefusedFile(name, place, reason, "Save the document again.")
        seen.add(entry.filename)


def _refuse_belied(name: str, seems: str) -> None:
    suffix = suffix_of(name)
    raise RefusedFile(
        name,
        "",
        f"the name ends in {suffix}, but this is {seems}.",
        "Open it in the program it came from and save it in a format that is read.",
    )
