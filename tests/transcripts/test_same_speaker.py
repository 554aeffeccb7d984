"""Which labels of one file are likely one speaker; proposals only, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.same_speaker import joined, likely_same


def groups(*labels):
    return [group.labels for group in likely_same(labels)]


def test_ways_of_writing_one_speaker_are_one():
    labels = ("P2", "Practitioner 2", "PRACTITIONER TWO", "Pract. 2", "practitioner 2 ")
    assert groups(*labels) == [labels]


def test_what_is_added_in_brackets_parts_nobody_however_deep():
    chair = ("The Chair", "The Chair (Hon. Anthony Rowan (Brayfold, Lib.))")
    assert groups(*chair) == [chair]
    assert groups("Jo Bell (Guest)", "Jo Bell (Host)") == [("Jo Bell (Guest)", "Jo Bell (Host)")]


@pytest.mark.parametrize(
    "labels",
    [
        ("The Chair", "The Chair (Hon. Anthony Rowan)", "The Chair (Hon. Asha Bell)"),
        ("Practitioner 1", "Practitioner 2"),
        ("Participant 1", "Participant 11"),
        ("Practitioner A", "Practitioner B"),
        ("Practitioner", "Practitioner 1"),
        ("Male voice", "Female voice"),
        ("Team manager north", "Team manager south"),
        ("Social worker", "Support worker"),
        ("Michael Smith", "Michelle Smith"),
        ("Health visitor", "Health"),
    ],
)
def test_different_people_are_not_taken_for_one(labels):
    assert groups(*labels) == []


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (("P2", "Practitioner 2"), "“P2” looks short for “Practitioner 2”."),
        (("TM", "Team manager"), "“TM” looks short for “Team manager”."),
        (("Asha", "Asha Patel"), "“Asha” looks short for “Asha Patel”."),
        (
            ("Patel, Asha (Housing)", "Dr Asha Patel"),
            "“Patel, Asha (Housing)” and “Dr Asha Patel” differ only in how they are written.",
        ),
        (
            ("Practioner 3", "Practitioner 3"),
            "“Practioner 3” and “Practitioner 3” are nearly the same word.",
        ),
        (("Int", "Interviewer"), "“Int” looks short for “Interviewer”."),
    ],
)
def test_every_proposal_says_why(labels, reason):
    (group,) = likely_same(labels)
    assert group.labels == labels
    assert group.why == reason


def test_what_is_short_for_two_different_speakers_is_left_to_the_person():
    assert groups("P2", "Practitioner 2", "Parent 2") == []
    assert groups("Asha", "Asha Patel", "Asha Khan") == []


def test_whoever_asks_is_one_with_a_letter_at_most():
    assert groups("I", "Interviewer") == [("I", "Interviewer")]
    assert groups("I", "Interviewer", "Isla") == []
    assert groups("Mod", "Moderator", "Modra") == [("Mod", "Moderator")]


labels = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.builds(
            "{} {}".format,
            st.sampled_from(["P", "Practitioner", "PRACTITIONER", "Parent", "Speaker", "Pract."]),
            st.sampled_from(["1", "2", "one", "Two", "3", "A"]),
        ),
    ),
    max_size=8,
)


@given(labels)
def test_a_label_is_in_one_group_at_most_and_numbers_are_never_mixed(labels):
    found = likely_same(labels)
    named = [label for group in found for label in group.labels]
    assert len(named) == len(set(named))
    assert set(named) <= set(labels)
    for group in found:
        assert len(group.labels) > 1
        assert group.why
        numbers = {
            number
            for label in group.labels
            for number, words in {"1": ("1", "one"), "2": ("2", "two"), "3": ("3",)}.items()
            if label.casefold().split()[-1:] and label.casefold().split()[-1] in words
        }
        assert len(numbers) <= 1


@given(st.lists(st.tuples(st.integers(0, 20).map(str), st.integers(0, 20).map(str))))
def test_names_joined_by_others_in_between_get_one_name(pairs):
    names = joined(pairs)
    assert all(names[one] == names[other] for one, other in pairs)
    assert all(names[name] == name for name in names.values())
