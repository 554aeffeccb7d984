"""What leaves the house: exact words, harmless cells, and nothing that wasn't agreed."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from capture.models import AttributeValue, StudyAttribute, Theme, ThemePassage, Transcript
from capture.store import Store
from codebook.exports import FORMATS
from codebook.exports.as_csv import COLUMNS, to_csv
from codebook.exports.as_docx import CREDIT, to_docx
from codebook.exports.as_json import QuoteFacts, ThemeFacts, to_json
from codebook.exports.file_names import safe_name
from codebook.quotes import Filters, QuoteBank, quote_bank
from tests.builders import SAID, build_study
from tests.codebook.bank_study import CASELOADS, HOUR, coded_study, confirm

DOCS = Path(__file__).parents[2] / "docs" / "quote-bank.md"


@pytest.fixture
def bank(store: Store) -> QuoteBank:
    """A bank with every kind of speaker, a theme with counter-evidence, and an attribute."""
    with store.writing() as session:
        built = coded_study(session)
        theme = session.query(Theme).one()
        theme.counter_evidence = "Two teams lost the hour again."
        session.add(
            ThemePassage(theme_id=theme.id, passage_id=built.passage_ids[HOUR], against=True)
        )
        attribute = StudyAttribute(study_id=built.study_id, name="innovation")
        session.add(attribute)
        session.flush()
        session.add(
            AttributeValue(
                attribute_id=attribute.id, transcript_id=built.transcript_ids[0], value="Way home"
            )
        )
        session.flush()
        return quote_bank(session, built.study_id, "Walking with families")


@pytest.fixture
def unattributed(store: Store) -> QuoteBank:
    """A bank that holds nothing but one person's words, to be quoted unattributed."""
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, CASELOADS, "relational")
        transcript = session.get_one(Transcript, built.transcript_ids[0])
        transcript.name, transcript.file_name = "Harbour group", "harbour.docx"
        attribute = StudyAttribute(study_id=built.study_id, name="innovation")
        session.add(attribute)
        session.flush()
        session.add(
            AttributeValue(
                attribute_id=attribute.id, transcript_id=transcript.id, value="Lighthouse"
            )
        )
        session.flush()
        return quote_bank(session, built.study_id, "Walking with families")


def rows_of(data: bytes) -> list[dict[str, str]]:
    rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    return [row for row in rows if row["quote"]]


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def everything_in(data: bytes) -> str:
    """All the bytes of an export as text, a DOCX's parts unpacked."""
    if data[:2] != b"PK":
        return data.decode()
    with ZipFile(BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("ending", FORMATS)
def test_unattributed_words_carry_nothing_of_who_spoke(
    unattributed: QuoteBank, ending: str
) -> None:
    held = everything_in(FORMATS[ending][0](unattributed))
    assert "caseloads crept up" in held
    for secret in ("Social worker", "Brookvale", "Harbour", "harbour.docx", "Lighthouse", "P2"):
        assert secret not in held
    assert "innovation" not in held


@pytest.mark.parametrize("ending", FORMATS)
def test_words_held_back_are_in_no_export_and_their_number_is(bank: QuoteBank, ending: str) -> None:
    held = everything_in(FORMATS[ending][0](bank))
    assert "stayed in the room" not in held
    assert "What has changed for you" not in held
    assert "4 passages were held back" in held
    assert "2 withdrawn" in held


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_bank_gives_the_same_bytes(bank: QuoteBank, ending: str) -> None:
    write = FORMATS[ending][0]
    assert write(bank) == write(bank)


def test_the_csv_holds_the_exact_words_and_where_they_stand(bank: QuoteBank) -> None:
    rows = rows_of(to_csv(bank))
    assert [row["quote"] for row in rows] == [quote.text for quote in bank.quotes]
    emoji = next(row for row in rows if "😀" in row["quote"])
    assert emoji["quote"] == SAID[3][1]
    text = "\n\n".join(f"{who}: {said}" for who, said in SAID)
    assert text[int(emoji["start"]) : int(emoji["end"])] == emoji["quote"]
    assert emoji["transcript"] == "Focus group 1"
    assert emoji["innovation"] == "Way home"
    assert emoji["confirmed by"] == "Coder"
    assert [row["for or against"] for row in rows].count("against") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_of_the_csv_is_a_formula(bank: QuoteBank, start: str) -> None:
    said = f'{start}HYPERLINK("x")'
    quote = replace(
        bank.quotes[0],
        **dict.fromkeys(("text", "theme", "code", "role", "place", "transcript", "file"), said),
        attributes={said: said},
        confirmed_by=(said,),
        chosen_by=said,
    )
    data = to_csv(replace(bank, quotes=(quote,), study="=x"))
    for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(start) for cell in row)


