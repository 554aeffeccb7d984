"""The register's screen: researchers read real names there, and nobody else does anywhere."""

import re

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from api.routes import routers
from capture.models import RegisterEntry, Replacement, Transcript, TranscriptVersion
from capture.names.register import replacements_of
from capture.transcript_view import find_transcript, standing_version
from tests.api.conftest import Service
from tests.builders import Built
from tests.capture.drafted import drafted
from tests.capture.test_register import stored

REAL = ("Okafor", "Callum", "Hill Primary School", "Brayfold", "07700 900123")


@pytest.fixture
def transcript_id(service: Service, built: Built) -> int:
    """A transcript out of which names were taken."""
    with service.store.writing() as session:
        return stored(session, built.study_id, off="by the way").id


def base(built: Built) -> str:
    return f"/studies/{built.study_id}/register"


def entry_of(service: Service, name: str) -> RegisterEntry | None:
    with service.store.reading() as session:
        return session.scalar(select(RegisterEntry).where(RegisterEntry.name == name))


def test_researchers_see_each_name_with_what_stands_for_it_and_where(as_role, built, transcript_id):
    page = as_role("researcher").get(base(built)).text
    assert "An aid, not anonymisation." in page
    for words in ("Hill Primary School", "[School A]", "once in 1 transcript"):
        assert words in page
    assert f"/register/log/{transcript_id}?entry=" in page


def test_an_empty_register_says_the_next_step(as_role, built):
    page = as_role("admin").get(base(built)).text
    assert "No real name is kept yet." in page
    assert f'href="{base(built)}/bring"' in page
    assert "Nothing was taken out" in as_role("admin").get(f"{base(built)}/log").text


@pytest.mark.parametrize("role", ["coder", "report author"])
def test_the_room_is_not_even_named_to_others(as_role, built, role):
    home = as_role(role).get(f"/studies/{built.study_id}").text
    assert "/register" not in home
    assert as_role(role).get(base(built)).status_code == 403


def test_a_name_is_added_and_stands_in_the_store(service, as_role, built):
    form = {"name": "Rowan Ashby", "kind": "person", "stands_as": "P1", "also": "Ro; Ashy"}
    answer = as_role("researcher").post(base(built), data=form)
    assert answer.status_code == 303
    entry = entry_of(service, "Rowan Ashby")
    assert (entry.stands_as, entry.also, entry.created_by) == (
        "[P1]",
        ["Ro", "Ashy"],
        built.users["researcher"],
    )
    assert entry.participant_id is not None


def test_what_will_not_do_is_refused_on_the_page_with_what_was_typed(as_role, built):
    browser = as_role("researcher")
    form = {"name": "Rowan", "kind": "person", "stands_as": "P1"}
    browser.post(base(built), data=form)
    again = browser.post(base(built), data={**form, "name": "Robin"})
    assert again.status_code == 409
    assert "[P1] stands for “Rowan” already." in again.text
    assert 'value="Robin"' in again.text
    assert browser.post(base(built), data={"name": "", "kind": "person"}).status_code == 422


def test_a_name_is_changed_and_its_page_says_that_texts_stay(
    service, as_role, built, transcript_id
):
    entry = entry_of(service, "Hill Primary School")
    browser = as_role("researcher")
    page = browser.get(f"{base(built)}/{entry.id}").text
    assert "[School A] stands once in 1 transcript already, and stays there." in page
    form = {"name": entry.name, "kind": entry.kind, "stands_as": "School Z", "also": ""}
    assert browser.post(f"{base(built)}/{entry.id}", data=form).status_code == 303
    assert entry_of(service, "Hill Primary School").stands_as == "[School Z]"
    with service.store.reading() as session:
        version = standing_version(session, find_transcript(session, built.study_id, transcript_id))
        assert "[School A]" in version.text


@pytest.mark.usefixtures("transcript_id")
def test_a_removed_name_can_be_put_back_from_the_page_that_says_so(service, as_role, built):
    entry = entry_of(service, "Hill Primary School")
    browser = as_role("researcher")
    page = browser.post(f"{base(built)}/{entry.id}/remove").text
    assert entry_of(service, "Hill Primary School") is None
    form = page[page.index("removed-title") :]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert browser.post(base(built), data=fields).status_code == 303
    back = entry_of(service, "Hill Primary School")
    assert (back.stands_as, back.kind) == ("[School A]", "organisation")
    with service.store.reading() as session:
        rows = session.scalars(select(Replacement).where(Replacement.entry_id == back.id)).all()
    assert [row.original for row in rows] == ["Hill Primary School"]


def test_a_list_is_pasted_or_brought_as_a_file_and_a_wrong_line_adds_nothing(
    service, as_role, built
):
    browser = as_role("researcher")
    pasted = {"pasted": "Rowan Ashby\nTarrow, place\n"}
    assert browser.post(f"{base(built)}/bring", data=pasted).status_code == 303
    assert entry_of(service, "Tarrow").stands_as == "[place A]"
    file = {"file": ("people.csv", "name;kind\nKofi;person\nAma;witch\n")}
    wrong = browser.post(f"{base(built)}/bring", files=file)
    assert wrong.status_code == 422
    assert "Line 3" in wrong.text
    assert entry_of(service, "Kofi") is None


