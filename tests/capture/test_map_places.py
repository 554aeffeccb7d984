"""Places on the map of themes: alike beside alike, the same every time, steady as more comes."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from capture.theme_map import places as map_places
from capture.theme_map.places import places


def rows_of(count: int, groups: int, *, seed: int = 0) -> tuple[np.ndarray, csr_matrix]:
    """Unit rows in so many groups, and who belongs to which."""
    random = np.random.default_rng(seed)
    group = np.arange(count) % groups
    rows = random.normal(size=(groups, 24))[group] + 0.4 * random.normal(size=(count, 24))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows, csr_matrix((np.ones(count), (np.arange(count), group)), shape=(count, groups))


def nearest_is_of_its_group(found: np.ndarray, groups: int) -> float:
    apart = np.linalg.norm(found[:, None] - found[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    group = np.arange(len(found)) % groups
    return float((group[apart.argmin(axis=1)] == group).mean())


def test_what_is_alike_stands_together_and_no_mark_on_another():
    rows, themes = rows_of(240, 6)
    found = places(rows, [themes])
    assert nearest_is_of_its_group(found, 6) > 0.95
    apart = np.linalg.norm(found[:, None] - found[None], axis=2) + np.eye(240) * 1e9
    assert apart.min() > 0.002 * np.ptp(found, axis=0).max()


def test_the_same_segments_stand_in_the_same_place_in_whatever_order_they_come():
    rows, themes = rows_of(150, 5)
    order = np.random.default_rng(3).permutation(150)
    there, again = places(rows, [themes]), places(rows[order], [themes[order]])
    assert np.array_equal(there[order], again)


def test_what_was_there_stays_about_where_it_was_when_more_comes():
    rows, themes = rows_of(220, 5)
    before = np.full((220, 2), np.nan)
    before[:200] = places(rows[:200], [themes[:200]])
    after = places(rows, [themes], before=before)
    moved = np.linalg.norm(after[:200] - before[:200], axis=1)
    assert np.median(moved) < 0.05 * np.ptp(before[:200], axis=0).max()
    assert nearest_is_of_its_group(after, 5) > 0.9


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_few_segments_have_places_too(count: int):
    rows, themes = rows_of(count, 1)
    found = places(rows, [themes])
    assert found.shape == (count, 2)
    assert np.isfinite(found).all()


def test_segments_that_say_the_same_do_not_lie_on_one_spot():
    rows = np.tile(np.array([[0.6, 0.8]]), (30, 1))
    found = places(rows, [])
    assert len(np.unique(found.round(6), axis=0)) == 30


def test_with_very_many_the_rest_is_placed_beside_an_even_part(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(map_places, "MOST_SETTLED", 240)
    rows, themes = rows_of(400, 5)
    assert nearest_is_of_its_group(places(rows, [themes]), 5) > 0.9
