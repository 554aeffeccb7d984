"""The order of what is found: words and meaning together, in their surroundings."""

import numpy as np

from capture.searching.ranking import rank, runs_of, spread, standardised

ONE_RUN = np.zeros(7, dtype=np.int64)


def test_words_and_meaning_count_alike_whatever_their_scales():
    words = np.array([90.0, 0, 0, 0])
    meaning = np.array([0, 0, 0.009, 0])
    scores = rank(words, meaning, np.arange(4))
    assert np.isclose(scores[0], scores[2])
    assert scores[0] > scores[1] == scores[3]


def test_a_segment_gains_from_its_neighbours_but_not_across_conversations():
    words = np.array([0, 0, 1.0, 0, 0, 0, 0])
    unknown = np.full(7, np.nan)
    scores = rank(words, unknown, np.array([0, 0, 0, 0, 1, 1, 1]))
    assert scores[2] > scores[1] > scores[0] > scores[4]
    assert scores[4] == scores[6]
    alone = rank(words, unknown, ONE_RUN, smooth=False)
    assert alone[1] == alone[6]


def test_what_is_not_known_counts_as_average_and_moves_no_other():
    known = np.array([1.0, 2, 3])
    more = np.array([1.0, 2, np.nan, 3])
    assert np.allclose(standardised(more)[[0, 1, 3]], standardised(known))
    assert standardised(more)[2] == 0
    assert rank(np.zeros(3), np.full(3, np.nan), np.arange(3)).tolist() == [0, 0, 0]


def test_a_neighbour_that_is_not_there_counts_as_average():
    scores = spread(np.array([1.0, 0, 0, 0, 0, 0, 0]), ONE_RUN)
    assert np.allclose(scores, [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 0])


def test_runs_begin_anew_where_any_key_changes():
    assert runs_of(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6])).tolist() == [0, 0, 1, 2]
    assert len(runs_of(np.array([], dtype=np.int64))) == 0
