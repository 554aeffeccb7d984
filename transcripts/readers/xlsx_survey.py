"""Surveys in an Excel workbook: the first sheet that is filled; nothing is calculated."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from transcripts.errors import RefusedFile
from transcripts.intake import open_package
from transcripts.readers.csv_survey import survey_of
from transcripts.readers.office import embedded, main_part
from transcripts.readers.package_leftovers import leftovers
from transcripts.readers.package_xml import parse_part
from transcripts.readers.xlsx_sheets import Sheet, Workbook
from transcripts.readers.xlsx_values import words_in_forms
from transcripts.survey import SurveyColumns
from transcripts.tables import UnreadableTable, table_of
from transcripts.turns import LeftOut, Reading, count_words

_PROGRAM = re.compile(r"/(?:theme|_rels|persons)/|/(?:calcChain|metadata)\.xml$")
"""Parts without words of their own."""
_WAY_OUT = "Export the survey again, with its answers: a header row, and a row a respondent."
_NAME = "the name of a sheet"
_UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|hoja|blad|foglio)\s?\d*", re.IGNORECASE)


def read_xlsx(name: str, data: bytes, survey: SurveyColumns | None = None) -> Reading:
    """Read a survey from a workbook; without `survey` the columns are told apart by the cells."""
    with open_package(name, data) as package:
        main = main_part(name, package, "xl/workbook.xml")
        if main is None:
            reason = "the name ends in .xlsx, but there is no Excel workbook in it."
            raise RefusedFile(name, "", reason, "Give it the suffix it should have.")
        book = Workbook(name, package, main, parse_part(name, package, main))
        book.load()
        sheets = book.sheets()
        told = list(_told(package, book, sheets))
    filled = next((sheet for sheet in sheets if len(sheet.rows) > 1), None)
    if filled is None:
        raise RefusedFile(name, "", "there are no answers below a header in any sheet.", _WAY_OUT)
    try:
        columns, table = table_of(iter(filled.rows))
    except UnreadableTable as wrong:
        place = f'sheet "{filled.title}", {wrong.place.replace("line", "row")}'
        raise RefusedFile(name, place, wrong.reason, "Give it one header row.") from wrong
    reading = survey_of(name, columns, table, survey)
    others = [_other(sheet) for sheet in sheets if sheet is not filled and sheet.rows]
    return replace(reading, left_out=(*reading.left_out, *others, *told))


def _other(sheet: Sheet) -> LeftOut:
    words = " ".join(chain.from_iterable(cells for _, cells in sheet.rows))
    why = "only the first sheet that is filled is read"
    return LeftOut(words, f'sheet "{sheet.title}"', why, count_words(words))


def _told(package: zipfile.ZipFile, book: Workbook, sheets: list[Sheet]) -> Iterator[LeftOut]:
    """What the workbook says outside the cells of its sheets."""
    for sheet in sheets:
        where = f'sheet "{sheet.title}"'
        yield from _left(("" if _UNNAMED.fullmatch(sheet.title) else sheet.title), where, _NAME)
        for words, why in sheet.told:
            yield from _left(words, where, why)
        if sheet.formulas:
            why = "its result was not saved, and nothing is calculated here"
            yield LeftOut(f"{sheet.formulas} × formula", where, why, 0)
    yield from _left(book.unused(), "workbook", "kept in the file, but in no cell")
    if book.styles is not None:
        yield from _left(words_in_forms(book.styles), "workbook", "words in the form of a number")
    read = {sheet.part for sheet in sheets} | book.parts
    others = {
        part: parse_part(book.name, package, part)
        for part in sorted(package.namelist())
        if part.endswith((".xml", ".vml")) and part not in read and not _PROGRAM.search(part)
    }
    others.pop("[Content_Types].xml", None)
    yield from leftovers(others, set())
    yield from embedded(package, {*others, *read}, _PROGRAM)


def _left(words: str, where: str, why: str) -> Iterator[LeftOut]:
    words = " ".join(words.split())
    if count_words(words):
        yield LeftOut(words, where, why, count_words(words))
