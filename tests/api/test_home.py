"""The study's home: true numbers, the next step for one's role, and the analysis as it goes."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from capture import job_rows
from capture.draft.drafts import add_draft
from capture.models import Appearance, CandidateTheme, Draft, Job, Study
from transcripts.readers import read


def text_of(service, built, role, path=""):
    answer = service.browser(built.users[role]).get(f"/studies/{built.study_id}{path}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.fixture
def built(service):
    return service.study()


def test_the_numbers_are_those_of_the_study(service, built):
    page = text_of(service, built, "researcher")
    assert '<span class="numbers">2</span> transcripts' in page
    assert "10 segments" in page
    assert '<span class="numbers">2</span> candidate themes' in page


def test_every_number_opens_what_it_counts_for_ones_role(service, built):
    here = f'<a class="count" href="/studies/{built.study_id}'
    for role, coded in (
        ("researcher", "/quotes"),
        ("report author", "/quotes"),
        ("coder", "/codebook"),
    ):
        page = text_of(service, built, role)
        assert f'{here}{coded}"><span class="numbers">' in page
        counted = page.count(f'{here}/candidates?state=all"><span class="numbers">2</span>')
        assert counted == (role != "report author")
        for path in re.findall(rf'{re.escape(here)}([^"]*)"', page):
            text_of(service, built, role, html.unescape(path))


def test_a_merged_candidate_counts_as_it_does_in_the_list(service, built):
    with service.store.writing() as session:
        first, second = session.scalars(select(CandidateTheme)).all()
        first.state, first.merged_into_id = "merged", second.id
    assert '<span class="numbers">2</span> candidate themes' in text_of(service, built, "coder")
    assert "all · 2" in text_of(service, built, "coder", "/candidates?state=all")


def test_a_study_with_nothing_in_it_says_the_next_step(service, built):
    browser = service.browser(built.users["researcher"])
    browser.post("/studies", data={"name": "New", "approach": "reflexive"})
    with service.store.reading() as session:
        study_id = session.query(Study).filter_by(name="New").one().id
    page = browser.get(f"/studies/{study_id}").text
    assert "Nothing has been collected yet." in page
    assert f"/studies/{study_id}/upload" in page


def test_a_coder_is_not_sent_where_coders_may_not_go(service, built):
    page = text_of(service, built, "coder")
    for path in ("/upload", "/quotes", "/analyse"):
        assert f"/studies/{built.study_id}{path}" not in page


def test_a_report_author_is_not_sent_to_transcripts_or_review(service, built):
    page = text_of(service, built, "report author")
    for path in ("/transcripts", "/review", "/candidates", "/upload"):
        assert f'href="/studies/{built.study_id}{path}' not in page


def test_asking_twice_for_an_analysis_asks_once(service, built):
    browser = service.browser(built.users["researcher"])
    for _ in range(2):
        assert browser.post(f"/studies/{built.study_id}/analyse").status_code == 303
    with service.store.reading() as session:
        assert session.query(Job).count() == 1
    page = text_of(service, built, "researcher")
    assert "The analysis waits for its turn" in page
    assert "Analyse again" not in page


def test_progress_says_what_is_done_and_asks_again_until_it_is_over(service, built):
    service.browser(built.users["researcher"]).post(f"/studies/{built.study_id}/analyse")
    with service.store.writing() as session:
        job_id = session.query(Job).one().id
        job_rows.begin(session, job_id)
        job_rows.enter_phase(session, job_id, "Looking for candidate themes", 12)
        job_rows.report(session, job_id, 7, 12)
    fragment = text_of(service, built, "coder", "/progress")
    assert "Looking for candidate themes" in fragment
    assert "7 of 12" in fragment
    assert "hx-get" in fragment
    with service.store.writing() as session:
        job_rows.finish(session, job_id, "failed", "The step failed; ask again.")
    ended = text_of(service, built, "coder", "/progress")
    assert "The step failed; ask again." in ended
    assert "hx-get" not in ended


def test_a_transcript_whose_speaker_has_no_role_is_one_to_look_at(service, built):
    assert "everyone has a role" in text_of(service, built, "researcher")
    with service.store.writing() as session:
        session.query(Appearance).filter_by(label="P1").first().role = None
    assert "1 to look at" in text_of(service, built, "researcher")


def test_files_that_wait_are_told_to_researchers_alone(service, built):
    with service.store.writing() as session:
        for name in ("one.txt", "two.txt"):
            data = f"A: Hello from {name}.\n".encode()
            add_draft(session, built.study_id, name, data, read(name, data))
    page = text_of(service, built, "researcher")
    count = f'<a class="count" href="/studies/{built.study_id}/upload#waiting">'
    assert f'{count}<span class="numbers">2</span> files wait to be looked at' in page
    assert "two weeks" not in page
    for path in ("", "/transcripts"):
        assert "wait to be looked at" in text_of(service, built, "researcher", path)
        assert "wait to be looked at" not in text_of(service, built, "coder", path)
    with service.store.writing() as session:
        session.query(Draft).filter_by(file_name="one.txt").one().created_at -= timedelta(days=15)
    assert "1 of them for more than two weeks" in text_of(service, built, "researcher")


def test_what_was_not_analysed_yet_is_offered_for_analysis_with_the_transcripts(service, built):
    offer = "have not been analysed yet"
    assert offer in text_of(service, built, "researcher", "/transcripts")
    assert offer not in text_of(service, built, "coder", "/transcripts")
    service.browser(built.users["researcher"]).post(f"/studies/{built.study_id}/analyse")
    assert offer not in text_of(service, built, "researcher", "/transcripts")
