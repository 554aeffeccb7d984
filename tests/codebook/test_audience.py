"""For whom a bank is made: inside the programme, or the public."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from docx import Document

from capture.errors import Unfit
from capture.store import Store
from codebook.chosen import inside_only
from codebook.exports import FORMATS
from codebook.quotes import Filters, QuoteBank, audience_of, quote_bank
from tests.builders import SAID
from tests.codebook.bank_study import (
    CASELOADS,
    HOUR,
    ROOM,
    add_passage,
    coded_study,
    confirm,
    publish,
)


@pytest.fixture
def banks(store: Store) -> tuple[QuoteBank, QuoteBank]:
    """One study's bank for the programme and for the public, to which only P1 has agreed."""
    with store.writing() as session:
        built = coded_study(session)
        publish(session, built, "P1")
        exchange = add_passage(session, built, HOUR, CASELOADS)
        confirm(session, built, exchange, "leadership")
        return (
            quote_bank(session, built.study_id, "A study"),
            quote_bank(session, built.study_id, "A study", audience="public"),
        )


def everything_in(data: bytes) -> str:
    if data[:2] != b"PK":
        return data.decode()
    with ZipFile(BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_the_public_reads_only_what_was_agreed_for_it(banks: tuple[QuoteBank, QuoteBank]) -> None:
    inside, public = banks
    assert {quote.audience for quote in public.quotes} == {"public"}
    assert {quote.text for quote in public.quotes} == {SAID[HOUR][1], SAID[3][1]}
    assert {quote.passage_id for quote in inside.quotes} > {q.passage_id for q in public.quotes}
    assert public.held["agreed only inside the programme"] == 2
    assert "agreed only inside the programme" not in inside.held


def test_words_of_two_people_travel_as_far_as_the_narrower_agreement(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        publish(session, built, "P1", "P2")
        exchange = add_passage(session, built, 3, ROOM)
        for at in (exchange, add_passage(session, built, 2, 2)):
            confirm(session, built, at, "leadership")
        public = quote_bank(session, built.study_id, "A study", audience="public")
    assert built.passage_ids[exchange] not in {quote.passage_id for quote in public.quotes}
    assert SAID[CASELOADS][1] in {quote.text for quote in public.quotes}


def test_numbers_count_what_is_in_the_bank_they_stand_in(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        publish(session, built, "P2")
        inside = quote_bank(session, built.study_id, "A study")
        public = quote_bank(session, built.study_id, "A study", audience="public")
    (theme,), (theme_outside,) = inside.themes, public.themes
    assert (theme.people, theme_outside.people) == (3, 2)
    assert theme.quotes > theme_outside.quotes == 2
    assert {quote.warrant.people for quote in public.quotes} == {2}


def test_a_bank_says_for_whom_it_was_made(banks: tuple[QuoteBank, QuoteBank]) -> None:
    inside, public = banks
    stays = "2 of its passages may not leave it."
    assert inside.audience_sentence == f"Made for use inside the programme. {stays}"
    assert public.audience_sentence == "Made for the public."


@pytest.mark.parametrize("ending", FORMATS)
def test_every_export_says_for_whom_it_was_made(
    banks: tuple[QuoteBank, QuoteBank], ending: str
) -> None:
    write = FORMATS[ending][0]
    inside, public = (everything_in(write(bank)) for bank in banks)
    assert "Made for use inside the programme." in inside
    assert "Made for the public." in public
    assert "2 agreed only inside the programme" in public
    assert "caseloads crept up" in inside
    assert "caseloads crept up" not in public


def test_every_export_says_of_each_quote_how_far_it_may_travel(
    banks: tuple[QuoteBank, QuoteBank],
) -> None:
    bank = banks[0]
    travels = [quote.audience for quote in bank.quotes]
    assert set(travels) == {"public", "inside the programme"}
    rows = csv.DictReader(StringIO(FORMATS["csv"][0](bank).decode("utf-8-sig"), newline=""))
    assert [row["audience"] for row in rows if row["quote"]] == travels
    facts = json.loads(FORMATS["json"][0](bank))
    assert facts["audience"] == "inside the programme"
    assert [quote["audience"] for quote in facts["quotes"]] == travels
    said = [p.text for p in Document(BytesIO(FORMATS["docx"][0](bank))).paragraphs]
    assert sum("inside the programme only" in one for one in said) == travels.count(
        "inside the programme"
    )


def test_filters_narrow_a_bank_and_never_widen_whom_it_is_for(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        publish(session, built, "P1")
        some = Filters(waves=frozenset({1}))
        part = quote_bank(session, built.study_id, "A study", some, audience="public")
    assert (part.audience, part.narrowed) == ("public", True)
    assert [quote.text for quote in part.quotes] == [SAID[HOUR][1], SAID[3][1]]


def test_words_for_the_programme_alone_are_known_by_their_passage(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        publish(session, built, "P1", "P3")
        known = [inside_only(session, built.study_id, one) for one in built.passage_ids[:5]]
    assert known == [False, False, True, False, False]  # only P2; P3 has withdrawn altogether


@pytest.mark.parametrize("said", ["", "everyone", "Public", "inside the programme"])
def test_an_audience_nobody_knows_is_refused_and_not_guessed(said: str) -> None:
    with pytest.raises(Unfit, match="is no audience"):
        audience_of(said)
