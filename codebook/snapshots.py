"""A codebook as it is kept with each version: plain values that read back to the same book."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from codebook.entries import Book, CodeEntry, Facet


def snapshot_of(book: Book, ids: Mapping[str, int]) -> dict[str, Any]:
    """The book as JSON values; `ids` has the row of each code's key, which decisions point at."""
    return {
        "name": book.name,
        "facets": [asdict(facet) for facet in book.facets],
        "codes": [{"id": ids[code.key], **_plain(code)} for code in book.codes],
    }


def book_of(snapshot: Mapping[str, Any]) -> Book:
    """The book that a snapshot keeps; an empty snapshot is a book without codes."""
    return Book(
        name=snapshot.get("name", ""),
        facets=tuple(Facet(**facet) for facet in snapshot.get("facets", ())),
        codes=tuple(_entry(code) for code in snapshot.get("codes", ())),
    )


def code_in(snapshot: Mapping[str, Any], code_id: int) -> CodeEntry | None:
    """The code of this row as the snapshot has it, if it was in the book then."""
    for code in snapshot.get("codes", ()):
        if code["id"] == code_id:
            return _entry(code)
    return None


def _plain(code: CodeEntry) -> dict[str, Any]:
    values = asdict(code)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _entry(plain: Mapping[str, Any]) -> CodeEntry:
    values: dict[str, Any] = {
        field.name: tuple(plain[field.name])
        if isinstance(plain[field.name], list)
        else plain[field.name]
        for field in fields(CodeEntry)
    }
    return CodeEntry(**values)
