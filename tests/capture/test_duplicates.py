import numpy as np

from capture.theming.themes import near_duplicates


def test_every_later_copy_is_marked_and_the_first_is_not():
    vectors = np.eye(4, dtype=np.float32)[[0, 1, 0, 2]]
    texts = ["More time.", "A manager.", "More time, please.", "more TIME"]
    assert near_duplicates(texts, vectors).tolist() == [False, False, True, True]


def test_texts_without_a_vector_copy_nothing_but_their_own_words():
    vectors = np.zeros((3, 4), dtype=np.float32)
    assert near_duplicates(["one", "two", "One!"], vectors).tolist() == [False, False, True]


def test_no_texts_have_no_copies():
    assert near_duplicates([], np.zeros((0, 4), dtype=np.float32)).tolist() == []
