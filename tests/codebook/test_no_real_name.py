"""A real name that was taken out: no table, no result of a job and no file has it any more."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from capture.corrections.taking_out import places_of, replace_words
from capture.draft.accepting import accept
from capture.draft.drafts import said_of, say
from capture.jobs import Bench
from capture.models import Appearance, Code, Job, Passage, Transcript, Vector
from capture.runs.noticing import discover_themes, embed_some
from capture.transcript_view import standing_version
from codebook.beginnings import begin
from codebook.decisions import Verdict, record_act
from codebook.exports import FORMATS
from codebook.learning.job import learn
from codebook.quotes import quote_bank
from codebook.reports import suggestions_report, themes_report
from tests.agreeing import scope_for_all
from tests.builders import build_study
from tests.capture.drafted import decided, drafted, where
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

FILE = "talk with mary_OKAFOR, hill-primary-school.md"
NOTES = """---
about: Mary Okafor, 07700 900123
---
# THE TALK WITH MARY OKAFOR

P1: I met Mary Okafor and Callum at Hill Primary School, and we talked. <!-- MARY OKAFOR, callum -->

## Callum, and what was said between us

P2: She told me between us that she moved, and then we went on. <!-- between us, and no more -->
"""
"""A file that says names in its own name, and beside what was said, in any capitals."""


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
        taken_in(session, study_id)
        drafted(session, "waits for mary okafor.md", NOTES + "More.\n", study_id=study_id)
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


def taken_in(session, study_id):
    """A file that is taken in with all names replaced, and a stretch with a heading off."""
    draft = drafted(session, FILE, NOTES, study_id=study_id)
    text = draft.reading["text"]
    off = (text.index("and we talked"), where(text, "that she moved")[1])
    said = replace(decided(said_of(draft)), name="A talk with MARY okafor", off_record=(off,))
    say(session, draft, said)
    accept(session, study_id, draft.id, made_by=None)


def test_a_name_that_was_taken_out_is_in_no_table_no_result_and_no_file(
    store, settings, analysed_study
):
    # A draft has its file as it is until it is taken in, for researchers alone.
    assert tables_with_names(settings.database) == {"register_entry", "replacement", "draft"}
    with store.reading() as session:
        assert session.scalars(select(Vector)).first() is not None
        made = [json.dumps(themes_report(session, analysed_study), ensure_ascii=False)]
        made.append(json.dumps(suggestions_report(session, analysed_study), ensure_ascii=False))
        bank = quote_bank(session, analysed_study, "A study")
    assert bank.passages > 5
    made += [unpacked(write(bank)) for write, _media in FORMATS.values()]
    assert len(made) == 5
    assert all("[School A]" in words for words in made[1:])
    assert [name for name in REAL for words in made if says(words, name)] == []


def test_a_name_taken_out_after_the_analysis_stays_in_texts_of_before_alone(
    store, settings, analysed_study
):
    with store.writing() as session:
        job = Job(study_id=analysed_study, kind="analysis", state="working")
        job.doing = "Looking for themes"
        session.add(job)
        transcript = session.scalars(select(Transcript).order_by(Transcript.id)).first()
        assert tables_with_names(settings.database, ["motivational"]) > {"segment_words"}
        spans = [place.span for place in places_of(session, transcript, "motivational")]
        number = standing_version(session, transcript).number
        replace_words(
            session,
            transcript,
            "motivational",
            "[word]",
            "name",
            spans=spans,
            version=number,
            made_by=None,
        )
    assert len(spans) == 1
    kept = {"register_entry", "replacement", "transcript_version"}
    assert tables_with_names(settings.database, ["motivational"]) == kept


def says(words: str, name: str) -> bool:
    """Whether a name stands in words, whatever its capitals."""
    return name.casefold() in words.casefold()


def tables_with_names(file: Path, names: Sequence[str] = REAL) -> set[str]:
    """The tables in which a real name stands, whatever the column."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table
            for (table,) in tables.fetchall()
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our tables
            if any(says(str(value), name) for value in row for name in names)
        }


def unpacked(data: bytes) -> str:
    """All the text in a file, of a .docx the text in its parts."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with ZipFile(BytesIO(data)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
