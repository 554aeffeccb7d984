"""What comes back from a child process is looked at before it is believed."""

import json

import pytest

from transcripts.answers import MOST_ITEMS, reading_in
from transcripts.errors import RefusedFile
from transcripts.framing import BrokenMessage
from transcripts.readers import read
from transcripts.reading_json import reading_to_json

TALK = b"Asha: We met on Tuesday.\nBo: And it went well.\n"


def answer(**changes):
    written = reading_to_json(read("talk.txt", TALK)) | changes
    return json.dumps({"reading": written}).encode()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"refused": "no"}',
        b'{"refused": [1, 2, 3]}',
        b'{"reading": ' + b"[" + b"0," * MOST_ITEMS + b"0]}",
        answer(text=7),
        answer(text="\ud800 half a letter", turns=[["A", 0, 2, None, None, None]]),
        answer(turns=[]),
        answer(turns=[["A", 0, 10_000, None, None, None]]),
        answer(turns=[["A", 5, 5, None, None, None]]),
        answer(turns=[["A", -5, 5, None, None, None]]),
        answer(turns=[["A", 5, 9, None, None, None], ["A", 6, 12, None, None, None]]),
        answer(turns=[["A", 5.0, 9, None, None, None]]),
        answer(turns=[["A", 5, 9, float("nan"), None, None]]),
        answer(turns=[["A", 5, 9, "soon", None, None]]),
        answer(turns=[[{}, 5, 9, None, None, None]]),
        answer(kind="party"),
        answer(left_out=[{"what": "a", "where": "b", "why": "c", "words": "d", "stored": False}]),
        answer(left_out=[{"what": "a"}]),
        answer(attributes=[1]),
        answer(attributes={"A": {"town": 3}}),
        answer(columns=[3]),
        answer(survey={"id": 3, "attributes": [], "questions": []}),
    ],
)
def test_what_a_child_taken_over_might_say_is_not_believed(nonsense):
    with pytest.raises(BrokenMessage):
        reading_in("talk.txt", nonsense)


def test_a_reading_keeps_the_name_it_was_asked_for_and_sentences_are_short():
    assert reading_in("talk.txt", answer(name="/etc/passwd")).name == "talk.txt"
    long = json.dumps({"refused": ["", "no. " * 100_000, ""]}).encode()
    with pytest.raises(RefusedFile) as refused:
        reading_in("talk.txt", long)
    assert len(str(refused.value)) < 1_100
