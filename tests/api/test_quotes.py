"""The quote bank's pages: what they show, to whom, and what they never hold."""

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from docx import Document
from sqlalchemy import select
from starlette.testclient import TestClient

from capture.models import Appearance, Quote, Theme
from tests.api.conftest import Service
from tests.builders import SAID, Built, build_study
from tests.codebook.bank_study import CASELOADS, HOUR, ROOM, act, add_theme, choose, confirm

AsRole = Callable[[str], TestClient]
HTMX = {"hx-request": "true"}


@pytest.fixture
def bank(service: Service, built: Built) -> str:
    """The address of a bank with every kind of speaker coded in one transcript."""
    with service.store.writing() as session:
        for at in range(len(SAID)):
            confirm(session, built, at, "relational")
        add_theme(session, built, "Time with families", "relational", claim="Time changes all.")
    return f"/studies/{built.study_id}/quotes"


def test_a_report_author_reads_quotes_by_theme_with_what_stands_behind_them(
    as_role: AsRole, bank: str
) -> None:
    page = as_role("report author").get(bank).text
    assert "Time with families" in page
    assert SAID[HOUR][1] in page
    assert "Family practitioner, Brookvale, wave 1" in page
    assert "confirmed by one coder" in page
    assert "2 people are coded the same" in page
    assert "2 passages were held back" in page


def test_no_word_that_may_not_be_quoted_is_on_the_page(as_role: AsRole, bank: str) -> None:
    for role in ("report author", "researcher"):
        page = as_role(role).get(bank).text
        assert SAID[ROOM][1] not in page
        assert SAID[0][1] not in page


def test_an_unattributed_quote_s_page_says_nothing_of_who_spoke(
    service: Service, built: Built, as_role: AsRole
) -> None:
    with service.store.writing() as session:
        confirm(session, built, CASELOADS, "relational")
    for role in ("report author", "researcher"):
        page = as_role(role).get(f"/studies/{built.study_id}/quotes").text
        assert SAID[CASELOADS][1] in page
        for secret in ("Social worker", "Brookvale", "Focus group 1", "group-1.txt", "P2"):
            assert secret not in page
        assert "/transcripts/" not in page.split("<main")[1]


def test_only_those_who_read_transcripts_are_led_to_them(as_role: AsRole, bank: str) -> None:
    assert "in-transcript" not in as_role("report author").get(bank).text
    assert "search/like" not in as_role("report author").get(bank).text
    page = as_role("researcher").get(bank).text
    assert "in-transcript" in page
    alike = re.search(r'href="([^"]+/search/like/\d+)">more like this', page)
    assert alike
    assert "More like this" in as_role("researcher").get(alike[1]).text


def test_a_quote_leads_to_its_place_in_the_transcript(
    as_role: AsRole, built: Built, bank: str
) -> None:
    passage_id = built.passage_ids[HOUR]
    answer = as_role("researcher").get(f"{bank}/{passage_id}/in-transcript")
    assert answer.headers["location"].endswith(
        f"/transcripts/{built.transcript_ids[0]}#p{passage_id}"
    )


def test_coders_don_t_see_the_quote_bank(as_role: AsRole, bank: str) -> None:
    assert as_role("coder").get(bank).status_code == 403
    assert as_role("coder").get(f"{bank}/export").status_code == 403


def test_filters_work_as_a_plain_address_and_as_a_fragment(as_role: AsRole, bank: str) -> None:
    author = as_role("report author")
    page = author.get(f"{bank}?role=Family+practitioner&wave=1&kind=&place=")
    assert SAID[HOUR][1] in page.text
    assert SAID[CASELOADS][1] not in page.text
    part = author.get(f"{bank}?wave=2", headers=HTMX).text
    assert part.lstrip().startswith('<div id="bank"')
    assert "No quote fits these filters." in part


def test_a_filter_that_makes_no_sense_is_answered_with_a_sentence(
    as_role: AsRole, bank: str
) -> None:
    answer = as_role("report author").get(f"{bank}?wave=first")
    assert answer.status_code == 422
    assert "not a number" in answer.text


def test_another_study_s_theme_or_code_is_not_there(
    service: Service, as_role: AsRole, bank: str
) -> None:
    other = service.study("Elsewhere")
    answer = as_role("report author").get(f"{bank}?code={other.codes['relational']}")
    assert answer.status_code == 404
    assert as_role("report author").get(f"{bank}?theme=999").status_code == 404


def test_a_star_chooses_a_quote_and_takes_it_back(
    service: Service, built: Built, as_role: AsRole, bank: str
) -> None:
    author, passage_id = as_role("report author"), built.passage_ids[HOUR]
    form = {"chosen": "yes", "key": f"1-{passage_id}"}
    for _ in range(2):
        assert "★" in author.post(f"{bank}/{passage_id}/chosen", data=form, headers=HTMX).text
    with service.store.reading() as session:
        quote = session.scalars(select(Quote)).one()
        assert (quote.passage_id, quote.chosen_by) == (passage_id, built.users["report author"])
    assert SAID[CASELOADS][1] not in author.get(f"{bank}?chosen=yes").text
    plain = author.post(f"{bank}/{passage_id}/chosen", data={**form, "chosen": "no"})
    assert plain.status_code == 303
    assert plain.headers["location"].startswith(bank)
    with service.store.reading() as session:
        assert session.scalars(select(Quote)).all() == []