def test_the_docx_opens_again_with_the_exact_words_under_its_headings(bank: QuoteBank) -> None:
    document = Document(BytesIO(to_docx(bank)))
    quoted = [p.text for p in document.paragraphs if p.style.name == "Quote"]
    assert sorted(quoted) == sorted(quote.text for quote in bank.quotes)
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert {p.style.name for p in document.paragraphs if "confirmed by" in p.text} == {CREDIT}
    assert headings == ["Time with families", "Practice › Relational", "What speaks against it"]
    texts = paragraphs(to_docx(bank))
    assert "Time changes the talk." in texts
    against = texts.index("What speaks against it")
    assert texts[against + 1 : against + 3] == ["Two teams lost the hour again.", SAID[HOUR][1]]


def test_the_docx_says_who_where_and_who_confirmed(bank: QuoteBank) -> None:
    texts = paragraphs(to_docx(bank))
    credit = texts[texts.index(SAID[3][1]) + 1]
    assert credit.startswith("Family practitioner, Brookvale, wave 1 · Focus group 1")
    assert "innovation: Way home" in credit
    assert "confirmed by Coder on" in credit
    assert re.search(r"passage \d+, \d+–\d+$", credit)


def test_characters_that_word_can_t_hold_don_t_spoil_the_document(bank: QuoteBank) -> None:
    quote = replace(bank.quotes[0], text="We \x00had\x0b it.\ttrue\nno \ufffe less", role="\x1fa")
    texts = paragraphs(to_docx(replace(bank, quotes=(quote,), study="A\x08 study")))
    assert "We had it.\ttrue\nno  less" in texts
    assert "Quote bank: A study" in texts


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_bank_is_a_file_that_says_so(ending: str) -> None:
    assert "Nothing was held back." in everything_in(FORMATS[ending][0](QuoteBank("A study")))


def test_the_json_holds_the_same_facts_with_their_types(bank: QuoteBank) -> None:
    whole = json.loads(to_json(bank))
    fields = ["study", "audience", "themes", "quotes", "held_back", "disputed", "sentence"]
    assert list(whole) == fields
    assert whole["themes"][0]["theme"] == "Time with families"
    assert whole["held_back"] == {"a facilitator's words": 2, "withdrawn": 2}
    for facts, quote in zip(whole["quotes"], bank.quotes, strict=True):
        assert facts["text"] == quote.text
        assert facts["passage"] == quote.reference
        assert set(facts) == set(QuoteFacts.__annotations__)
    assert isinstance(whole["quotes"][0]["start"], int)


def test_a_part_of_the_bank_says_that_it_is_a_part(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        part = quote_bank(session, built.study_id, "A study", Filters(waves=frozenset({1})))
    assert "This is a part of the study's quote bank." in " ".join(paragraphs(to_docx(part)))


@pytest.mark.parametrize(
    ("study", "name"),
    [
        ("Scale and learn", "quotes-scale-and-learn.csv"),
        ('../../etc/"x"\r\nEvil: 1', "quotes-etc-x-evil-1.csv"),
        ("Échelle", "quotes-echelle.csv"),
        ("学び", "quotes.csv"),
        ("x" * 300, f"quotes-{'x' * 60}.csv"),
    ],
)
def test_a_study_s_name_makes_a_safe_file_name(study: str, name: str) -> None:
    assert safe_name(study, "csv") == name


def documented(heading: str) -> list[str]:
    section = DOCS.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Columns of the CSV", list(COLUMNS)),
        ("Fields of the JSON", [*ThemeFacts.__annotations__, *QuoteFacts.__annotations__]),
    ],
)
def test_the_docs_name_every_column(heading: str, names: list[str]) -> None:
    assert documented(heading) == names


def test_each_format_is_written_from_a_quote_bank_alone() -> None:
    for write, media in FORMATS.values():
        assert isinstance(write, Callable)
        assert list(write.__annotations__.values()) == [QuoteBank, bytes]
        assert "/" in media
