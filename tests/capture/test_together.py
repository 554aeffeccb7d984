import numpy as np

from capture.consensus import Rerun
from capture.together import together
from capture.warrant import found_again, found_at_all_levels, warranted


def test_what_keeps_landing_together_is_one_group_and_cuts_are_nested():
    chance = np.random.default_rng(3)
    truth = np.repeat(np.arange(6), 20)
    rows = np.repeat(np.eye(6), 20, axis=0) + chance.normal(0, 0.1, (120, 6))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    taken = chance.random(120) < 0.8
    fine, middle, coarse = together(rows, np.ones(120), taken, (10, 6, 5), 1)
    assert len({*zip(truth, middle, strict=True)}) == 6
    for inner, outer in ((fine, middle), (middle, coarse)):
        assert all(len(set(outer[inner == one])) == 1 for one in set(inner))


def test_a_theme_that_no_re_run_found_joins_its_neighbour():
    level = np.repeat(np.arange(12), 5)
    seen_again = np.where(level == 11, np.arange(60) % 11, level)
    rows = np.eye(12)[level] + (level == 11)[:, None] * np.eye(12)[4]
    everything = np.ones(60, dtype=bool)
    runs = [Rerun(seen_again, everything, (seen_again,))] * 10
    (joined,) = warranted([level], rows, runs, everything)
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