def test_the_log_shows_what_stood_there_and_puts_it_back(service, as_role, built, transcript_id):
    browser = as_role("researcher")
    log = f"{base(built)}/log"
    assert f'href="{log}/{transcript_id}"' in browser.get(log).text
    page = browser.get(f"{log}/{transcript_id}").text
    for words in ("Hill Primary School", "07700 900123", "by the way", "off the record"):
        assert words in page
    with service.store.reading() as session:
        rows = replacements_of(session, transcript_id)
    school = next(row for row in rows if row.original == "Hill Primary School")
    assert f'href="{log}/{school.id}/put-back"' in browser.get(f"{log}/{transcript_id}").text
    assert "<button" not in one_row(browser.get(f"{log}/{transcript_id}").text, "Hill Primary")
    asked = browser.get(f"{log}/{school.id}/put-back").text
    assert "coders read them" in asked
    assert "What becomes of the codings" in asked
    assert "Hill Primary School" in asked
    with service.store.reading() as session:
        assert session.get_one(Transcript, transcript_id).version == 1
    assert browser.post(f"{log}/{school.id}/put-back").status_code == 303
    with service.store.reading() as session:
        versions = session.scalars(
            select(TranscriptVersion)
            .where(TranscriptVersion.transcript_id == transcript_id)
            .order_by(TranscriptVersion.number)
        ).all()
    assert "Hill Primary School" in versions[-1].text
    assert versions[-1].made_by == built.users["researcher"]
    assert browser.post(f"{log}/{school.id}/put-back").status_code == 409


def one_row(page, words):
    """The row of the log that holds these words."""
    return next(row for row in page.split('<li class="taken-row">') if words in row)


def test_words_off_the_record_are_shown_in_the_log_when_asked_for(as_role, built, transcript_id):
    browser = as_role("researcher")
    page = browser.get(f"{base(built)}/log/{transcript_id}").text
    row = one_row(page, "by the way")
    assert "<details><summary>off the record: show the" in row
    assert row.index("</summary>") < row.index("by the way")
    assert page.count("by the way") == 1


def test_names_of_another_study_are_not_there(service, transcript_id):
    entry = entry_of(service, "Callum")
    theirs = service.study()
    browser = service.browser(theirs.users["researcher"])
    for path in (f"/{entry.id}", f"/log/{transcript_id}", f"/log/{transcript_id}?entry={entry.id}"):
        assert browser.get(base(theirs) + path).status_code == 404
    for path in (f"/{entry.id}", f"/{entry.id}/remove", "/log/1/put-back"):
        form = {"name": "X", "kind": "person"}
        assert browser.post(base(theirs) + path, data=form).status_code == 404
    assert entry_of(service, "Callum") is not None


GETS = [
    route
    for router in routers()
    for route in router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
]


QUERIES = ("", "?page=2", "?start=0&end=40&format=csv", "?q=the&at=0")


@pytest.mark.parametrize("role", ["coder", "report author"])
def test_no_page_or_file_of_coders_and_report_authors_has_a_name_that_was_taken_out(
    service, as_role, built, transcript_id, role
):
    with service.store.writing() as session:
        version = standing_version(session, session.get_one(Transcript, transcript_id))
        # Nobody looked for names in what a file holds beside what was said.
        comment = {"what": "ask Mary Okafor", "where": 'sheet "Callum"', "why": "a comment"}
        version.left_out = [{**comment, "words": 3}]
        drafted(session, "Mary Okafor.txt", study_id=built.study_id)
    browser = as_role(role)
    ids = {
        "study_id": built.study_id,
        "transcript_id": transcript_id,
        "candidate_id": built.candidate_ids[0],
        "passage_id": built.passage_ids[0],
        "code_id": next(iter(built.codes.values())),
        "panel": "rename",
    }
    opened, said = 0, ""
    for route in GETS:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: str(ids.get(found[1], 1)), route.path)
        for query in QUERIES:
            answer = browser.get(path + query, follow_redirects=True)
            opened += answer.status_code == 200
            said += answer.text
    assert opened > 40
    assert role != "coder" or "[School A]" in said
    assert [name for name in (*REAL, "by the way", "Deborah Quill") if name in said] == []


def test_a_name_entered_later_is_led_to_its_places_in_stored_texts(as_role, built):
    browser = as_role("researcher")
    standing = f"{base(built)}/standing"
    assert "No real name is kept yet." in browser.get(standing).text
    browser.post(base(built), data={"name": "Nobody Atall", "kind": "person"})
    assert "None of these names stands in a text." in browser.get(standing).text
    browser.post(base(built), data={"name": "Caseloads", "kind": "other", "stands_as": "a name"})
    page = browser.get(standing).text
    form = page[page.index('action="/studies') :]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    address = re.search(r'action="([^"]+/take-out)"', form)[1]
    look = browser.post(address, data={name: fields[name] for name in ("does", "version", "words")})
    assert look.status_code == 200
    assert f"Replace “{fields['words']}”" in look.text
    assert "[a name]" in look.text
