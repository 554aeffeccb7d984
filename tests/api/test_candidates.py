"""The candidate themes' screen: what it shows, what acting does, and what it refuses."""

import re

import pytest
from sqlalchemy import delete, func, select

from capture.models import (
    Act,
    CandidateMember,
    CandidateTheme,
    Code,
    Decision,
    Discovery,
    Job,
    Suggestion,
)
from tests.builders import build_study, in_another_list

HTMX = {"HX-Request": "true"}


@pytest.fixture
def coder(as_role):
    return as_role("coder")


@pytest.fixture
def base(built):
    return f"/studies/{built.study_id}/candidates"


def state_of(service, candidate_id):
    with service.store.reading() as session:
        return session.get(CandidateTheme, candidate_id).state


def suggested(service):
    with service.store.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(Suggestion)
            .where(Suggestion.source == "candidate theme")
        )


def last_action(page):
    return int(re.search(r'name="action" value="(\d+)"', page)[1])


def test_the_list_shows_the_first_candidate_with_its_words_and_where_it_was_heard(coder, base):
    page = coder.get(base).text
    assert "We used to knock, tick the box and go." in page
    assert "found in 9 of 10 re-runs" in page
    assert "Brookvale, Harrowmere" in page
    assert "8 segments gave 2 candidate themes." in page
    assert "⚠ one person only" in page


def test_a_candidate_is_opened_as_a_page_and_as_a_fragment(coder, base, built):
    one = f"{base}/{built.candidate_ids[1]}"
    assert "<html" in coder.get(one).text
    fragment = coder.get(one, headers=HTMX).text
    assert 'id="candidate"' in fragment
    assert "<html" not in fragment
    assert "What was said around it" in fragment


def test_words_are_always_escaped(service, coder, base, built):
    with service.store.writing() as session:
        session.get(CandidateTheme, built.candidate_ids[0]).label = "<script>alert(1)</script>"
    assert "<script>alert" not in coder.get(base).text


@pytest.mark.parametrize("panel", ["map", "adopt", "rename", "merge", "split", "dismiss"])
def test_every_panel_opens_with_and_without_javascript(coder, base, built, panel):
    address = f"{base}/{built.candidate_ids[0]}/{panel}"
    assert f"panel-{panel}" in coder.get(address, headers=HTMX).text
    page = coder.get(address).text
    assert f"panel-{panel}" in page
    assert "We used to knock, tick the box and go." in page


