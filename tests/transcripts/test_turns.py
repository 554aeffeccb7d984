import pytest

from transcripts.errors import GreenshootsError, RefusedFile
from transcripts.turns import count_words, is_facilitator_label


@pytest.mark.parametrize(
    "label",
    [
        "Interviewer", "FACILITATOR", "Facilitator 2", "Moderator", "Interviewer (RiP)", "Int.",
        "Jo Bell (interviewer)", "Facilitator Jo", "Lead facilitator", "Co-facilitator",
    ],
)  # fmt: skip
def test_who_asks_is_known_by_the_label(label):
    assert is_facilitator_label(label)


@pytest.mark.parametrize(
    "label",
    ["Practitioner 1", "Facilitator of the parents' group", "Facilities manager", "Inta", "P2"],
)
def test_who_answers_is_no_facilitator(label):
    assert not is_facilitator_label(label)


def test_words_with_apostrophes_and_hyphens_count_once():
    assert count_words("Don't — we're well-being people… 3 of us, cafe\u0301!") == 8


def test_an_error_is_a_sentence_with_a_way_out():
    error = RefusedFile("talk.txt", "line 3", "there are null bytes.", "Save it again.")
    assert str(error) == "talk.txt, line 3: there are null bytes. Save it again."
    assert isinstance(error, GreenshootsError)
