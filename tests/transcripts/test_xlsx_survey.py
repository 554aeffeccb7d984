import io
import time
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.transcripts.accounting import said
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.survey import SurveyColumns

HEADER = ["ID", "Role", "What helped?", "What got in the way?"]


def workbook(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_answers_become_turns_and_attributes_are_kept():
    data = saved(
        workbook(
            HEADER, ["R1", "nurse", "Time 😀", "Cafe\u0301\nand نعم"], ["R2", 3.0, None, "No."]
        )
    )
    reading = read("views.xlsx", data)
    assert said(reading) == [("R1", "Time 😀"), ("R1", "Cafe\u0301\nand نعم"), ("R2", "No.")]
    assert [turn.question for turn in reading.turns] == [HEADER[2], HEADER[3], HEADER[3]]
    assert reading.attributes["R2"] == {"Role": "3"}
    assert reading.kind == "survey"
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_a_workbook_and_the_same_rows_as_csv_read_alike():
    rows = [["R1", "nurse", "One: two.", "Three"], ["R2", "teacher", "Four", "five six"]]
    table = "\n".join(",".join(row) for row in [HEADER, *rows])
    by_csv = read("views.csv", table.encode())
    by_xlsx = read("views.xlsx", saved(workbook(HEADER, *rows)))
    assert (by_xlsx.text, by_xlsx.turns) == (by_csv.text, by_csv.turns)


def test_words_planted_elsewhere_are_told():
    book = workbook(HEADER, ["R1", "nurse", "Yes.", "=1+1"])
    book.active["A2"].comment = Comment("planted-remark", "Jo")
    book.active.oddHeader.center.text = "planted-header"
    book.active.evenFooter.left.text = "planted-footer"
    other = book.create_sheet("Notes")
    other.append(["planted-sheet"])
    other.sheet_state = "hidden"
    told = [item.what for item in read("views.xlsx", saved(book)).left_out]
    for words in ("planted-remark", "planted-header", "planted-footer", "planted-sheet"):
        assert any(words in what for what in told), words
    assert "1 × formula" in told


def test_days_numbers_and_ticks_are_written_as_people_read_them():
    row = ["R1", datetime(2021, 5, 4), True, 2.5, "Yes, it was."]  # noqa: DTZ001
    book = workbook(["ID", "Day", "Tick", "Hours", "What helped?"], row)
    reading = read("views.xlsx", saved(book))
    assert reading.attributes["R1"] == {"Day": "2021-05-04", "Tick": "yes", "Hours": "2.5"}


def test_the_first_filled_sheet_is_read_with_the_columns_the_manifest_names():
    book = workbook()
    sheet = book.create_sheet("Answers")
    for row in ([], HEADER, ["R1", "nurse", "Yes.", "No."]):
        sheet.append(row)
    columns = SurveyColumns("ID", ("Role",), ("What helped?",))
    reading = read("views.xlsx", saved(book), survey=columns)
    assert said(reading) == [("R1", "Yes.")]
    assert [(item.what, item.words) for item in reading.left_out] == [
        ("What got in the way?", 1), ("Answers", 1),
    ]  # fmt: skip


def test_ten_thousand_answers_are_read_in_seconds():
    rows = [[f"R{at}", "nurse", f"Answer {at} in some words.", "And."] for at in range(5_000)]
    data = saved(workbook(HEADER, *rows))
    before = time.process_time()
    assert len(read("views.xlsx", data).turns) == 10_000
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no answers"),
        ([HEADER], "no answers"),
        ([["ID", "ID"], ["a", "b"]], "two columns"),
        ([HEADER, [*"abcd", "beyond"]], "5 cells"),
        ([["ID", "Role"], ["a", "b"]], "no column"),
    ],
)
def test_a_sheet_that_is_no_survey_is_refused(rows, reason):
    with pytest.raises(RefusedFile, match=reason):
        read("views.xlsx", saved(workbook(*rows)))


def test_a_workbook_with_entities_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE d [<!ENTITY a "a">]><d>&a;</d>')
    with pytest.raises(RefusedFile, match="DTD"):
        read("views.xlsx", buffer.getvalue())
