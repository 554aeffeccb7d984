"""Surveys in an Excel workbook: the first sheet that is filled; nothing is calculated."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from html import unescape
from itertools import chain
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from transcripts.errors import RefusedFile
from transcripts.intake import open_package, read_part
from transcripts.readers.csv_survey import survey_of
from transcripts.readers.package_xml import local, parse_part
from transcripts.survey import SurveyColumns
from transcripts.tables import UnreadableTable, table_of
from transcripts.turns import LeftOut, Reading, count_words

MOST_ROWS = 100_000
MOST_COLUMNS = 2_000

_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, ParseError,
            RuntimeError, zipfile.BadZipFile)  # fmt: skip
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_WORDED = re.compile(r"^xl/(?:comments|threadedComments|drawings|charts|diagrams)[^.]*\.xml$")
_PAGE_EDGE = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>(.*?)</", re.DOTALL)
_EDGE_CODES = re.compile(r'&(?:[LCRPNDTFAGZ]|"[^"]*"|\d+|[BIUESXYK](?:[0-9A-F]{6})?)')
_NO_RESULT = re.compile(r"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")

Sheet = tuple[str, list[tuple[int, list[str]]]]


def read_xlsx(name: str, data: bytes, survey: SurveyColumns | None = None) -> Reading:
    """Read a survey from a workbook; without `survey` the columns are told apart by the cells."""
    with open_package(name, data) as package:
        _check_parts(name, package)
        elsewhere = [*_remarks(name, package), *_sheet_edges(name, package)]
    sheets = _sheets(name, data)
    filled = [at for at, (_, rows) in enumerate(sheets) if len(rows) > 1]
    if not filled:
        raise RefusedFile(name, "", "there are no answers below a header in any sheet.")
    title, rows = sheets.pop(filled[0])
    try:
        columns, table = table_of(iter(rows))
    except UnreadableTable as wrong:
        place = f'sheet "{title}", {wrong.place}'
        raise RefusedFile(name, place, wrong.reason, "Give it one header row.") from wrong
    reading = survey_of(name, columns, table, survey)
    others = [_other(other, cells) for other, cells in sheets if cells]
    told = (*reading.left_out, *others, *elsewhere)
    return replace(reading, left_out=told)


def _check_parts(name: str, package: zipfile.ZipFile) -> None:
    """Every part is looked at first, for the library believes what a workbook says of itself."""
    names = package.namelist()
    if "xl/workbook.xml" not in names:
        reason = "the name ends in .xlsx, but there is no Excel workbook in it."
        raise RefusedFile(name, "", reason, "Give it the suffix it should have.")
    for part in names:
        content = read_part(name, package, part).replace(b"\0", b"")
        if part.endswith((".xml", ".rels")) and re.search(rb"<!(?:DOCTYPE|ENTITY)", content):
            reason = "this part defines entities or a DTD, which no document needs."
            raise RefusedFile(name, part, reason, "Save the workbook again.")


def _sheets(name: str, data: bytes) -> list[Sheet]:
    try:
        with warnings.catch_warnings():
            # The library warns of what it would lose on saving; nothing is saved here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                return [(sheet.title, list(_rows(name, sheet))) for sheet in book.worksheets]
            finally:
                book.close()
    except _DAMAGED as broken:
        reason = "the workbook is damaged, and can't be read."
        raise RefusedFile(name, "", reason, "Save it again, or as CSV.") from broken


def _rows(name: str, sheet: object) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that hold anything, each with its number."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):  # type: ignore[attr-defined]
        cells = [_written(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells and (number > MOST_ROWS or len(cells) > MOST_COLUMNS):
            reason = f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns are read."
            raise RefusedFile(name, f"row {number}", reason, "Split the workbook.")
        if cells:
            yield number, cells


def _written(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, a day without its midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")


def _other(title: str, rows: list[tuple[int, list[str]]]) -> LeftOut:
    words = " ".join(chain.from_iterable(cells for _, cells in rows))
    why = "only the first sheet that is filled is read"
    return LeftOut(words, f'sheet "{title}"', why, count_words(words))


def _remarks(name: str, package: zipfile.ZipFile) -> Iterator[LeftOut]:
    """Remarks at cells, and words in boxes and charts."""
    for part in sorted(set(package.namelist())):
        if _WORDED.match(part):
            texts = [e.text for e in parse_part(name, package, part).iter() if _is_text(local(e))]
            words = " ".join(text.strip() for text in texts if text and text.strip())
            why = "a remark at a cell, or words in a box or chart"
            if words:
                yield LeftOut(words, part, why, count_words(words))


def _is_text(kind: str) -> bool:
    return kind in {"t", "text", "v"}


def _sheet_edges(name: str, package: zipfile.ZipFile) -> Iterator[LeftOut]:
    """Page heads and feet, and formulas whose result was not saved."""
    for part in sorted(set(package.namelist())):
        if not _SHEET.match(part):
            continue
        source = read_part(name, package, part).decode("utf-8", "replace")
        for edge in _PAGE_EDGE.findall(source):
            words = _EDGE_CODES.sub(" ", unescape(edge)).strip()
            if words:
                why = "text at the head or foot of each page"
                yield LeftOut(words, part, why, count_words(words))
        unknown = len(_NO_RESULT.findall(source))
        if unknown:
            why = "its result was not saved, and nothing is calculated here"
            yield LeftOut(f"{unknown} × formula", part, why, 0)
