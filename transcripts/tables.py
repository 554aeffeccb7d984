"""Comma-separated files, as Excel and survey tools save them: read whole, with line numbers."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

_DELIMITERS = ",;\t|"
LONGEST_CELL = 1_000_000
"""Most characters in one cell."""
MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_CELLS = 1_000_000
"""Most cells in one table, empty ones among them."""

# Excel's own first line, which says what parts the cells.
_SEPARATOR_LINE = re.compile(r"\s*sep=([,;|\t])[ \t]*(?:\n|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its first line in the file, and its cells, trimmed, by column."""

    line: int
    cells: dict[str, str]


class UnreadableTable(Exception):
    """A table that can't be read: the place and the reason, for the caller to say."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(place, reason)


def read_table(text: str) -> tuple[tuple[str, ...], list[Row]]:
    """The columns of a table and its rows, empty ones passed over. Raises UnreadableTable."""
    return table_of(_numbered(text))


def table_of(rows: Iterator[tuple[int, list[str]]]) -> tuple[tuple[str, ...], list[Row]]:
    """A table of numbered rows, the first of them its header. Raises UnreadableTable."""
    line, header = next(rows, (1, []))
    names = [" ".join(cell.split()) for cell in header]
    while names and not names[-1]:
        names.pop()
    columns = tuple(names)
    _check_header(line, columns)
    table: list[Row] = []
    for number, cells in rows:
        if len(table) >= MOST_ROWS or (len(table) + 1) * len(columns) > MOST_CELLS:
            reason = f"at most {MOST_ROWS:,} rows and {MOST_CELLS:,} cells are read."
            raise UnreadableTable(f"line {number}", reason)
        table.append(_row(number, cells, columns))
    return columns, table


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line it begins on."""
    csv.field_size_limit(LONGEST_CELL)
    said = _SEPARATOR_LINE.match(text)
    sign = said[1] if said else _delimiter(text)
    if said:  # it stays as an empty line, so that the others keep their numbers
        text = "\n" * text.count("\n", 0, said.end()) + text[said.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            raise UnreadableTable(f"line {line}", _plainly(wrong)) from wrong
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _plainly(wrong: csv.Error) -> str:
    if "field larger" in str(wrong):
        return f"a cell here is longer than {LONGEST_CELL:,} characters."
    return "a quotation mark here is not closed, or stands inside a cell that isn't quoted."


def _delimiter(text: str) -> str:
    """The sign that parts most cells of the first row; Excel writes ; where , is a decimal sign."""
    first = text.lstrip("\n").partition("\n")[0]
    return max(
        _DELIMITERS, key=lambda sign: len(next(csv.reader([first[:10_000]], delimiter=sign), []))
    )


def _check_header(line: int, columns: tuple[str, ...]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTable(f"line {line}", f"at most {MOST_COLUMNS:,} columns are read.")
    for at, column in enumerate(columns, start=1):
        if not column:
            raise UnreadableTable(f"line {line}, column {at}", "this column has no name.")
        if column in columns[: at - 1]:
            reason = f'two columns are called "{column}".'
            raise UnreadableTable(f"line {line}, column {at}", reason)


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        reason = f"this row has {len(cells)} cells, the header names {len(columns)} columns."
        raise UnreadableTable(f"line {line}", reason)
    cells = cells + [""] * (len(columns) - len(cells))
    return Row(line, {column: cell.strip() for column, cell in zip(columns, cells, strict=False)})
