"""Which columns of a survey say who answered, which describe them, and which hold answers."""

import re
from collections.abc import Sequence

from transcripts.survey import SurveyColumns
from transcripts.tables import Row
from transcripts.turns import count_words

_ANSWER_WORDS = 4
"""A column whose cells have this many words on average holds answers, not attributes."""
_WHO = r"(?:respondent|response|participant|case|record|user|unique|person)"
_NUMBER = r"(?:ids?|ref(?:erence)?|no|number|code|key)"
_ID_NAME = re.compile(rf"{_NUMBER}|(?:respondent|participant)|{_WHO} {_NUMBER}|#|№")
_SURE_NAME = re.compile(rf"id|(?:respondent|participant)|{_WHO} id")
"""Names of columns that can only be who answered: where one comes twice, the survey is refused."""
_CODE = re.compile(r"([^\W\d_]{1,6})[-_ /]?\d{1,8}")


def columns_guessed(columns: Sequence[str], rows: Sequence[Row]) -> SurveyColumns:
    """Which columns look like the respondent's id, like attributes, and like open answers."""
    identity = _identity(columns, rows)
    others = [column for column in columns if column != identity]
    questions = tuple(column for column in others if _holds_answers(column, rows))
    attributes = tuple(column for column in others if column not in questions)
    return SurveyColumns(identity, attributes, questions)


def _identity(columns: Sequence[str], rows: Sequence[Row]) -> str | None:
    """The column of ids: by its name, or the first where each cell is a code of its own, as R1."""
    named = {column: " ".join(re.sub(r"[_.:]", " ", column.lower()).split()) for column in columns}
    sure = (column for column, name in named.items() if _SURE_NAME.fullmatch(name))
    likely = (
        column
        for column, name in named.items()
        if _ID_NAME.fullmatch(name) and _tells_apart(column, rows)
    )
    coded = (column for column in columns[:1] if _is_coded(column, rows) and column[-1:] != "?")
    return next((column for found in (sure, likely, coded) for column in found), None)


def _tells_apart(column: str, rows: Sequence[Row]) -> bool:
    cells = [" ".join(row.cells[column].split()) for row in rows]
    return all(cells) and len(set(cells)) == len(cells)


def _is_coded(column: str, rows: Sequence[Row]) -> bool:
    codes = [_CODE.fullmatch(row.cells[column].strip()) for row in rows]
    letters = {code[1] for code in codes if code}
    return len(letters) == 1 and all(codes) and _tells_apart(column, rows)


def _holds_answers(column: str, rows: Sequence[Row]) -> bool:
    cells = [row.cells[column] for row in rows if row.cells[column]]
    words = sum(count_words(cell) for cell in cells)
    return column.endswith("?") or (bool(cells) and words >= _ANSWER_WORDS * len(cells))