def test_mapping_makes_suggestions_and_says_that_nothing_is_coded(service, coder, base, built):
    one = f"{base}/{built.candidate_ids[0]}"
    form = {"code_id": built.codes["relational"]}
    answer = coder.post(f"{one}/map", data=form, headers=HTMX)
    assert answer.status_code == 200
    assert "nothing is coded yet" in answer.headers["hx-trigger"]
    assert 'hx-swap-oob="true"' in answer.text
    assert "was mapped to the code “Relational” by Coder on" in answer.text
    assert suggested(service) == 4
    with service.store.reading() as session:
        for table in (Act, Decision):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_without_javascript_acting_leads_back_to_the_candidate(service, coder, base, built):
    one = f"{base}/{built.candidate_ids[0]}"
    form = {"reason": "about the session itself"}
    answer = coder.post(f"{one}/dismiss?state=all&order=steadiness", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{one}?state=all&order=steadiness"
    assert state_of(service, built.candidate_ids[0]) == "dismissed"


def test_adopting_makes_a_code_that_the_codebook_shows(service, coder, base, built):
    form = {
        "name": "An hour at the table",
        "facet": "practice",
        "definition": "Time to sit with a family.",
    }
    coder.post(f"{base}/{built.candidate_ids[0]}/adopt", data=form)
    with service.store.reading() as session:
        code = session.scalar(select(Code).where(Code.name == "An hour at the table"))
    assert code is not None
    assert "An hour at the table" in coder.get(f"/studies/{built.study_id}/codebook").text


def test_merging_shows_the_one_that_goes_on(service, coder, base, built):
    first, second = built.candidate_ids
    answer = coder.post(f"{base}/{first}/merge", data={"into": second}, headers=HTMX)
    assert f'data-id="{second}"' in answer.text
    assert state_of(service, first) == "merged"
    assert "Took in" in answer.text


def test_a_merge_is_undone_from_the_one_that_goes_on(service, coder, base, built):
    first, second = built.candidate_ids
    merged = coder.post(f"{base}/{first}/merge", data={"into": second}, headers=HTMX).text
    action = re.search(rf'candidates/{first}/undo.*?name="action" value="(\d+)"', merged, re.DOTALL)
    assert action
    fields = {"action": action[1], "back": second}
    answer = coder.post(f"{base}/{first}/undo", data=fields, headers=HTMX)
    assert f'aria-labelledby="candidate-title" data-id="{second}"' in answer.text
    assert "Took in" not in answer.text
    assert [state_of(service, one) for one in (first, second)] == ["undecided", "undecided"]


def test_undoing_a_merge_never_leads_to_another_study(service, coder, base, built):
    first, second = built.candidate_ids
    coder.post(f"{base}/{first}/merge", data={"into": second})
    action = last_action(coder.get(f"{base}/{first}").text)
    theirs = service.study("Elsewhere").candidate_ids[0]
    fields = {"action": action, "back": theirs}
    answer = coder.post(f"{base}/{first}/undo", data=fields, headers=HTMX)
    assert answer.status_code == 404
    assert state_of(service, first) == "merged"


def test_splitting_moves_the_ticked_passages_out(service, coder, base, built):
    first = built.candidate_ids[0]
    with service.store.reading() as session:
        picked = session.scalars(
            select(CandidateMember.passage_id).where(CandidateMember.candidate_id == first)
        ).all()[:2]
    form = {"name": "Apart", "passage": [str(one) for one in picked]}
    answer = coder.post(f"{base}/{first}/split", data=form, headers=HTMX)
    assert "Apart" in answer.text
    assert "split off by hand" in answer.text


def test_what_was_found_before_people_changed_a_theme_is_said_to_be_from_before(coder, base, built):
    first, second = built.candidate_ids
    said = "found in 9 of 10 re-runs, before it was changed by hand"
    assert said not in coder.get(f"{base}/{second}").text
    answer = coder.post(f"{base}/{first}/merge", data={"into": second}, headers=HTMX).text
    assert said in answer
    assert "found in 9 of 10, then changed by hand" in answer
    assert "would fit the others around 1 merge or split made since" in answer  # the line above


def test_a_split_is_undone_from_the_one_that_was_split_off(service, coder, base, built):
    first = built.candidate_ids[0]
    with service.store.reading() as session:
        members = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == first)
        before = set(session.scalars(members))
    form = {"name": "Apart", "passage": [str(min(before))]}
    answer = coder.post(f"{base}/{first}/split", data=form, headers=HTMX).text
    undo = re.search(
        rf'hx-post="({base}/{first}/undo[^"]*)".*?Split off from.*?name="action" value="(\d+)"'
        r'.*?data-key="u"',
        answer,
        re.DOTALL,
    )
    assert undo
    answer = coder.post(undo[1], data={"action": undo[2]}, headers=HTMX).text
    assert f'aria-labelledby="candidate-title" data-id="{first}"' in answer
    assert "Split off from" not in answer
    with service.store.reading() as session:
        assert set(session.scalars(members)) == before


def test_a_split_after_which_something_else_was_done_is_undone_from_the_other_alone(
    service, coder, base, built
):
    first = built.candidate_ids[0]
    with service.store.reading() as session:
        members = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == first)
        one = str(min(session.scalars(members)))
    form = {"name": "Apart", "passage": [one]}
    answer = coder.post(f"{base}/{first}/split", data=form, headers=HTMX).text
    made = re.search(r'id="candidate"[^>]* data-id="(\d+)"', answer)
    assert made
    coder.post(f"{base}/{first}/dismiss", data={"reason": "no"})
    page = coder.get(f"{base}/{made[1]}").text
    assert "Split off from" in page
    assert "Undo the split" not in page


def beside(service, candidate_id, granularity, label, *, members=None):
    """A candidate theme of another list with these, or the same, passages; gives its id."""
    with service.store.writing() as session:
        those = members or members_of(session, candidate_id)
        return in_another_list(session, candidate_id, granularity, those, label).id


def members_of(session, candidate_id):
    asked = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == candidate_id)
    return session.scalars(asked.order_by(CandidateMember.passage_id)).all()


def test_where_the_passages_stand_in_other_lists_and_what_was_decided_there_is_said(
    service, coder, base, built
):
    first = built.candidate_ids[0]
    fine = beside(service, first, "fine", "a twin")
    page = coder.get(f"{base}/{first}").text
    assert "In the other lists" in page
    assert "much the same passages" in page
    said = "What you decide here counts beside that."
    assert said not in page
    coder.post(f"{base}/{fine}/dismiss", data={"reason": "a voice"})
    assert said in coder.get(f"{base}/{first}").text
    with service.store.writing() as session:
        session.get_one(CandidateTheme, first).superseded = True
    assert said not in coder.get(f"{base}/{first}").text


