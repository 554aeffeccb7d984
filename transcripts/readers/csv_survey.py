"""Surveys: a row is a respondent, an answer is a turn, its question is context."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.readers.survey_columns import columns_guessed
from transcripts.survey import SurveyColumns
from transcripts.tables import Row, UnreadableTable, read_table
from transcripts.turns import LeftOut, Reading, Turn, count_words

_WAY_OUT = "Export the survey again, with its answers: a header row, and a row a respondent."


def read_csv(name: str, data: bytes, survey: SurveyColumns | None = None) -> Reading:
    """Read a survey; without `survey` the columns are told apart by what stands in them."""
    try:
        columns, rows = read_table(decode(name, data))
    except UnreadableTable as wrong:
        way_out = "Save it as CSV again, with one header row."
        raise RefusedFile(name, wrong.place, wrong.reason, way_out) from wrong
    return survey_of(name, columns, rows, survey)


def survey_of(
    name: str, columns: Sequence[str], rows: Sequence[Row], survey: SurveyColumns | None
) -> Reading:
    """The reading of a survey's rows, from whatever file they came. Raises RefusedFile."""
    if not rows:
        raise RefusedFile(name, "", "there are no answers below the header.", _WAY_OUT)
    chosen = survey or columns_guessed(columns, rows)
    _check_columns(name, columns, chosen)
    reading = _reading(name, rows, chosen, _columns_left_out(columns, rows, chosen))
    return replace(reading, columns=tuple(columns), survey=chosen)


def _check_columns(name: str, columns: Sequence[str], chosen: SurveyColumns) -> None:
    wanted = [chosen.id] if chosen.id is not None else []
    for column in (*wanted, *chosen.attributes, *chosen.questions):
        if column not in columns:
            there = ", ".join(f'"{known}"' for known in columns)
            raise RefusedFile(
                name, "line 1", f'there is no column "{column}".', f"The columns are {there}."
            )
    if not chosen.questions:
        raise RefusedFile(
            name,
            "line 1",
            "no column of this survey is known to hold answers.",
            "Name them in the manifest, under survey_questions.",
        )


def _columns_left_out(
    columns: Sequence[str], rows: Sequence[Row], chosen: SurveyColumns
) -> tuple[LeftOut, ...]:
    used = {chosen.id, *chosen.attributes, *chosen.questions}
    why = "the manifest doesn't name this column as id, attribute or question"
    return tuple(
        LeftOut(column, "column", why, sum(count_words(row.cells[column]) for row in rows))
        for column in columns
        if column not in used
    )


def _reading(
    name: str, rows: Sequence[Row], chosen: SurveyColumns, left_out: tuple[LeftOut, ...]
) -> Reading:
    attributes: dict[str, Mapping[str, str]] = {}
    lines: dict[str, int] = {}
    page = _Page()
    for row in rows:
        respondent = _respondent(name, row, chosen.id, lines)
        attributes[respondent] = {column: row.cells[column] for column in chosen.attributes}
        page.respondent(respondent)
        for question in chosen.questions:
            page.answer(respondent, question, row.cells[question])
    if not page.turns:
        raise RefusedFile(name, "", "nobody answered any of the questions.", _WAY_OUT)
    said = {turn.speaker for turn in page.turns}
    silent = tuple(_silent(who, line) for who, line in lines.items() if who not in said)
    text = page.text()
    return Reading(name, text, tuple(page.turns), left_out + silent, "survey", attributes)


def _silent(respondent: str, line: int) -> LeftOut:
    words = 0 if respondent == _by_line(line) else count_words(respondent)
    return LeftOut(respondent, f"line {line}", "answered none of the questions", words)


def _by_line(line: int) -> str:
    """What a respondent without an id is called."""
    return f"Respondent in line {line}"


def _respondent(name: str, row: Row, identity: str | None, lines: dict[str, int]) -> str:
    given = " ".join(row.cells[identity].split()) if identity is not None else ""
    respondent = given or _by_line(row.line)
    if respondent in lines:
        raise RefusedFile(
            name,
            f"line {row.line}, column {identity}",
            f'"{respondent}" already answered in line {lines[respondent]}.',
            "Give every row an id of its own.",
        )
    lines[respondent] = row.line
    return respondent


class _Page:
    """The survey laid out for reading: a respondent, then each question with the answer below."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._parts: list[str] = []
        self._pending = ""
        self._length = 0

    def respondent(self, respondent: str) -> None:
        self._pending = f"{respondent}\n\n"

    def answer(self, respondent: str, question: str, answer: str) -> None:
        if not answer:
            return
        self._write(f"{self._pending}{question}\n")
        self._pending = ""
        start = self._length
        self._write(answer)
        self.turns.append(Turn(respondent, start, self._length, question=question))
        self._write("\n\n")

    def text(self) -> str:
        return "".join(self._parts).rstrip("\n") + "\n"

    def _write(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)
