"""Looking for candidate themes again: said when it is worth it, seen before it is done."""

import pytest
from sqlalchemy import delete, select

from capture.models import (
    CandidateMember,
    CandidateTheme,
    Discovery,
    Job,
    Segment,
    Study,
    Suggestion,
)
from capture.runs.offering import offer
from tests.codebook.test_theme_runs import run_after

HTMX = {"HX-Request": "true"}


@pytest.fixture
def base(built):
    return f"/studies/{built.study_id}/candidates"


def seen(service, later=()):
    """Say that all segments were found with, but for some that came later."""
    with service.store.writing() as session:
        run = session.scalars(select(Discovery.id)).one()
        for row in session.scalars(select(Segment)):
            row.seen_in, row.came_later = run, row.passage_id in later


def test_the_list_says_whether_another_look_is_worth_it(service, as_role, built, base):
    seen(service)
    page = as_role("researcher").get(base).text
    assert "No segment has come since these themes were found." in page
    assert "Looking again would find the same." in page
    later = built.passage_ids[6:]
    seen(service, later)
    page = as_role("researcher").get(base).text
    assert "4 new segments since these themes were found; each is near one." in page
    assert "Looking again may shift others, as 50 % of the text came later." in page
    with service.store.writing() as session:
        for row in session.scalars(
            select(CandidateMember).where(CandidateMember.passage_id.in_(later))
        ):
            session.delete(row)
    page = as_role("researcher").get(base).text
    assert "4 are near none. Looking again would likely add up to 2 themes" in page


def test_a_coder_reads_the_account_but_does_not_ask(service, as_role, base):
    seen(service)
    assert 'name="what"' not in as_role("coder").get(base).text
    assert as_role("coder").post(f"{base}/look-again", data={"what": "preview"}).status_code == 403
    assert as_role("coder").get(f"{base}/changes").status_code == 200
    with service.store.reading() as session:
        assert session.scalars(select(Job)).all() == []


def test_looking_again_asks_for_a_preview_first(service, as_role, built, base):
    answer = as_role("researcher").post(f"{base}/look-again", data={"what": "preview"})
    assert (answer.status_code, answer.headers["location"]) == (303, base)
    with service.store.reading() as session:
        assert session.get(Study, built.study_id).look_again == "preview"
    again = as_role("researcher").post(f"{base}/look-again", data={"what": "apply"})
    assert again.status_code == 409
    assert "An analysis is under way." in again.text
    assert as_role("researcher").post(f"{base}/look-again", data={"what": "x"}).status_code == 422


def test_a_preview_that_waits_is_shown_and_may_be_left(service, as_role, built, base):
    with service.store.writing() as session:
        run_after(session, built, "previewed")
    assert "See what would change" in as_role("researcher").get(base).text
    page = as_role("researcher").get(f"{base}/changes").text
    assert "What looking again would change" in page
    assert "1 would be kept (1 with other passages), 1 new, 1 gone." in page
    assert "the long drive" in page
    assert "Change the themes so" in page
    as_role("researcher").post(f"{base}/look-again", data={"what": "leave"})
    assert "See what would change" not in as_role("researcher").get(base).text


def test_a_run_is_read_and_undone(service, as_role, built, base):
    seen(service)
    with service.store.writing() as session:
        run = run_after(session, built).id
        session.get(CandidateTheme, built.candidate_ids[1]).superseded = True
    assert "What the last look changed" in as_role("researcher").get(base).text
    page = as_role("researcher").get(f"{base}/changes").text
    assert "most of them are in “time with families”" in page
    answer = as_role("researcher").post(f"{base}/changes/undo", data={"run": run})
    assert answer.status_code == 303
    with service.store.reading() as session:
        assert not session.get(CandidateTheme, built.candidate_ids[1]).superseded
        assert session.get(Discovery, run).state == "undone"
    assert as_role("researcher").post(f"{base}/changes/undo", data={"run": run}).status_code == 409


def test_what_was_found_near_a_decided_theme_is_looked_at_and_added(service, as_role, built, base):
    coder, (first, second) = as_role("coder"), built.candidate_ids
    coder.post(f"{base}/{first}/map", data={"code_id": built.codes["relational"]})
    with service.store.writing() as session:
        run = session.scalars(select(Discovery.id)).one()
        near = session.scalars(
            select(CandidateMember.passage_id).where(CandidateMember.candidate_id == second)
        ).all()[:2]
        offer(session, first, dict.fromkeys(near, 0.7), run)
    page = coder.get(f"{base}/{first}?state=all").text
    assert "2 passages were found near it since." in page
    assert "+ 2 to look at" in page
    panel = coder.get(f"{base}/{first}/additions", headers=HTMX).text
    assert panel.count('type="checkbox"') == 2
    form = {"shown": [str(one) for one in near], "passage": [str(near[0])]}
    answer = coder.post(f"{base}/{first}/additions", data=form, headers=HTMX)
    assert "found near it since" not in answer.text
    assert "Undo: added to" in answer.text
    with service.store.reading() as session:
        assert session.get(CandidateMember, (first, near[0])) is not None
        assert session.get(CandidateMember, (first, near[1])) is None


def test_the_account_of_a_first_look_says_that_there_is_nothing_to_compare(as_role, base):
    page = as_role("researcher").get(f"{base}/changes").text
    assert "This was the first look at the study" in page


def test_before_an_analysis_the_account_says_the_next_step(service, as_role, built, base):
    with service.store.writing() as session:
        for table in (Suggestion, CandidateMember, CandidateTheme, Discovery):
            session.execute(delete(table))
    page = as_role("researcher").get(f"{base}/changes").text
    assert "nothing has been analysed" in page
    assert f'href="/studies/{built.study_id}"' in page
    answer = as_role("researcher").post(f"{base}/look-again", data={"what": "preview"})
    assert answer.status_code == 409
