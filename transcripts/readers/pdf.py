"""PDF: the words of its pages in order, without what stands on every page."""

import io
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError, WrongPasswordError

from transcripts.errors import RefusedFile
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.readers.numbered import without_line_numbers
from transcripts.readers.pdf_pages import flowing, without_running_heads
from transcripts.turns import LeftOut, Reading, count_words

MOST_PAGES = 2_000
_DAMAGED = (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
            RecursionError, AssertionError, OverflowError, NotImplementedError, MemoryError,
            zlib.error, struct.error)  # fmt: skip
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127))
_LETTERS = _LIGATURES | _CONTROLS | {ord("\xa0"): " ", 12: "\n", 13: "\n"}


def read_pdf(name: str, data: bytes) -> Reading:
    """Read a .pdf file; running heads, page numbers, hyphens at line ends and notes are told."""
    try:
        pages, elsewhere = _pages(name, data)
    except _DAMAGED as broken:
        reason = "the PDF is damaged, and can't be read."
        way_out = "Save it again, or upload the document it was made from."
        raise RefusedFile(name, "", reason, way_out) from broken
    if not any(line for page in pages for line in page):
        reason = "there are no words in this PDF; its pages may be pictures."
        raise RefusedFile(name, "", reason, "Have its text recognised, or upload the original.")
    lines, heads = without_running_heads(pages)
    plain, numbers = without_line_numbers("\n".join(lines))
    text, hyphens = flowing(plain.split("\n"))
    turns, left_out = turns_among(text, lines_of(text))
    return Reading(name, text, tuple(turns), (*heads, *numbers, *hyphens, *elsewhere, *left_out))


def _pages(name: str, data: bytes) -> tuple[list[list[str]], list[LeftOut]]:
    """The lines of each page, and what else the file holds."""
    reader = PdfReader(io.BytesIO(data))
    _unlock(name, reader)
    if len(reader.pages) > MOST_PAGES:
        reason = f"it has {len(reader.pages)} pages; at most {MOST_PAGES:,} are read."
        raise RefusedFile(name, "", reason, "Split it.")
    pages: list[list[str]] = []
    elsewhere: list[LeftOut] = []
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text().translate(_LETTERS)
        # Letters that no text can hold, as fonts without a table give them.
        text = text.encode("utf-8", "replace").decode()
        pages.append([" ".join(line.split()) for line in text.split("\n")])
        if not text.strip():
            why = "a page without words; it may be a picture"
            elsewhere.append(LeftOut("the page", f"page {number}", why, 0))
        for words in _remarks(page):
            why = "a remark or a field on the page"
            elsewhere.append(LeftOut(words, f"page {number}", why, count_words(words)))
    why = "a file inside the PDF is not read"
    attached = [LeftOut(file, "document", why, 0) for file in reader.attachments]
    return pages, [*elsewhere, *attached]


def _unlock(name: str, reader: PdfReader) -> None:
    """Open a PDF that is locked against changes only, which needs no password."""
    opened = True
    if reader.is_encrypted:
        opened = False
        with suppress(DependencyError, WrongPasswordError):
            opened = bool(reader.decrypt(""))
    if not opened:
        reason = "the PDF is locked with a password."
        raise RefusedFile(name, "", reason, "Save it without a password.")


def _remarks(page: PageObject) -> Iterator[str]:
    """What people wrote onto a page: remarks, and what stands in the fields of a form."""
    found: Any = page.get("/Annots")
    for reference in found.get_object() if found is not None else ():
        annotation = reference.get_object()
        for key in ("/Contents", "/V"):
            words = annotation.get(key)
            if isinstance(words, str) and words.strip() and not words.startswith("/"):
                yield " ".join(words.encode("utf-8", "replace").decode().split())
