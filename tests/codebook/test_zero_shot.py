"""What the codebook's words alone suggest, before anyone has decided anything."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from capture.encoding.embed import Embedder
from codebook.book import CodeEntry, curated_book
from codebook.suggesting.decisions import no_decisions
from codebook.suggesting.proposing import FLOOR, propose
from codebook.suggesting.suggester import suggest

MONEY = CodeEntry("money", "Money", "codes", "Budgets, grants and what things cost.")
TRUST = CodeEntry("trust", "Trust", "codes", "Being believed in and let in by families.")
SPOKEN = [
    "The grant was cut and there is no budget.",
    "The family let us in and believed us.",
    "It rained all afternoon.",
]


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors that count letters: near for like words, and no model to load."""
    counts = np.zeros((len(texts), 256), dtype=np.float32)
    for row, text in zip(counts, texts, strict=True):
        for first, second in zip(text.lower(), text.lower()[1:], strict=False):
            row[(ord(first) * 31 + ord(second)) % 256] += 1
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-6)


def scores(texts: list[str], codes: list[CodeEntry], before: list[str] | None = None):
    nothing = no_decisions(len(texts), len(codes))
    beside = {} if before is None else {"before": before, "before_vectors": letters(before)}
    return suggest(texts, letters(texts), codes, nothing, letters, **beside).scores


def test_a_passage_scores_higher_for_the_code_it_speaks_of():
    found = scores(SPOKEN, [MONEY, TRUST])
    assert found.shape == (3, 2)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[0, 0] > found[0, 1]
    assert found[1, 1] > found[1, 0]


def test_nothing_to_score_is_an_empty_table():
    assert scores([], [MONEY]).shape == (0, 1)
    assert scores(SPOKEN, []).shape == (3, 0)
    assert scores([], []).shape == (0, 0)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_handful_of_passages_or_the_same_words_again_and_again_are_scored(count):
    for texts in ([*SPOKEN, *SPOKEN][:count], [SPOKEN[0]] * count, [""] * count):
        found = scores(texts, [MONEY, TRUST])
        assert found.shape == (count, 2)
        assert ((found >= 0) & (found <= 1)).all()
    assert np.allclose(scores([SPOKEN[0]] * count, [MONEY]), scores([SPOKEN[0]], [MONEY]), atol=0.2)


def test_the_same_words_get_the_same_scores_in_any_order():
    there = scores(SPOKEN, [MONEY, TRUST])
    back = scores(SPOKEN[::-1], [MONEY, TRUST])
    assert np.allclose(there, back[::-1], atol=1e-4)


def test_examples_count_for_a_code_and_counter_examples_count_against_it():
    said = "He went quiet in the car park."
    texts = [*SPOKEN, said]
    plain = scores(texts, [MONEY, TRUST])
    shown = CodeEntry("trust", "Trust", "codes", TRUST.definition, examples=(said,))
    not_shown = CodeEntry(*("trust", "Trust", "codes", TRUST.definition), counter_examples=(said,))
    assert scores(texts, [MONEY, shown])[3, 1] > plain[3, 1]
    assert scores(texts, [MONEY, not_shown])[3, 1] < plain[3, 1]


def test_when_not_to_use_a_code_never_counts_in_its_favour():
    said = "He went quiet in the car park."
    warned = CodeEntry("trust", "Trust", "codes", TRUST.definition, not_when=said)
    texts = [*SPOKEN, said]
    assert np.array_equal(scores(texts, [MONEY, warned]), scores(texts, [MONEY, TRUST]))


def test_what_was_said_just_before_lends_a_passage_some_of_its_likeness():
    texts = ["Yes, that was it.", *SPOKEN]
    alone = scores(texts, [MONEY, TRUST])
    told = scores(texts, [MONEY, TRUST], before=[SPOKEN[0], "", "", ""])
    assert told[0, 0] - told[0, 1] > alone[0, 0] - alone[0, 1]


def test_at_most_so_many_are_proposed_and_none_below_the_floor():
    table = np.array([[0.9, 0.5, 0.7, 0.8], [0.05, 0.09, 0.05, 0.0]], dtype=np.float32)
    assert [[j for j, _ in row] for row in propose(table)] == [[0, 3, 2], []]
    assert [len(row) for row in propose(table, most=1, floor=0.08)] == [1, 1]


def test_level_and_journey_have_one_place_between_them():
    table = np.array([[0.9, 0.8, 0.7, 0.6]], dtype=np.float32)
    facets = ["level", "journey", "practice", "conditions"]
    assert [j for j, _ in propose(table, facets=facets)[0]] == [0, 2, 3]


def test_equal_scores_are_proposed_in_the_order_of_the_book():
    assert [j for j, _ in propose(np.full((1, 4), 0.5, dtype=np.float32))[0]] == [0, 1, 2]


SAID = {
    "funding": "They gave us the grant for one year, so who pays for the posts after that?",
    "time-and-caseloads": "With thirty cases each there just aren't the hours to sit with anyone.",
    "reflective-space": "Supervision is where I can say how that visit left me feeling and think.",
    "leadership": "Our director left and the new one isn't interested in any of this.",
    "trauma-informed": "She shouts because of what was done to her, she's frightened, not bad.",
    "data-and-evidence": "We can't prove it works because the recording system doesn't count it.",
    "school-and-learning": "He's back in class most mornings and hasn't been excluded since.",
    "training-and-expertise": "The course was good but it's the coaching after that taught me.",
    "partnership": "Police and health come to the meeting, but they don't share what they know.",
    "adapting": "We changed the model to suit our area and left out the bits that didn't fit.",
}


@pytest.fixture(scope="module")
def curated_scores(embedder: Embedder) -> NDArray[np.float32]:
    texts, codes = list(SAID.values()), curated_book().codes
    nothing = no_decisions(len(texts), len(codes))
    return suggest(texts, embedder.encode(texts), codes, nothing, embedder.encode).scores


def test_the_curated_book_finds_plain_speech(curated_scores: NDArray[np.float32]):
    codes = curated_book().codes
    found = propose(curated_scores, most=5, floor=0, facets=[code.facet for code in codes])
    right = [
        key
        for key, row in zip(SAID, found, strict=True)
        if key in {codes[index].key for index, _ in row}
    ]
    assert len(right) >= 8, set(SAID) - set(right)


def test_plain_speech_clears_the_floor_and_most_codes_do_not(curated_scores: NDArray[np.float32]):
    assert (curated_scores.max(axis=1) >= FLOOR).mean() >= 0.8
    assert (curated_scores >= FLOOR).mean() < 0.2
