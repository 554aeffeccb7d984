import numpy as np

from capture.consensus import LARGEST_SHARE, RERUNS, evened_weights, merged, resamples


def test_someone_who_talks_much_more_counts_less_a_piece():
    people = np.array([0] * 100 + [1] * 4 + [2] * 4)
    weights = evened_weights(people)
    assert weights[people == 1].tolist() == [1.0] * 4
    assert weights[people == 0].sum() < 25


def test_every_transcript_is_left_out_of_a_fifth_of_the_re_runs():
    units = np.repeat(np.arange(10), 3)
    taken = np.array(list(resamples(units, np.ones(30, dtype=bool), seed=1)))
    assert taken.shape == (RERUNS, 30)
    assert (~taken).sum(axis=0).tolist() == [RERUNS // 5] * 30
    assert all(len(set(row[units == unit])) == 1 for row in taken for unit in range(10))


def test_joining_groups_nests_and_grows_no_heap():
    chance = np.random.default_rng(0)
    centres = np.vstack([chance.normal(0, 0.1, (18, 3)), chance.normal(5, 3, (12, 3))])
    labels = np.repeat(np.arange(30), 10)
    fine, middle, coarse = merged(labels, centres, np.ones(300), (24, 14, 8))
    for inner, outer in ((fine, middle), (middle, coarse)):
        assert all(len(set(outer[inner == group])) == 1 for group in set(inner))
    assert [len(set(level)) for level in (fine, middle, coarse)] == [24, 14, 8]
    assert np.bincount(coarse).max() <= LARGEST_SHARE * 300
