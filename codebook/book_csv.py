"""Codebooks in CSV, one code a row, under the column names people already use."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from codebook.book_faults import Fault, RefusedCodebook, refuse
from codebook.drafts import DraftBook, DraftCode, DraftFacet, same_name, tidy_name, tidy_text

COLUMNS = {
    "name": ("name", "code", "code name", "label", "title"),
    "definition": ("definition", "description", "code definition", "code description", "meaning"),
    "key": ("key", "id", "code id"),
    "facet": ("facet", "category", "group", "dimension"),
    "takes_stance": ("takes stance", "stance"),
    "parent": ("parent", "parent code", "broader"),
    "use_when": ("use when", "when to use", "use", "inclusion", "inclusion criteria", "include"),
    "not_when": (
        *("not when", "when not to use", "do not use", "do not use when"),
        *("exclusion", "exclusion criteria", "exclude"),
    ),
    "examples": ("example", "examples"),
    "counter_examples": ("counter example", "counter examples", "non example", "non examples"),
}
"""Each field with the column headings it may stand under; case and punctuation don't matter."""

_MEANING = {heading: field for field, headings in COLUMNS.items() for heading in headings}
_LISTS = frozenset({"examples", "counter_examples"})
_WAY_OUT = "docs/codebook.md shows a whole codebook in CSV. Nothing of this file was kept."

Row = tuple[int, dict[str, list[str]]]


def read_draft(file_name: str, text: str) -> DraftBook:
    """The draft a CSV text stands for; raises RefusedCodebook naming line and column."""
    lines = _lines(file_name, text)
    header = next(lines, None)
    if header is None:
        raise refuse(file_name, "", "The file is empty.", _WAY_OUT)
    fields = _header(file_name, *header)
    rows = [_row(file_name, fields, number, cells) for number, cells in lines]
    return DraftBook(name="", facets=_facets(file_name, rows), codes=[_code(row) for row in rows])


def _lines(file_name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    began = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield began, cells
            began = reader.line_num + 1
    except csv.Error as fault:
        reason = f"The row that begins here can't be read as CSV ({fault})."
        way_out = "Look for a quotation mark that is opened and never closed. " + _WAY_OUT
        raise refuse(file_name, f"line {began}", reason, way_out) from None


def _delimiter(text: str) -> str:
    """Comma, or what spreadsheets write elsewhere: the one the first written line has most of."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=heading.count)


def _header(file_name: str, line: int, cells: Sequence[str]) -> list[str]:
    """The field each column stands for."""
    fields: list[str] = []
    for number, cell in enumerate(cells, start=1):
        place = f"line {line}, column {number}"
        field = _MEANING.get(_heading(cell))
        if field is None:
            heading = f"The column “{tidy_name(cell)}”" if cell.strip() else "A column with no name"
            reason = f"{heading} is not one a codebook has. It may have: {', '.join(COLUMNS)}."
            raise refuse(file_name, place, reason, _WAY_OUT)
        if field in fields and field not in _LISTS:
            first = tidy_name(cells[fields.index(field)])
            reason = f"The columns “{first}” and “{tidy_name(cell)}” both mean “{field}”."
            raise refuse(file_name, place, reason, "Keep one of them. " + _WAY_OUT)
        fields.append(field)
    for needed in ("name", "definition"):
        if needed not in fields:
            reason = f"No column gives the codes' {needed}. It may be headed: "
            reason += f"{', '.join(COLUMNS[needed])}."
            raise refuse(file_name, f"line {line}", reason, _WAY_OUT)
    return fields


def _heading(cell: str) -> str:
    """The heading's words alone, without the number of “Example 2”."""
    words = re.sub(r"[\W_]+", " ", same_name(cell)).strip()
    return re.sub(r"^((?:counter |non )?examples?) ?\d+$", r"\1", words)


def _row(file_name: str, fields: Sequence[str], line: int, cells: Sequence[str]) -> Row:
    """The row's cells by field; refuses words that stand under no heading."""
    if any(cell.strip() for cell in cells[len(fields) :]):
        reason = f"This row has {len(cells)} cells under {len(fields)} headings."
        way_out = "Put cells that hold commas into quotation marks. " + _WAY_OUT
        raise refuse(file_name, f"line {line}", reason, way_out)
    row: dict[str, list[str]] = {}
    for field, cell in zip(fields, cells, strict=False):
        if cell.strip():
            row.setdefault(field, []).append(cell)
    return line, row


def _facets(file_name: str, rows: Sequence[Row]) -> list[DraftFacet]:
    """The facets the rows name, in order of first use; every row of one must agree on stance."""
    facets: dict[str, DraftFacet] = {}
    faults: list[Fault] = []
    for line, row in rows:
        name = _name(row, "facet")
        stance = _stance(file_name, line, row)
        if not name:
            continue
        place = f"line {line}"
        facet = facets.setdefault(
            same_name(name), DraftFacet(place, name, takes_stance=bool(stance))
        )
        if stance is not None and stance != facet.takes_stance:
            reason = f"The facet “{name}” takes a stance here, or not, unlike at {facet.place}."
            faults.append(Fault(place, reason))
    if faults:
        raise RefusedCodebook(file_name, faults, "Say the same on every row of a facet.")
    return list(facets.values())


def _stance(file_name: str, line: int, row: dict[str, list[str]]) -> bool | None:
    word = _name(row, "takes_stance").casefold()
    if word in {"yes", "true", "1", "y"}:
        return True
    if word in {"no", "false", "0", "n"}:
        return False
    if word:
        reason = f"“takes_stance” is “{word}”; it may be yes, no or empty."
        raise refuse(file_name, f"line {line}", reason, _WAY_OUT)
    return None


def _code(row: Row) -> DraftCode:
    line, cells = row
    return DraftCode(
        place=f"line {line}",
        name=_name(cells, "name"),
        key=_name(cells, "key"),
        facet=_name(cells, "facet"),
        parent=_name(cells, "parent"),
        definition=_text(cells, "definition"),
        use_when=_text(cells, "use_when"),
        not_when=_text(cells, "not_when"),
        examples=_list(cells, "examples"),
        counter_examples=_list(cells, "counter_examples"),
    )


def _name(cells: dict[str, list[str]], field: str) -> str:
    return tidy_name(" ".join(cells.get(field, [])))


def _text(cells: dict[str, list[str]], field: str) -> str:
    return tidy_text("\n".join(cells.get(field, [])))


def _list(cells: dict[str, list[str]], field: str) -> tuple[str, ...]:
    """One text a line of each cell."""
    lines = (line for cell in cells.get(field, []) for line in tidy_text(cell).split("\n"))
    return tuple(filter(None, (line.strip() for line in lines)))
