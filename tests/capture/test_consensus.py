import numpy as np

from capture.theming.consensus import RERUNS, evened_weights, resamples


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
