"""The phase that makes the map: what it stores, when it has something to do, what it leaves be."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from capture.jobs import Bench
from capture.models import CandidateTheme, Segment, Study
from capture.theme_map.keeping import draw_map, memberships, plan_map
from tests.builders import build_study
from tests.capture.searched import Made, embed


@pytest.fixture
def made():
    return Made({"hour": (1, 0, 0), "caseload": (0, 1, 0), "rang me": (0, 0.9, 0.3)})


@pytest.fixture
def built(store, made):
    with store.writing() as session:
        built = build_study(session)
        embed(session, made)
        return built


@pytest.fixture
def bench(store, settings, made):
    bench = Bench(store, settings)
    bench._embedder.append(made)
    return bench


def places(store):
    with store.reading() as session:
        rows = session.execute(select(Segment.passage_id, Segment.map_x, Segment.map_y))
        return {row.passage_id: (row.map_x, row.map_y) for row in rows}


def test_everyone_who_is_looked_at_gets_a_place_and_facilitators_none(bench, store, built):
    assert plan_map(bench, built.study_id) == 1
    draw_map(bench, built.study_id, 0)
    stored = places(store)
    questions = set(built.passage_ids[::5])
    assert all((place == (None, None)) == (key in questions) for key, place in stored.items())


def test_there_is_nothing_to_do_until_segments_change(bench, store, built):
    draw_map(bench, built.study_id, 0)
    assert plan_map(bench, built.study_id) == 0
    with store.writing() as session:
        session.get_one(CandidateTheme, built.candidate_ids[0]).name = "Another name"
    assert plan_map(bench, built.study_id) == 0
    with store.writing() as session:
        session.get_one(Segment, built.passage_ids[1]).text_sha256 = sha256(b"other").hexdigest()
    assert plan_map(bench, built.study_id) == 1


def test_drawing_again_changes_nothing(bench, store, built):
    draw_map(bench, built.study_id, 0)
    first = places(store)
    with store.writing() as session:
        session.execute(Segment.__table__.update().values(map_x=None, map_y=None))
        session.get_one(Study, built.study_id).mapped_from = None
    draw_map(bench, built.study_id, 0)
    assert places(store) == first


def test_a_merged_theme_draws_nobody_to_itself(store, built):
    ids = built.passage_ids
    with store.writing() as session:
        session.get_one(CandidateTheme, built.candidate_ids[0]).state = "merged"
    with store.reading() as session:
        coarse, middle, fine = memberships(session, built.study_id, ids)
    assert (coarse.shape, middle.shape, fine.shape) == ((10, 0), (10, 1), (10, 0))
    assert middle.sum() == pytest.approx(0.9 + 0.8 + 0.7 + 0.6)
