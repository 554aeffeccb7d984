import time

import pytest

from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.survey import SurveyColumns
from transcripts.turns import Reading

SURVEY = (
    '\ufeffRef;Place;What helped?;Admin\r\nR1;Salford;"Time,\r\nand a car.";x\r\nR2;Bury;;y\r\n'
)
COLUMNS = SurveyColumns("Ref", ("Place",), ("What helped?",))


def said(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [
        (turn.speaker, turn.question, reading.text[turn.start : turn.end]) for turn in reading.turns
    ]


def test_an_answer_is_a_turn_of_its_respondent_with_the_question_as_context():
    reading = read("survey.csv", SURVEY.encode(), survey=COLUMNS)
    assert said(reading) == [("R1", "What helped?", "Time,\nand a car.")]
    assert reading.kind == "survey"
    assert reading.attributes == {"R1": {"Place": "Salford"}, "R2": {"Place": "Bury"}}


def test_the_text_shows_respondent_and_question_above_the_answer():
    reading = read("survey.csv", SURVEY.encode(), survey=COLUMNS)
    assert reading.text == "R1\n\nWhat helped?\nTime,\nand a car.\n"
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_columns_nobody_named_and_silent_respondents_are_told():
    reading = read("survey.csv", SURVEY.encode(), survey=COLUMNS)
    assert [(item.what, item.where, item.words) for item in reading.left_out] == [
        ("Admin", "column", 2), ("R2", "line 4", 1),
    ]  # fmt: skip


def test_without_a_manifest_columns_are_told_apart_by_what_stands_in_them():
    data = (
        "Response ID,Role,Comment\n7,nurse,We had time to sit with people.\n8,,It was late again.\n"
    )
    reading = read("survey.csv", data.encode())
    assert [turn.speaker for turn in reading.turns] == ["7", "8"]
    assert {turn.question for turn in reading.turns} == {"Comment"}
    assert reading.attributes["7"] == {"Role": "nurse"}


@pytest.mark.parametrize(
    ("column", "cells", "known"),
    [
        ("Ref", ("R1", "R2"), True),
        ("Case no.", ("17", "18"), True),
        ("Who", ("R1", "R2"), True),
        ("Who", ("R1", "S2"), False),
        ("Ref", ("R1", "R1"), False),
        ("Age", ("31", "32"), False),
    ],
)
def test_a_column_that_tells_each_row_from_the_others_is_who_answered(column, cells, known):
    rows = "".join(f"{cell},We had time for families\n" for cell in cells)
    reading = read("survey.csv", f"{column},Why?\n{rows}".encode())
    assert (reading.survey.id == column) is known
    assert [turn.speaker for turn in reading.turns] == (
        list(cells) if known else ["Respondent in line 2", "Respondent in line 3"]
    )


def test_rows_without_an_id_are_named_by_their_line():
    reading = read(
        "s.csv", b"What helped?\nTime.\n", survey=SurveyColumns(None, (), ("What helped?",))
    )
    assert [turn.speaker for turn in reading.turns] == ["Respondent in line 2"]


@pytest.mark.parametrize(
    ("data", "survey", "place", "reason"),
    [
        ("Ref,Why?\nR1,a\n", SurveyColumns("Id", (), ("Why?",)), "line 1", 'no column "Id"'),
        ("Ref,Why?\nR1,a\n", SurveyColumns("Ref"), "line 1", "known to hold answers"),
        ("Ref,Why?\nR1,a\nR1,b\n", None, "line 3, column Ref", "already answered in line 2"),
        ("Ref,Why?\nR1,a,b\n", None, "line 2", "3 cells"),
        ("Ref,Why?\nR1,\n", None, "", "nobody answered"),
    ],
)
def test_a_survey_that_contradicts_itself_is_refused_by_its_place(data, survey, place, reason):
    columns = survey or SurveyColumns("Ref", (), ("Why?",))
    with pytest.raises(RefusedFile) as refused:
        read("survey.csv", data.encode(), survey=columns)
    assert refused.value.place == place
    assert reason in refused.value.reason


def test_a_cell_that_looks_like_a_formula_is_only_words():
    reading = read("s.csv", b"Ref,Why?\nR1,=1+1 because\n")
    assert said(reading)[0][2] == "=1+1 because"


def test_ten_thousand_answers_are_read_in_seconds():
    rows = "".join(f'R{at},nurse,"Answer {at}, in some words.",And.\r\n' for at in range(5_000))
    before = time.process_time()
    reading = read("s.csv", f"ID,Role,What helped?,What didn't?\r\n{rows}".encode())
    assert time.process_time() - before < 10
    assert len(reading.turns) == 10_000
    assert len(reading.attributes) == 5_000
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_the_line_in_which_excel_names_the_separator_is_no_header():
    reading = read("s.csv", b"sep=;\r\nID;Why?\r\nR1;Time, and a car.\r\n")
    assert said(reading) == [("R1", "Why?", "Time, and a car.")]


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [(100_001, 1, "100,000 rows"), (1_000, 1_001, "1,000,000 cells"), (1, 2_001, "2,000 columns")],
)
def test_a_survey_beyond_the_limits_is_refused(rows, columns, reason):
    header = ",".join(f"Why {at}?" for at in range(columns))
    with pytest.raises(RefusedFile, match=reason):
        read("s.csv", (header + "\n" + ("x" + "," * (columns - 1) + "\n") * rows).encode())
