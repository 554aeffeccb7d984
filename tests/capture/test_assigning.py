import numpy as np
import pytest

from capture.encoding.embed import Embedder
from capture.theming.assigning import assign, carried_up
from capture.theming.rows import theme_rows
from tests.capture.spoken import Spoken, spoken_sample


@pytest.fixture(scope="module")
def spoken(embedder: Embedder) -> Spoken:
    return spoken_sample(embedder)


def test_rows_are_those_of_the_order_given_to_the_last_digit(spoken):
    order = np.random.default_rng(4).permutation(len(spoken.texts))
    straight = theme_rows(
        spoken.texts,
        spoken.vectors,
        spoken.transcripts,
        fitted=spoken.fitted,
        places=spoken.places,
    )
    mixed = theme_rows(
        [spoken.texts[i] for i in order],
        spoken.vectors[order],
        [spoken.transcripts[i] for i in order],
        fitted=spoken.fitted[order],
        places=[spoken.places[i] for i in order],
    )
    assert (mixed == straight[order]).all()
    assert np.allclose(np.linalg.norm(straight, axis=1), 1)


def test_a_new_segment_goes_where_those_most_like_it_are_and_far_ones_nowhere():
    rows = np.eye(6)[[0, 0, 0, 1, 1, 1, 0, 1, 5]] + 0.05
    themes = [{0: 0.9, 1: 0.8, 2: 0.7}, {3: 0.9, 4: 0.9, 5: 0.5}]
    found = assign(rows / np.linalg.norm(rows, axis=1, keepdims=True), themes, [6, 7, 8])
    assert found[:2].argmax(axis=1).tolist() == [0, 1]
    assert found[:2].max(axis=1).min() > 0.9
    assert found[2].tolist() == [0, 0]


def test_what_is_placed_in_a_finer_theme_lies_in_the_coarser_ones_that_hold_it():
    fine = [{0: 0.9, 1: 0.8}, {2: 0.9, 3: 0.7}, {4: 0.9}]
    coarse = [{0: 0.9, 1: 0.8, 2: 0.9, 3: 0.7}, {4: 0.9}]
    found = np.array([[0.9, 0, 0], [0, 0.6, 0], [0, 0, 0.7], [0, 0, 0]])
    up = carried_up(found, fine, coarse, 5)
    assert np.allclose(up, [[0.9, 0], [0.6, 0], [0, 0.7], [0, 0]])
    assert carried_up(found, fine, [], 5).shape == (4, 0)
    assert carried_up(np.zeros((4, 0)), [], coarse, 5).tolist() == [[0, 0]] * 4


def test_most_segments_go_back_to_the_theme_they_came_from(spoken):
    found = spoken.discover()
    rows = theme_rows(
        spoken.texts,
        spoken.vectors,
        spoken.transcripts,
        fitted=spoken.fitted,
        places=spoken.places,
    )
    themes = [{m.index: m.strength for m in t.members} for t in found.granularities[1].themes]
    held = [max(range(len(themes)), key=lambda t: themes[t].get(i, 0)) for i in range(len(rows))]
    out = [i for i in sorted({i for theme in themes for i in theme}) if i % 5 == 0]
    without = [{i: s for i, s in theme.items() if i not in out} for theme in themes]
    again = assign(rows, without, out)
    placed = again.max(axis=1) > 0
    assert placed.mean() > 0.8
    right = again.argmax(axis=1) == np.array([held[i] for i in out])
    assert right[placed].mean() > 0.6


def test_without_themes_or_new_segments_there_is_nothing_to_say():
    rows = np.eye(3)
    assert assign(rows, [], [1]).shape == (1, 0)
    assert assign(rows, [{0: 1.0}], []).shape == (0, 1)
    assert assign(rows, [{}, {}], [0, 2]).tolist() == [[0, 0], [0, 0]]
