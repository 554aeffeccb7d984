"""The sheets of an Excel workbook, cell by cell: what was saved, nothing calculated.

Read without a library: those for workbooks believe what a sheet claims of its size, and pass over
rows that are out of order and cells that are there twice.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from transcripts.errors import RefusedFile
from transcripts.readers.package_xml import elements, local, parse_part
from transcripts.readers.xlsx_values import (
    Forms,
    day_shown,
    forms_of,
    number_shown,
    unescaped_text,
)
from transcripts.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
"""The last row and column that Excel has."""
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_IN_CELLS = frozenset({"v", "f", "is", "extLst"})
_EDGE = re.compile(r"(?:odd|even|first)(?:Header|Footer)")
_EDGE_CODES = re.compile(r'&(?:[LCRPNDTFAGZ]|"[^"]*"|\d+|[BIUESXYK](?:[0-9A-F]{6})?)')


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows that hold anything, each with its number, and what else it says."""

    title: str
    part: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    """Words outside its cells, and why they are no answers."""
    formulas: int = 0
    """Formulas whose result was not saved."""


@dataclass(slots=True)
class Workbook:
    """The parts of a workbook that its sheets need."""

    name: str
    package: zipfile.ZipFile
    part: str
    root: Element
    strings: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    """Reading aids above strings."""
    used: set[int] = field(default_factory=set)
    forms: Forms = field(default_factory=Forms)
    styles: Element | None = None
    cells: int = 0
    parts: set[str] = field(default_factory=set)
    """The parts that have been read."""

    def sheets(self) -> list[Sheet]:
        """The sheets in the workbook's order. Raises RefusedFile."""
        targets = self._targets()
        listed = [item for item in self.root.iter() if local(item) == "sheet"]
        found: list[Sheet] = []
        for item in listed:
            reference = next((v for k, v in item.items() if k.endswith("}id")), "")
            kind, part = targets.get(reference, ("", ""))
            if kind.endswith("/worksheet"):
                found.append(self._sheet(item.get("name", ""), part))
        return found

    def load(self) -> None:
        """Read the strings and styles that cells refer to."""
        self.parts.add(self.part)
        for kind, part in self._targets().values():
            if kind.endswith("/sharedStrings") and part not in self.parts:
                self._read_strings(part)
            elif kind.endswith("/styles"):
                self.styles = parse_part(self.name, self.package, part)
            else:
                continue
            self.parts.add(part)
        about = next((item for item in self.root if local(item) == "workbookPr"), None)
        old = about is not None and about.get("date1904") in {"1", "true"}
        self.forms = forms_of(self.styles, since_1904=old)

    def unused(self) -> str:
        """Strings that no cell shows, and reading aids above others."""
        left = [text for at, text in enumerate(self.strings) if at not in self.used]
        return " ".join([*left, *self.readings])

    def _targets(self) -> dict[str, tuple[str, str]]:
        """What the workbook's references mean: the kind of part, and the part."""
        folder, _, file = self.part.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        names = set(self.package.namelist())
        if relations not in names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for item in parse_part(self.name, self.package, relations):
            target = item.get("Target") or ""
            part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            if part in names:
                found[item.get("Id") or ""] = (item.get("Type") or "", part)
        return found

    def _read_strings(self, part: str) -> None:
        for item in elements(self.name, self.package, part, {"si"}):
            self.strings.append(unescaped_text(_text_of(item)))
            aid = " ".join(_text_of(run) for run in item if local(run) == "rPh")
            self.readings += [aid] if aid.strip() else []
            item.clear()

    def _sheet(self, title: str, part: str) -> Sheet:
        sheet = Sheet(title, part)
        number = 0
        for element in elements(self.name, self.package, part, {"row", *_WORDED}):
            if local(element) == "row":
                number = self._row(sheet, element, number + 1)
            else:
                sheet.told += _told(element)
            element.clear()
        sheet.rows.sort(key=lambda row: row[0])
        return sheet

    def _row(self, sheet: Sheet, row: Element, expected: int) -> int:
        """Take in one row; its number is given back."""
        number = _whole(row.get("r"), expected)
        if not 1 <= number <= _LAST_ROW:
            raise self._damaged(sheet, f"row {number}")
        cells: dict[int, str] = {}
        column = 0
        strays: list[Element] = [row, *row]
        for cell in row:
            if local(cell) != "c":
                continue
            column = self._column(sheet, cell, column + 1)
            strays += list(cell)
            text = self._text(sheet, cell)
            if text.strip():
                # Two cells in one place: both are kept.
                cells[column] = f"{cells[column]} {text}" if column in cells else text
        stray = " ".join(word for item in strays for word in _stray(item)).strip()
        if stray:
            sheet.told.append((stray, "words outside any cell"))
        if cells:
            self._keep(sheet, number, cells)
        return number

    def _keep(self, sheet: Sheet, number: int, cells: dict[int, str]) -> None:
        width = max(cells)
        self.cells += width
        if len(sheet.rows) >= MOST_ROWS or width > MOST_COLUMNS or self.cells > MOST_CELLS:
            reason = (
                f"at most {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns and {MOST_CELLS:,} "
                "cells are read."
            )
            place = f'sheet "{sheet.title}", row {number}'
            raise RefusedFile(self.name, place, reason, "Split the workbook.")
        sheet.rows.append((number, [cells.get(at, "") for at in range(1, width + 1)]))

    def _column(self, sheet: Sheet, cell: Element, expected: int) -> int:
        place = cell.get("r")
        if place is None:
            return expected
        match = _PLACE.fullmatch(place)
        column = 0
        for letter in match[1] if match else "":
            column = column * 26 + ord(letter) - 64
        if not 1 <= column <= _LAST_COLUMN:
            raise self._damaged(sheet, f"cell {place[:20]}")
        return column

    def _text(self, sheet: Sheet, cell: Element) -> str:
        """What a cell shows."""
        kind, value, formula, inline = cell.get("t", "n"), None, False, ""
        for item in cell:
            name = local(item)
            if name == "v":
                value = item.text
            elif name == "is":
                inline += _text_of(item)
            formula = formula or name == "f"
        sheet.formulas += formula and not value and not inline
        if inline:
            return unescaped_text(f"{inline} {value}" if value else inline)
        return "" if value is None else self._shown(sheet, cell, kind, value)

    def _shown(self, sheet: Sheet, cell: Element, kind: str, value: str) -> str:
        if kind == "s":
            at = _whole(value.strip(), -1)
            if not 0 <= at < len(self.strings):
                raise self._damaged(sheet, f"cell {cell.get('r', '')}")
            self.used.add(at)
            return self.strings[at]
        if kind == "b":
            return {"1": "yes", "0": "no"}.get(value.strip(), value)
        if kind == "d":
            return day_shown(value)
        if kind in {"str", "e", "inlineStr"}:
            return unescaped_text(value)
        form = self.forms.of(cell.get("s"))
        return number_shown(value, form, since_1904=self.forms.since_1904)

    def _damaged(self, sheet: Sheet, place: str) -> RefusedFile:
        reason = "the workbook is damaged, and can't be read."
        where = f'sheet "{sheet.title}", {place}'
        return RefusedFile(self.name, where, reason, "Save it again, or as CSV.")


