"""The codebook's screens: read by all, curated by coders, brought in and taken away as a file."""

import pytest
from sqlalchemy import select

from capture.models import Code
from codebook.book import curated_book, read_book, write_book
from codebook.curation import codebook_version, install_book, load_book

OWN = b"name,definition,facet\nRelational,How people get on.,Practice\nWaiting,Waiting.,Practice\n"
BAD = b"name,definition\nWaiting,People wait.\nwaiting,\n"


@pytest.fixture
def base(built):
    return f"/studies/{built.study_id}/codebook"


@pytest.fixture
def coder(as_role):
    return as_role("coder")


def version(service, built):
    with service.store.reading() as session:
        return codebook_version(session, built.study_id)


def form(**fields):
    return {"name": "Waiting", "facet": "practice", "definition": "People wait."} | fields


def test_a_report_author_reads_the_codebook_but_is_not_offered_to_change_it(as_role, base, built):
    author = as_role("report author")
    page = author.get(base).text
    assert "What people say about relational." in page
    assert "It is only mentioned." in page
    assert "/edit" not in page
    assert "/review" not in page
    for path in ("/add", "/bring", f"/codes/{built.codes['relational']}/edit"):
        assert author.get(base + path).status_code == 403
    assert author.post(base + "/codes", data=form()).status_code == 403


def test_each_code_says_what_rests_on_it(coder, base):
    page = coder.get(base).text
    assert "1 suggestion<" in page
    assert "no codings" in page


def test_finding_looks_at_names_and_definitions(coder, base):
    page = coder.get(base, params={"find": "Caseloads"}).text
    assert "Time and caseloads" in page
    assert "What people say about leadership." not in page
    assert "No code has these words" in coder.get(base, params={"find": "nothing"}).text


def test_adding_a_code_makes_a_version_that_the_history_tells(service, coder, base, built):
    answer = coder.post(base + "/codes", data=form(examples=["Six weeks, they said.", ""]))
    assert answer.status_code == 303
    assert version(service, built) == 2
    assert "Six weeks, they said." in coder.get(base).text
    assert "Added the code “Waiting”." in coder.get(base + "/versions").text


def test_a_form_that_is_refused_keeps_what_was_typed(service, coder, base, built):
    answer = coder.post(base + "/codes", data=form(name="Leadership", use_when="Kept words."))
    assert answer.status_code == 409
    assert "There is a code called “Leadership” already." in answer.text
    assert "Kept words." in answer.text
    answer = coder.post(base + "/codes", data=form(definition=""))
    assert answer.status_code == 422
    assert "needs a definition" in answer.text
    assert version(service, built) == 1


def test_a_change_over_a_colleagues_is_refused_with_both_kept(service, coder, base, built):
    with service.store.writing() as session:
        install_book(session, built.study_id, load_book(session, built.study_id))
    address = f"{base}/codes/{built.codes['leadership']}"
    mine = {"name": "Leadership", "facet": "conditions", "seen_version": "2"}
    assert coder.post(address, data=mine | {"definition": "Theirs."}).status_code == 303
    answer = coder.post(address, data=mine | {"definition": "Mine."})
    assert answer.status_code == 409
    assert "while you were writing" in answer.text
    assert "Mine." in answer.text


def test_an_older_version_stays_readable_after_a_code_is_retired(service, coder, base, built):
    coder.post(base + "/codes", data=form())
    with service.store.reading() as session:
        code_id = session.scalar(select(Code.id).where(Code.name == "Waiting"))
    coder.post(f"{base}/codes/{code_id}/retire", data={"why": "nobody used it"})
    assert "1 retired code" in coder.get(base).text
    assert "Retired “Waiting”: nobody used it." in coder.get(base + "/versions").text
    older = coder.get(base + "/versions/2").text
    assert "People wait." in older
    assert "It stands at version 3 now" in older
    assert coder.get(base + "/versions/99").status_code == 404
    assert coder.post(f"{base}/codes/{code_id}/restore").status_code == 303
    assert version(service, built) == 4


def test_the_download_can_be_brought_in_again(service, as_role, base, built):
    answer = as_role("report author").get(base + "/download")
    assert "attachment" in answer.headers["content-disposition"]
    with service.store.reading() as session:
        present = load_book(session, built.study_id)
    brought = read_book("codebook.yaml", answer.content)
    assert (brought.facets, brought.codes) == (present.facets, present.codes)


def test_bringing_a_book_shows_what_would_change_and_changes_nothing_yet(
    service, coder, base, built
):
    page = coder.post(base + "/bring", files={"file": ("own.csv", OWN)}).text
    assert "Codes: 1 added, 1 changed, 2 retired." in page
    assert "No code would stand in “Conditions” any more." in page
    assert version(service, built) == 1


def test_accepting_a_book_puts_it_in_place_and_keeps_what_goes_on(service, coder, base, built):
    book = write_book(read_book("own.csv", OWN))
    answer = coder.post(base + "/bring/accept", data={"book": book, "seen_version": 1})
    assert answer.status_code == 303
    with service.store.reading() as session:
        assert [code.name for code in load_book(session, built.study_id).codes] == [
            "Relational",
            "Waiting",
        ]
        assert session.get(Code, built.codes["relational"]).definition == "How people get on."
    again = coder.post(base + "/bring/accept", data={"book": book, "seen_version": 1})
    assert again.status_code == 409


def test_a_book_with_faults_is_refused_with_file_and_line(service, coder, base, built):
    answer = coder.post(base + "/bring", files={"file": ("bad.csv", BAD)})
    assert answer.status_code == 422
    assert "bad.csv" in answer.text
    assert "line 3" in answer.text
    assert "Two codes have the name" in answer.text
    answer = coder.post(base + "/bring", data={"source": "own"})
    assert answer.status_code == 422
    assert "No file was chosen" in answer.text
    assert version(service, built) == 1


def test_the_curated_book_can_be_put_in_place(coder, base):
    page = coder.post(base + "/bring", data={"source": "curated"}).text
    assert f"{len(curated_book().codes)} codes in" in page


def test_a_code_of_another_study_is_not_there(service, coder, base):
    theirs = service.study("Another").codes["leadership"]
    assert coder.get(f"{base}/codes/{theirs}/edit").status_code == 404
    assert coder.post(f"{base}/codes/{theirs}", data=form()).status_code == 404
    assert coder.post(f"{base}/codes/{theirs}/retire").status_code == 404


def test_what_a_code_says_is_escaped(coder, base):
    coder.post(base + "/codes", data=form(definition="<img src=x onerror=alert(1)>"))
    assert "<img" not in coder.get(base).text
