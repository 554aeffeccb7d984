"""Codebooks in and out: a study's own from YAML or CSV, the curated one, and back to YAML."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import PurePath

from codebook.book_check import settle
from codebook.book_csv import read_draft
from codebook.book_faults import Fault, RefusedCodebook, refuse
from codebook.book_yaml import YamlDraft, dump
from codebook.drafts import DraftBook
from codebook.entries import SIDE_FACETS, Book, CodeEntry, Facet

__all__ = [
    "SIDE_FACETS",
    "Book",
    "CodeEntry",
    "Facet",
    "Fault",
    "RefusedCodebook",
    "curated_book",
    "read_book",
    "write_book",
]

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes of a codebook file; thousands of codes fit, and no coder could hold more."""

CURATED_NAME = "Greenshoots"
CURATED_FILES = (
    *("practice.yaml", "conditions.yaml", "early_impact.yaml"),
    *("level.yaml", "journey.yaml"),
)
"""One file a facet, in the order they are read on screen."""


def read_book(name: str, data: bytes) -> Book:
    """The codebook in a file called `name` (.yaml, .yml or .csv).

    Raises RefusedCodebook, each fault naming the file and the line. Where the file gives the
    book no name, its own does.
    """
    draft = _draft(name, data)
    draft.name = draft.name or PurePath(name).stem
    return settle(draft, name)


def write_book(book: Book) -> str:
    """The book as YAML; `read_book` gives an equal book back."""
    return dump(book)


@cache
def curated_book() -> Book:
    """The codebook that comes with Greenshoots, its facets in reading order."""
    whole = DraftBook(CURATED_NAME)
    for file_name in CURATED_FILES:
        data = (resources.files("codebook") / "curated" / file_name).read_bytes()
        part = _draft(file_name, data)
        for code in part.codes:
            code.facet = code.facet or part.facets[0].name
        whole.facets += part.facets
        whole.codes += part.codes
    return settle(whole, "the curated codebook")


def _draft(name: str, data: bytes) -> DraftBook:
    suffix = PurePath(name).suffix.casefold()
    if suffix not in {".yaml", ".yml", ".csv"}:
        reason = f"A codebook can't be read from a {suffix or 'nameless'} file."
        raise refuse(name, "", reason, "Save it as .yaml, .yml or .csv.")
    text = _text(name, data)
    return read_draft(name, text) if suffix == ".csv" else YamlDraft(name, text).read()


def _text(name: str, data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        reason = f"The file has {len(data):,} bytes; a codebook may have {LARGEST_FILE:,}."
        raise refuse(name, "", reason, "Check that this is the codebook and not a transcript.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        place = f"line {data.count(bytes([10]), 0, fault.start) + 1}"
        way_out = "Save it again as UTF-8 (spreadsheets call it “CSV UTF-8”)."
        raise refuse(name, place, "The file is not UTF-8 text.", way_out) from None
    if not text.strip():
        raise refuse(name, "", "The file is empty.", "Bring one with at least one code.")
    return text
