import numpy as np

from capture.theming.context import in_context


def test_a_reply_leans_towards_the_question_before_it_but_not_into_another_transcript():
    vectors = np.eye(4, dtype=np.float32)
    none = np.zeros(4, dtype=bool)
    blended = in_context(vectors, ["a", "a", "a", "b"], [0, 1, 2, 0], none)
    assert blended[1] @ vectors[0] > blended[2] @ vectors[0] > 0
    assert blended[3].tolist() == [0, 0, 0, 1]
    assert np.allclose(np.linalg.norm(blended, axis=1), 1)


def test_places_and_not_the_order_given_say_what_lies_beside_what():
    vectors = np.eye(5, dtype=np.float32)
    fitted = np.ones(5, dtype=bool)
    order = np.array([3, 0, 4, 2, 1])
    straight = in_context(vectors, ["a"] * 5, range(5), fitted)
    mixed = in_context(vectors[order], ["a"] * 5, order.tolist(), fitted)
    assert np.allclose(mixed, straight[order])
