"""A real name that was taken out: no table, no result of a job and no file has it any more."""

import json
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from capture.jobs import Bench
from capture.models import Appearance, Code, Passage, Vector
from capture.noticing import discover_themes, embed_some
from capture.people import scope_for_all
from capture.transcript_view import standing_version
from codebook.beginnings import begin
from codebook.decisions import Verdict, record_act
from codebook.exports import FORMATS
from codebook.learning.job import learn
from codebook.quotes import quote_bank
from codebook.reports import suggestions_report, themes_report
from tests.builders import build_study
from tests.capture.test_register import stored

REAL = ("Okafor", "Callum", "Hill Primary", "Brayfold", "07700 900123", "between us")
TALK = tuple(
    ("Mary Okafor" if n % 2 else "P1", f"{words} And Callum, at Hill Primary School, thought so.")
    for n, words in enumerate(
        (
            "We used to knock, tick the box and go, in Brayfold at least, and nobody stayed on.",
            "Now I get a whole hour with mum at the table, and she tells me what she wants.",
            "My caseload went down from thirty to twelve families, so there is time to listen.",
            "The manager sat in on the first visits and asked what would help, between us.",
            "You can ring me on 07700 900123, I told her, and Mrs Okafor did ring, twice.",
            "The grant ends in March and nobody has said what will happen to the posts.",
            "We had training on motivational interviewing, and it changed how I ask.",
            "Health visitors came along to the panel, and the school sent somebody too.",
        )
    )
)


@pytest.fixture
def bench(store, settings, embedder):
    made = Bench(store, settings)
    made._embedder.append(embedder)
    return made


@pytest.fixture
def analysed_study(bench, store) -> int:
    """A study whose one transcript was cleared of names, analysed, and coded throughout."""
    with store.writing() as session:
        study_id = begin(session, "A study").id
        transcript = stored(session, study_id, TALK, off="between us")
        version = standing_version(session, transcript)
        scope_for_all(session, study_id, transcript.id, "quote with role")
        coder = build_study(session, "Another").users["coder"]
    embed_some(bench, study_id, 0)
    discover_themes(bench, study_id, 0)
    learn(bench, study_id, 0)
    with store.writing() as session:
        for row in session.scalars(select(Appearance).where(Appearance.role.is_(None))):
            row.role = "Practitioner"
        code = session.scalars(select(Code.id).where(Code.study_id == study_id)).first()
        passages = select(Passage.id).where(Passage.version_id == version.id)
        for passage_id in session.scalars(passages).all():
            record_act(
                session,
                study_id=study_id,
                user_id=coder,
                passage_id=passage_id,
                verdicts=[Verdict(code, "confirm")],
                outcome="reviewed",
            )
    return study_id


def test_a_name_that_was_taken_out_is_in_no_table_no_result_and_no_file(
    store, settings, analysed_study
):
    assert tables_with_names(settings.database) == {"register_entry", "replacement"}
    with store.reading() as session:
        assert session.scalars(select(Vector)).first() is not None
        made = [json.dumps(themes_report(session, analysed_study), ensure_ascii=False)]
        made.append(json.dumps(suggestions_report(session, analysed_study), ensure_ascii=False))
        bank = quote_bank(session, analysed_study, "A study")
    assert bank.passages > 5
    made += [unpacked(write(bank)) for write, _media in FORMATS.values()]
    assert len(made) == 5
    assert all("[School A]" in words for words in made[1:])
    assert [name for name in REAL for words in made if name in words] == []


def tables_with_names(file: Path) -> set[str]:
    """The tables in which a real name stands, whatever the column."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table
            for (table,) in tables.fetchall()
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our tables
            if any(name in str(value) for value in row for name in REAL)
        }


def unpacked(data: bytes) -> str:
    """All the text in a file, of a .docx the text in its parts."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with ZipFile(BytesIO(data)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