def test_a_theme_is_split_as_a_finer_list_has_it(service, coder, base, built):
    first = built.candidate_ids[0]
    with service.store.reading() as session:
        part = members_of(session, first)[:2]
    fine = beside(service, first, "fine", "a part", members=part)
    coarse = beside(service, first, "coarse", "all of Harrowmere", members=part)
    panel = coder.get(f"{base}/{first}/split", headers=HTMX).text
    assert "Tick what a finer theme has" in panel
    assert "all of Harrowmere" not in panel
    assert " checked" not in panel
    like = coder.get(f"{base}/{first}/split", params={"like": fine}, headers=HTMX).text
    ticked = re.findall(r'value="(\d+)" checked', like)
    assert sorted(map(int, ticked)) == sorted(part)
    assert 'value="a part"' in like
    for other in (coarse, 10**6):
        answer = coder.get(f"{base}/{first}/split", params={"like": other}, headers=HTMX).text
        assert " checked" not in answer


def test_undoing_what_was_in_view_takes_the_suggestions_back(service, coder, base, built):
    one = f"{base}/{built.candidate_ids[0]}"
    coder.post(f"{one}/map", data={"code_id": built.codes["relational"]})
    action = last_action(coder.get(one).text)
    answer = coder.post(f"{one}/undo", data={"action": action}, headers=HTMX)
    assert answer.status_code == 200
    assert state_of(service, built.candidate_ids[0]) == "undecided"
    assert suggested(service) == 0


def test_acting_on_what_a_colleague_has_just_decided_is_a_conflict_in_a_sentence(
    as_role, coder, base, built
):
    one = f"{base}/{built.candidate_ids[0]}"
    as_role("researcher").post(f"{one}/map", data={"code_id": built.codes["relational"]})
    answer = coder.post(f"{one}/dismiss", data={"reason": "no"}, headers=HTMX)
    assert answer.status_code == 409
    assert "was mapped to the code “Relational” by Researcher" in answer.text


def test_what_is_missing_is_said_and_nothing_is_changed(service, coder, base, built):
    one = f"{base}/{built.candidate_ids[0]}"
    assert coder.post(f"{one}/dismiss", data={}).status_code == 422
    assert coder.post(f"{one}/map", data={}).status_code == 422
    assert coder.post(f"{one}/split", data={"name": "Apart"}).status_code == 422
    assert state_of(service, built.candidate_ids[0]) == "undecided"


def test_a_candidate_of_another_study_is_not_there(service, coder, base):
    theirs = service.study("Another").candidate_ids[0]
    assert coder.get(f"{base}/{theirs}").status_code == 404
    assert coder.get(f"{base}/{theirs}/members").status_code == 404
    assert coder.post(f"{base}/{theirs}/dismiss", data={"reason": "no"}).status_code == 404
    assert coder.get(f"{base}/1/nonsense").status_code == 404


def test_a_report_author_does_not_open_candidate_themes(as_role, base):
    assert as_role("report author").get(base).status_code == 403


def test_before_an_analysis_the_next_step_is_said(service, built, coder, base):
    with service.store.writing() as session:
        for table in (Suggestion, CandidateMember, CandidateTheme, Discovery):
            session.execute(delete(table))
    page = coder.get(base).text
    assert "nothing has been analysed" in page
    assert f'href="/studies/{built.study_id}"' in page
    with service.store.writing() as session:
        session.add(Job(study_id=built.study_id, kind="analyse", state="running", done=3, total=9))
    assert "3 of 9" in coder.get(base).text


def test_when_all_is_decided_the_list_says_so(coder, base, built):
    for one in built.candidate_ids:
        coder.post(f"{base}/{one}/dismiss", data={"reason": "no"})
    page = coder.get(base).text
    assert "Nothing waits for a decision here" in page
    assert "caseloads crept up" in coder.get(f"{base}?state=dismissed").text


def test_members_are_read_page_by_page(coder, base, built):
    page = coder.get(f"{base}/{built.candidate_ids[0]}/members").text
    assert page.count('class="words"') == 4
    assert (
        "There is no such page" in coder.get(f"{base}/{built.candidate_ids[0]}/members?page=2").text
    )


def test_two_studies_are_kept_apart_in_the_list(service, coder, base):
    with service.store.writing() as session:
        other = build_study(session, "Elsewhere")
        session.get(CandidateTheme, other.candidate_ids[0]).label = "only elsewhere"
    assert "only elsewhere" not in coder.get(f"{base}?state=all").text
