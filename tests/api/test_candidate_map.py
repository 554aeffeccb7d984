"""The screens of the map of themes: what they show, to whom, and what they say of little."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from capture.models import CandidateMember, CandidateTheme, Discovery, Segment, Suggestion
from capture.runs.offering import offer
from tests.api.conftest import Service
from tests.builders import Built
from tests.mapped import place

AsRole = Callable[[str], TestClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def coder(as_role: AsRole) -> TestClient:
    return as_role("coder")


@pytest.fixture
def base(service: Service, built: Built) -> str:
    with service.store.writing() as session:
        place(session, built)
    return f"/studies/{built.study_id}/candidates/map"


def test_picture_and_list_show_the_same_themes_and_counts(coder: TestClient, base: str):
    page = coder.get(base).text
    assert "8 segments in 2 themes; 0 near none." in page
    for name in ("time with families", "caseloads crept up"):
        assert page.count(name) >= 2
    assert 'aria-label="Read the 4 segments of time with families"' in page


def test_the_room_of_candidates_and_the_map_lead_to_each_other(coder: TestClient, base: str):
    assert f'href="{base}?granularity=middle"' in coder.get(base.removesuffix("/map")).text
    assert f'href="{base.removesuffix("/map")}?granularity=fine"' in (
        coder.get(f"{base}?granularity=fine").text
    )


def test_a_segment_is_read_as_a_fragment_and_opened_as_a_page(
    coder: TestClient, base: str, built: Built
):
    one = f"{base}/{built.passage_ids[2]}"
    fragment = coder.get(one, headers=HTMX).text
    assert "The caseloads crept up and nobody said so." in fragment
    assert "<html" not in fragment
    assert "caseloads crept up</a>" in fragment
    page = coder.get(one).text
    assert "<html" in page
    assert "The map of themes" in page


def test_the_plain_list_has_every_segment_under_its_theme(
    coder: TestClient, base: str, built: Built
):
    whole = coder.get(f"{base}/segments").text
    assert whole.count('<figure class="quotation evidence">') == 8
    assert whole.index("1 time with families") < whole.index("2 caseloads crept up")
    one = coder.get(f"{base}/segments?theme={built.candidate_ids[1]}").text
    assert one.count('<figure class="quotation evidence">') == 4
    assert "There is no segment here." in coder.get(f"{base}/segments?theme=0").text
    assert "There is no such page." in coder.get(f"{base}/segments?page=9").text
    assert coder.get(f"{base}/segments?theme=99999").status_code == 404


def test_what_is_near_a_decided_theme_is_told_apart_from_what_is_in_it(
    service: Service, coder: TestClient, base: str, built: Built
):
    theme, passage = built.candidate_ids[0], built.passage_ids[2]
    coder.post(
        f"{base.removesuffix('/map')}/{theme}/map", data={"code_id": built.codes["relational"]}
    )
    with service.store.writing() as session:
        session.execute(delete(CandidateMember).where(CandidateMember.passage_id == passage))
        run = session.get_one(CandidateTheme, theme).discovery_id
        assert offer(session, theme, {passage: 0.6}, run) == 1
    page = coder.get(base).text
    assert "7 segments in 2 themes, 1 more near one; 0 near none." in page
    assert "Hollow, thin or small marks" in page
    read = " ".join(coder.get(f"{base}/segments?theme={theme}").text.split())
    assert "4 segments belong to this theme more than to any other" in read
    assert "and last 1 that is only near it." in read
    opened = " ".join(coder.get(f"{base}/{passage}").text.split())
    assert "<h3>Near</h3>" in opened
    assert "offered to it" in opened
    assert "Belongs to" not in opened


def test_what_was_withdrawn_is_gone_from_the_map_and_answers_404(
    service: Service, coder: TestClient, base: str, built: Built
):
    gone = built.passage_ids[1]
    with service.store.writing() as session:
        session.get_one(Segment, gone).kept_out = "withdrawn"
    assert coder.get(f"{base}/{gone}").status_code == 404
    page = coder.get(base).text
    drawn = " ".join(re.findall(r'data-passages="([\d ]+)"', page)).split()
    assert str(gone) not in drawn
    assert len(drawn) == 7


@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_files_come_under_a_safe_name_and_without_a_word_that_was_said(
    coder: TestClient, base: str, form: str
):
    answer = coder.get(f"{base}/export?format={form}")
    name = f'attachment; filename="map-walking-with-families-middle.{form}"'
    assert answer.headers["content-disposition"] == name
    for words in (b"tick the box", b"mum at the table", b"Family practitioner", b"Focus group"):
        assert words not in answer.content


def test_another_format_or_granularity_is_refused(coder: TestClient, base: str):
    assert coder.get(f"{base}/export?format=docx").status_code == 422
    assert coder.get(f"{base}?granularity=finest").status_code == 422


def test_report_authors_have_no_way_in(as_role: AsRole, base: str):
    author = as_role("report author")
    for address in (base, f"{base}/segments", f"{base}/export", f"{base}/1"):
        assert author.get(address).status_code == 403


def test_an_analysis_from_before_the_map_says_what_to_do(coder: TestClient, built: Built):
    page = coder.get(f"/studies/{built.study_id}/candidates/map").text
    assert "The map is still to be made" in page
    assert "Analyse the study again" in page


def test_nothing_analysed_says_the_next_step(service: Service, coder: TestClient, built: Built):
    with service.store.writing() as session:
        for table in (Suggestion, CandidateMember, CandidateTheme, Discovery):
            session.execute(delete(table))
    page = coder.get(f"/studies/{built.study_id}/candidates/map").text
    assert "There is no map yet" in page


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_segments_are_shown_and_said_to_mean_nothing(
    service: Service, coder: TestClient, base: str, built: Built, count: int
):
    with service.store.writing() as session:
        for passage_id in built.passage_ids[count + 1 :]:
            session.get_one(Segment, passage_id).kept_out = "back-channel"
    page = coder.get(base).text
    assert "where they stand says nothing yet" in page
    assert f"{count} segment" in page


def test_no_segment_left_says_why(service: Service, coder: TestClient, base: str, built: Built):
    with service.store.writing() as session:
        for passage_id in built.passage_ids:
            session.get_one(Segment, passage_id).kept_out = "back-channel"
    assert "There is nothing to place on a map." in coder.get(base).text


def test_what_came_since_is_told(service: Service, coder: TestClient, base: str, built: Built):
    with service.store.writing() as session:
        session.get_one(Segment, built.passage_ids[1]).map_x = None
    assert "1 segment has come since the map was made." in coder.get(base).text


def test_a_granularity_without_themes_says_so(coder: TestClient, base: str):
    assert "The analysis found no fine themes" in coder.get(f"{base}?granularity=fine").text


def test_a_segment_near_no_theme_says_so(
    service: Service, coder: TestClient, base: str, built: Built
):
    with service.store.writing() as session:
        session.execute(
            delete(CandidateMember).where(CandidateMember.passage_id == built.passage_ids[2])
        )
    assert "Near no middle theme." in coder.get(f"{base}/{built.passage_ids[2]}").text
