"""What a file is taken for, and the reason that is told."""

import pytest

from capture.kinds import kind_of
from transcripts.manifest_entries import FileEntry, SpeakerEntry
from transcripts.readers import read

ASKED = "Facilitator: What changed for you?\n\n"
ANSWERS = "".join(f"P{n}: We had an hour, number {n}.\n\n" for n in range(1, 5))


@pytest.mark.parametrize(
    ("name", "words", "kind", "because"),
    [
        ("a.txt", ASKED + ANSWERS, "focus group",
         "Four people besides the facilitator speak, so it looks like a focus group."),
        ("a.txt", ANSWERS, "focus group", "Four people speak, so it looks like a focus group."),
        ("a.txt", ASKED + "P1: An hour.\n", "interview",
         "One person besides the facilitator speaks, so it looks like an interview."),
        ("a.txt", ASKED + "\n\nAn hour, and it helped us all a good deal.\n", "interview",
         "Nobody besides the facilitator is named in it, so it is taken for an interview."),
        ("a.txt", "An hour, and it helped us all.\n", "interview",
         "Nobody is named in it, so it is taken for an interview."),
        ("reflective-session-3.txt", ASKED + ANSWERS, "reflective session",
         "The file is called so: it looks like a reflective session."),
        ("interview after focus_group.txt", ANSWERS, "focus group",
         "Four people speak, so it looks like a focus group."),
        ("a.csv", "Ref,What changed?\nR1,An hour at home.\n", "survey",
         "It is a table of questions and answers, so it is a survey."),
    ],
)  # fmt: skip
def test_a_kind_is_guessed_with_its_reason(name, words, kind, because):
    assert kind_of(read(name, words.encode())) == (kind, because)


def test_what_was_said_goes_before_what_seems():
    reading = read("focus-group.txt", ANSWERS.encode())
    said = FileEntry(kind="reflective session")
    assert kind_of(reading, said) == (
        "reflective session",
        "It was said to be a reflective session.",
    )


def test_labels_that_are_one_person_count_once():
    reading = read("a.txt", ANSWERS.encode())
    same = {f"P{n}": SpeakerEntry(participant="Ash") for n in (1, 2, 3)}
    assert kind_of(reading, FileEntry(speakers=same))[0] == "interview"
