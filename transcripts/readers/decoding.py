"""Bytes to text: the encoding found out, BOM dropped, line ends made LF, nothing else touched."""

import codecs
import re

from charset_normalizer import from_bytes

from transcripts.errors import RefusedFile
from transcripts.intake import MOST_LINES

SAMPLE = 200_000
"""Bytes that are looked at to tell the encoding of a text that is neither UTF-8 nor Western."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WAY_OUT = "Save it as plain text in UTF-8 and upload it again."


def decode(name: str, data: bytes) -> str:
    """The text of a plain file; raises RefusedFile when the bytes are no text."""
    encoding, errors = _encoding_of(data)
    try:
        text = data.decode(encoding, errors)
    except UnicodeDecodeError as wrong:
        place = f"byte {wrong.start + 1:,}"
        reason = "from here on the bytes are no text: the file is damaged, or not plain text."
        raise RefusedFile(name, place, reason, _WAY_OUT) from wrong
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    nothing = text.find("\0")
    if nothing >= 0:
        line = text.count("\n", 0, nothing) + 1
        raise RefusedFile(name, f"line {line}", "there are null bytes in the text.", _WAY_OUT)
    if _controls(text) > 0.01 * len(text):
        raise RefusedFile(name, "", "this is no text: it is full of control characters.", _WAY_OUT)
    if text.count("\n") > MOST_LINES:
        reason = f"it has more than {MOST_LINES:,} lines, which is the most that are read."
        raise RefusedFile(name, "", reason, "Split it.")
    if not text.strip():
        raise RefusedFile(name, "", "there are no words in this file.", "Export it again.")
    return text


def _encoding_of(data: bytes) -> tuple[str, str]:
    """The encoding, and what is done with bytes that don't fit it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, "strict"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = _utf16_by_its_nulls(data)
        if not found and _mostly_utf8(data):
            return "utf-8", _AS_WESTERN
        return found or _legacy_encoding(data), "strict"
    return _utf16_by_its_nulls(data) or "utf-8", "strict"


def _mostly_utf8(data: bytes) -> bool:
    """Whether most letters beyond ASCII are UTF-8's, with some bytes of another file among them."""
    fitting = _beyond_ascii(data.decode("utf-8", "ignore"))
    unfitting = data.decode("utf-8", "replace").count("\ufffd")
    return fitting > unfitting


def _as_western(wrong: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 as Windows-1252 has it; a letter of nothing where that has none."""
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    return wrong.object[wrong.start : wrong.end].decode("cp1252", "replace"), wrong.end


_AS_WESTERN = "greenshoots.western"
codecs.register_error(_AS_WESTERN, _as_western)


def _utf16_by_its_nulls(data: bytes) -> str | None:
    """UTF-16 without a mark shows in Western text: every other byte is null."""
    head = data[: 4096 - len(data) % 2]
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.8 * half and head[::2].count(0) < 0.2 * half:
        return "utf-16-le"
    if half and head[::2].count(0) > 0.8 * half and head[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    return None


def _legacy_encoding(data: bytes) -> str:
    """Windows-1252 where it fits, for that is what British offices save; else what is likeliest."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _reads_western(text):
        return "cp1252"
    best = from_bytes(data[:SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _reads_western(text: str) -> bool:
    """Few characters beyond ASCII, as in English; a text in another script is full of them."""
    return _controls(text) == 0 and _beyond_ascii(text) < 0.15 * len(text)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _controls(text: str) -> int:
    return len(_CONTROL.findall(text))