_WORDED = frozenset(
    ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter",
     "dataValidation", "hyperlink", "scenario", "cfRule", "protectedRange", "filter")
)  # fmt: skip


def _told(element: Element) -> Iterator[tuple[str, str]]:
    """What an element of a sheet that is no row says."""
    name = local(element)
    if _EDGE.fullmatch(name):
        yield _EDGE_CODES.sub(" ", element.text or ""), "text at the head or foot of each page"
        return
    for key in (
        "promptTitle",
        "prompt",
        "errorTitle",
        "error",
        "tooltip",
        "comment",
        "text",
        "val",
    ):
        yield element.get(key, ""), "a hint at a cell"
    for below in element.iter():
        yield from ((words, "a rule for a cell") for words in _quoted(below.text))


def _quoted(formula: str | None) -> list[str]:
    return re.findall(r'"([^"]*)"', formula or "")


def _stray(element: Element) -> Iterator[str]:
    """Text that stands where a sheet has none."""
    name = local(element)
    texts = (None if name in _IN_CELLS else element.text, None if name == "row" else element.tail)
    yield from (text for text in texts if text and not text.isspace())


def _text_of(item: Element) -> str:
    """The text of a string in all its pieces, without the reading aids above it."""
    pieces: list[str] = []
    pending = [item]
    while pending:
        element = pending.pop()
        if local(element) == "t":
            pieces.append(element.text or "")
        pending += [below for below in reversed(element) if local(below) != "rPh"]
    return "".join(pieces)


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else otherwise
