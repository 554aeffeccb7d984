"""File names compared: what tells versions of one talk apart is looked past, quickly."""

import time

import pytest

from capture.corrections.likely_corrects import same_file


@pytest.mark.parametrize(
    "name",
    ["talk one.txt", "Talk_One (corrected).docx", "talk--one - v2.md", "TALK ONE .. final.txt"],
)
def test_versions_of_one_file_have_one_name(name):
    assert same_file(name) == "talk one"


@pytest.mark.parametrize("run", [" ", "-", "._", "( ", "v1 ", "\t"])
def test_a_name_of_many_signs_takes_no_time(run):
    begun = time.monotonic()
    same_file("talk" + run * 16_000 + "x.txt")
    assert time.monotonic() - begun < 2
