"""The quote bank's page and export, for the programme and for the public."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from capture.models import Appearance
from tests.api.conftest import Service
from tests.builders import SAID, Built
from tests.codebook.bank_study import CASELOADS, HOUR, add_theme, confirm, publish

AsRole = Callable[[str], TestClient]
HTMX = {"hx-request": "true"}
WARNING = "agreed only for use inside the programme"


@pytest.fixture
def bank(service: Service, built: Built) -> str:
    """The address of a bank in which P1 agreed to the public, and P2 did not."""
    with service.store.writing() as session:
        for at in range(len(SAID)):
            confirm(session, built, at, "relational")
        add_theme(session, built, "Time with families", "relational")
        publish(session, built, "P1")
    return f"/studies/{built.study_id}/quotes"


def test_the_page_is_for_the_programme_until_one_asks_for_the_public(
    as_role: AsRole, bank: str
) -> None:
    author = as_role("report author")
    inside, public = author.get(bank).text, author.get(f"{bank}?for=public").text
    assert SAID[CASELOADS][1] in inside
    assert 'aria-current="true">the programme</a>' in inside
    assert "may be quoted, without saying who, inside the programme only" in inside
    assert "may be quoted with role, also in public" in inside
    assert SAID[CASELOADS][1] not in public
    assert SAID[HOUR][1] in public
    assert 'aria-current="true">the public</a>' in public
    assert "1 agreed only inside the programme" in public


def test_every_way_on_from_the_public_page_stays_with_the_public(
    as_role: AsRole, bank: str
) -> None:
    page = as_role("report author").get(f"{bank}?for=public").text
    assert f'{bank}/export?for=public&amp;format=docx"' in page
    assert f'{bank}?for=public&amp;theme=1"' in page
    assert '<input type="hidden" name="for" value="public">' in page
    none = as_role("report author").get(f"{bank}?for=public&wave=2", headers=HTMX).text
    assert f'href="{bank}?for=public"' in none


def test_an_export_for_the_public_holds_only_that_and_says_so(as_role: AsRole, bank: str) -> None:
    answer = as_role("report author").get(f"{bank}/export?format=json&for=public")
    name = "quotes-walking-with-families-public.json"
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    whole = json.loads(answer.text)
    assert whole["audience"] == "public"
    assert SAID[CASELOADS][1] not in answer.text
    inside = as_role("report author").get(f"{bank}/export?format=json")
    assert json.loads(inside.text)["audience"] == "inside the programme"
    assert 'filename="quotes-walking-with-families.json"' in inside.headers["content-disposition"]


@pytest.mark.parametrize("page", ["", "/export"])
def test_an_audience_nobody_knows_is_refused(as_role: AsRole, bank: str, page: str) -> None:
    answer = as_role("report author").get(f"{bank}{page}?for=everyone")
    assert answer.status_code == 422
    assert "Say one of: programme, public." in answer.text


def test_nothing_for_the_public_yet_says_the_next_step(
    service: Service, as_role: AsRole, bank: str
) -> None:
    with service.store.writing() as session:
        session.execute(update(Appearance).values(audience="inside the programme"))
    page = as_role("report author").get(f"{bank}?for=public").text
    assert "None of these words may be quoted in public yet." in page
    assert "Show those for the programme" in page


def test_choosing_words_for_the_programme_alone_is_done_and_warned_of(
    as_role: AsRole, built: Built, bank: str
) -> None:
    author = as_role("report author")
    for at, warned in ((HOUR, False), (CASELOADS, True)):
        passage_id = built.passage_ids[at]
        form = {"chosen": "yes", "key": f"1-{passage_id}"}
        said = author.post(f"{bank}/{passage_id}/chosen", data=form, headers=HTMX)
        assert "★" in said.text
        assert (WARNING in said.headers["hx-trigger"]) == warned


def test_choosing_them_in_the_transcript_warns_too(
    as_role: AsRole, built: Built, bank: str
) -> None:
    page = bank.replace("/quotes", f"/transcripts/{built.transcript_ids[0]}/quotes")
    for at, warned in ((HOUR, False), (CASELOADS, True)):
        fields = {"version": 1, "passage": built.passage_ids[at]}
        said = as_role("coder").post(page, data=fields, headers=HTMX)
        assert said.status_code == 200
        assert (WARNING in said.headers["hx-trigger"]) == warned
