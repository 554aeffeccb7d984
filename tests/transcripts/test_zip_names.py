"""Names told apart: quickly, however many files have one, and none too long."""

import time
import zipfile

from transcripts.zip_names import LONGEST_NAME, Entry, named_apart, shortened


def names(*paths):
    return [name for name, _ in named_apart([Entry(zipfile.ZipInfo(), path) for path in paths])]


def test_two_thousand_files_of_one_name_are_told_apart_at_once():
    begun = time.monotonic()
    told = names(*["x/talk.txt"] * 2_000, "x/talk (7).txt")
    assert time.monotonic() - begun < 2
    assert told[:3] == ["talk.txt", "talk (2).txt", "talk (3).txt"]
    assert len(set(told)) == 2_001


def test_a_number_that_is_a_files_own_name_is_not_given_twice():
    assert names("talk (2).txt", "talk.txt", "TALK.txt", "Talk.txt") == [
        "talk (2).txt",
        "talk.txt",
        "TALK (3).txt",
        "Talk (4).txt",
    ]


def test_an_endless_name_is_cut_and_keeps_its_suffix():
    assert shortened("talk.txt") == "talk.txt"
    cut = shortened("a" * 60_000 + ".txt")
    assert (len(cut), cut[-5:]) == (LONGEST_NAME, "a.txt")
    assert len(shortened("talk." + "b" * 60_000)) <= LONGEST_NAME
