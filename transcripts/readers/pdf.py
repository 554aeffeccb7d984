"""PDF: the words of its pages in order, without what stands on every page."""

import io
import logging
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError, WrongPasswordError

from transcripts.errors import RefusedFile
from transcripts.intake import MIB
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.readers.numbered import without_line_numbers
from transcripts.readers.pdf_leftovers import in_document, on_page
from transcripts.readers.pdf_marks import words_of_page
from transcripts.readers.pdf_pages import flowing, told_once, without_running_heads
from transcripts.turns import LeftOut, Reading, count_words

MOST_PAGES = 2_000
MOST_STREAM = 16 * MIB
"""Most that one part of a PDF, such as the program of a page, may unpack to."""
_LIMITS = Configuration(
    zlib_maximum_output_length=MOST_STREAM,
    lzw_maximum_output_length=MOST_STREAM,
    run_length_maximum_output_length=MOST_STREAM,
    array_based_stream_maximum_output_length=MOST_STREAM,
)
_TROUBLE = re.compile(
    r"Impossible to decode|further form content|Object .* not defined|might not be read"
    r"|ignoring the stream|skipping the entry|Limiting to|Invalid stream|can not be read"
    r"|page tree entry|[Rr]esources are not|contents are not|Data might be wrong|broken line"
    r"|invalid hex string|fontTools is required|Token exceeds"
)
"""What the library says where it goes on without something it can't read."""
_DAMAGED = (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
            RecursionError, AssertionError, OverflowError, NotImplementedError,
            zlib.error, struct.error)  # fmt: skip
_REPLACED = "words for those who can't see what is drawn in their place"
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127))
_LETTERS = _LIGATURES | _CONTROLS | {ord("\xa0"): " ", 12: "\n", 13: "\n"}


def read_pdf(name: str, data: bytes) -> Reading:
    """Read a .pdf file; running heads, page numbers, hyphens at line ends and notes are told."""
    try:
        with _listening() as troubles, apply_configuration(_LIMITS):
            pages, elsewhere = _pages(name, data)
    except LimitReachedError as too_much:
        reason = (
            f"a part of it unpacks to more than {MOST_STREAM // MIB} MB, as no page's words do."
        )
        raise RefusedFile(name, "", reason, "Save it again, or as plain text.") from too_much
    except _DAMAGED as broken:
        reason = "the PDF is damaged, and can't be read."
        way_out = "Save it again, or upload the document it was made from."
        raise RefusedFile(name, "", reason, way_out) from broken
    if not any(line for page in pages for line in page):
        reason = "there are no words in this PDF; its pages may be pictures."
        raise RefusedFile(name, "", reason, "Have its text recognised, or upload the original.")
    if troubles:
        why = "this place in the PDF is damaged, so that words may be missing"
        elsewhere.append(LeftOut(f"{len(troubles)} × place", "document", why, 0))
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
    heads: list[list[str]] = []
    elsewhere: list[LeftOut] = []
    for number, page in enumerate(reader.pages, start=1):
        where, words = f"page {number}", words_of_page(page)
        pages.append(_lines(words.text))
        heads.append(_lines(words.heads))
        if not any(pages[-1]):
            why = "a page without words; it may be a picture"
            elsewhere.append(LeftOut("the page", where, why, 0))
        elsewhere += on_page(page, number)
        elsewhere += _unsaid(words.instead, " ".join([*pages[-1], *heads[-1]]), where)
    return pages, [*told_once(heads), *elsewhere, *in_document(reader)]


def _lines(text: str) -> list[str]:
    # Letters that no text can hold, as fonts without a table give them, become question marks.
    plain = text.translate(_LETTERS).encode("utf-8", "replace").decode()
    return [" ".join(line.split()) for line in plain.split("\n")]


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the library says it can't read; it goes on without, and would not tell otherwise.

    Its words stay here: they may quote the file.
    """
    troubles: list[str] = []
    log, listener = logging.getLogger("pypdf"), logging.Handler()
    listener.emit = lambda record: (  # type: ignore[method-assign]
        troubles.append(record.getMessage()) if _TROUBLE.search(record.getMessage()) else None
    )
    propagated = log.propagate
    log.addHandler(listener)
    log.propagate = False
    try:
        yield troubles
    finally:
        log.removeHandler(listener)
        log.propagate = propagated


def _unsaid(instead: Iterable[str], said: str, where: str) -> Iterator[LeftOut]:
    for words in instead:
        if words not in said:
            yield LeftOut(words, where, _REPLACED, count_words(words))


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