@pytest.mark.parametrize("at", [0, ROOM])
def test_words_outside_the_bank_can_t_be_chosen_and_nothing_is_said_of_them(
    as_role: AsRole, built: Built, bank: str, at: int
) -> None:
    address = f"{bank}/{built.passage_ids[at]}/chosen"
    answer = as_role("report author").post(address, data={"chosen": "yes"})
    assert answer.status_code == 404
    assert "withdrawn" not in answer.text
    assert "acilitator" not in answer.text


def test_going_back_after_a_star_never_leads_elsewhere(
    as_role: AsRole, built: Built, bank: str
) -> None:
    form = {"chosen": "yes", "back": "//evil.example/"}
    answer = as_role("researcher").post(f"{bank}/{built.passage_ids[HOUR]}/chosen", data=form)
    assert answer.headers["location"].startswith(bank)


def test_every_format_is_downloaded_under_a_safe_name(as_role: AsRole, bank: str) -> None:
    author = as_role("report author")
    for ending in ("docx", "csv", "json"):
        answer = author.get(f"{bank}/export?format={ending}")
        assert answer.status_code == 200
        disposition = answer.headers["content-disposition"]
        assert disposition == f'attachment; filename="quotes-walking-with-families.{ending}"'
        assert answer.headers["cache-control"] == "no-store"
    assert author.get(f"{bank}/export?format=exe").status_code == 422


def test_an_export_holds_what_the_page_s_filters_show(as_role: AsRole, bank: str) -> None:
    author = as_role("report author")
    rows = csv.DictReader(
        StringIO(
            author.get(f"{bank}/export?format=csv&role=Family+practitioner").text.lstrip("\ufeff")
        )
    )
    assert [row["quote"] for row in rows if row["quote"]] == [SAID[1][1], SAID[3][1]]
    whole = json.loads(author.get(f"{bank}/export?format=json").content)
    assert whole["held_back"] == {"a facilitator's words": 1, "withdrawn": 1}
    words = [p.text for p in Document(BytesIO(author.get(f"{bank}/export").content)).paragraphs]
    assert SAID[CASELOADS][1] in words


def test_chosen_quotes_are_exported_alone(
    service: Service, built: Built, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        choose(session, built, CASELOADS)
    whole = json.loads(
        as_role("report author").get(f"{bank}/export?format=json&chosen=yes").content
    )
    assert [quote["text"] for quote in whole["quotes"]] == [SAID[CASELOADS][1]]


def test_words_that_look_like_markup_are_shown_as_words(
    service: Service, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        for one in session.scalars(select(Appearance)):
            one.role = '<script>alert("x")</script>'
    page = as_role("report author").get(bank).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_empty_banks_say_the_next_step(service: Service, built: Built, as_role: AsRole) -> None:
    address = f"/studies/{built.study_id}/quotes"
    assert "No quotes yet." in as_role("report author").get(address).text
    with service.store.writing() as session:
        confirm(session, built, ROOM, "relational")
    assert "none may be quoted yet" in as_role("report author").get(address).text


def test_a_large_bank_comes_in_pages(service: Service) -> None:
    with service.store.writing() as session:
        built = build_study(session, "Large")
        for number in range(17):
            add_theme(session, built, f"Theme {number}", "relational")
        for at in (1, 2, 3, 6):
            confirm(session, built, at, "relational")
    author = service.browser(built.users["report author"])
    first = author.get(f"/studies/{built.study_id}/quotes").text
    assert first.count('<article class="quote"') == 50
    assert "Page 1 of 2" in first
    last = author.get(f"/studies/{built.study_id}/quotes?page=7").text
    assert last.count('<article class="quote"') == 18


def test_disputed_codes_are_counted_on_the_page(
    service: Service, built: Built, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        act(session, built, HOUR, "relational", "reject", by="researcher")
    page = as_role("report author").get(bank).text
    assert SAID[HOUR][1] not in page
    assert "1 passage is left out where coders disagree" in page


def test_a_passage_of_several_themes_says_so(
    service: Service, built: Built, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        other = add_theme(session, built, "Who holds the risk", "relational")
        first = session.scalars(select(Theme.id)).first()
    page = as_role("report author").get(f"{bank}?theme={first}").text
    assert f'also under <a href="{bank}?theme={other.id}">Who holds the risk</a>' in page


def test_a_quote_is_stood_under_a_theme_from_the_bank(
    service: Service, built: Built, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        other = add_theme(session, built, "Who holds the risk").id
    form = {"theme_id": str(other), "against": "yes", "back": f"{bank}?wave=1"}
    passage_id = built.passage_ids[HOUR]
    answer = as_role("report author").post(f"{bank}/{passage_id}/theme", data=form)
    assert answer.headers["location"] == f"{bank}?wave=1#q{other}-{passage_id}"
    part = as_role("report author").get(f"{bank}?theme={other}", headers=HTMX).text
    assert part.index("What speaks against it") < part.index(SAID[HOUR][1])
    hidden = f"{bank}/{built.passage_ids[ROOM]}/theme"
    assert as_role("report author").post(hidden, data=form).status_code == 404
