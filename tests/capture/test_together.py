import numpy as np
import pytest

from capture.theming.bonds import Bound
from capture.theming.consensus import LARGEST_SHARE, SMALLEST, Labels, Rerun
from capture.theming.features import Floats
from capture.theming.grains import GRAINS, MOST_PAIRED, grains
from capture.theming.joining import Clusters, joined
from capture.theming.spectral import spectral
from capture.theming.together import agreed, landed
from capture.theming.warrant import found_again, found_at_all_levels, warranted

FREE = Bound({}, {}, 0)


def six_subjects() -> tuple[Floats, Labels]:
    """120 rows about six things, and which is about which."""
    truth = np.repeat(np.arange(6), 20)
    rows = np.eye(12)[truth] + np.random.default_rng(3).normal(0, 0.1, (120, 12))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), truth


def test_what_keeps_landing_together_is_one_group_and_cuts_are_nested():
    rows, truth = six_subjects()
    grained = grains(rows, np.ones(120), np.arange(120), np.zeros(120, dtype=np.int64), 0)
    taken = np.flatnonzero(np.random.default_rng(1).random(120) < 0.8)
    part = landed(grained.held(taken), (10, 6, 5), 20, 1)
    whole = agreed([part], landed(grained.held(np.arange(120)), (10, 6, 5), 20, 2))
    fine, middle, coarse = whole.levels((10, 6, 5), FREE)
    assert len({*zip(truth, middle, strict=True)}) == 6
    for inner, outer in ((fine, middle), (middle, coarse)):
        assert all(len(set(outer[inner == one])) == 1 for one in set(inner))


def test_joining_grows_no_heap_and_leaves_no_theme_of_one_or_two():
    chance = np.random.default_rng(0)
    middles = np.vstack([chance.normal(0, 0.1, (18, 3)), chance.normal(5, 3, (12, 3))])
    labels = np.concatenate([np.repeat(np.arange(29), 10), [29]])
    points = middles[labels]
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    once = np.ones(len(labels), dtype=np.int64)
    clusters = Clusters.of(labels, apart, once.astype(float), once)
    fine, middle, coarse = joined(clusters, labels, (24, 14, 8), FREE)
    assert [len(set(level)) for level in (fine, middle, coarse)] == [24, 14, 8]
    assert np.bincount(fine).min() >= SMALLEST
    assert np.bincount(coarse).max() <= LARGEST_SHARE * len(labels)


def test_thousands_of_segments_are_laid_into_heaps_of_what_is_alike():
    chance = np.random.default_rng(2)
    about = chance.integers(0, 50, MOST_PAIRED + 200)
    rows = np.eye(120)[about] + chance.normal(0, 0.02, (len(about), 120))
    bound = np.where(np.arange(len(about)) < 5, 1, 0)
    grained = grains(rows, np.ones(len(about)), np.arange(10, len(about)), bound, 0)
    assert grained.count <= GRAINS
    assert (grained.of[:10] == -1).all()
    mixed = [len(set(about[grained.of == one])) for one in range(grained.count)]
    assert np.mean(np.array(mixed) == 1) > 0.95


@pytest.mark.parametrize("count", [2, 3, 12, 500])
def test_items_that_have_nothing_in_common_have_coordinates_all_the_same(count):
    space = spectral(np.zeros((count, count), dtype=np.float32), np.ones(count), 10, 20)
    assert space.shape == (count, min(20, count - 1))
    assert np.isfinite(space).all()


def test_a_theme_that_no_re_run_found_joins_its_neighbour():
    level = np.repeat(np.arange(12), 5)
    seen_again = np.where(level == 11, np.arange(60) % 11, level)
    rows = np.eye(12)[level] + (level == 11)[:, None] * np.eye(12)[4]
    everything = np.ones(60, dtype=bool)
    runs = [Rerun(seen_again, everything, (seen_again,))] * 10
    (joined,) = warranted([level], rows, runs, everything, FREE)
    assert len(set(joined)) == 11
    assert set(joined[level == 11]) == set(joined[level == 4])
    assert found_again(joined, runs, 0, everything).min() > 0


def test_a_theme_that_is_the_same_at_two_cuts_is_found_as_often_at_both():
    fine, coarse = np.repeat([0, 1, 2], 10), np.repeat([0, 0, 1], 10)
    everything = np.ones(30, dtype=bool)
    runs = [Rerun(fine, everything, (np.arange(30), coarse))] * 10
    at_fine, at_coarse = found_at_all_levels([fine, coarse], runs, everything)
    assert at_fine.tolist() == [0, 0, 10]
    assert at_coarse.tolist() == [10, 10]
