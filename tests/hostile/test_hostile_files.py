"""Hostile and broken files: read whole, or refused with one plain sentence; the service goes on."""

import re
import time
from itertools import chain

import pytest

from tests.hostile import documents, packed, pages, plain, portable, sheets
from tests.hostile.case import EITHER, Case
from transcripts.accounts import words_accounted
from transcripts.apart import read_apart
from transcripts.errors import RefusedFile
from transcripts.intake import MOST_SECONDS
from transcripts.turns import Reading, count_words

MODULES = (documents, packed, pages, plain, portable, sheets)
CASES: list[Case] = list(chain.from_iterable(module.CASES for module in MODULES))
FEWEST = 150
LONG = 5_000_000
SENTENCE = re.compile(r"[^\n]{10,400}\.")


@pytest.mark.parametrize(
    "case",
    [pytest.param(one, marks=pytest.mark.slow) if one.slow else one for one in CASES],
    ids=str,
)
def test_a_hostile_file_costs_a_sentence_at_most(case):
    data = case.make()
    begun = time.monotonic()
    outcome = outcome_of(case.file, data)
    assert time.monotonic() - begun < MOST_SECONDS
    if isinstance(outcome, RefusedFile):
        assert outcome.sentence.startswith(case.file)
        assert SENTENCE.fullmatch(outcome.sentence), outcome.sentence
        assert "did not foresee" not in outcome.sentence
        assert case.says is not None, outcome.sentence
        assert case.says == EITHER or case.says in outcome.sentence
    else:
        assert case.says in {None, EITHER}, outcome.text[:200]
        assert outcome.turns
        assert unplaced(outcome) == 0


def outcome_of(name: str, data: bytes) -> Reading | RefusedFile:
    """What becomes of a file; any other error is not caught."""
    try:
        return read_apart(name, data)
    except RefusedFile as refused:
        return refused


def unplaced(reading: Reading) -> int:
    """Words of the text that are in no turn, label or list."""
    if len(reading.text) < LONG:
        stored, accounted = words_accounted(reading)
        return stored - accounted
    # To count millions of words takes longer than to read them; here they stand in one turn each.
    ends = [0, *(turn.end for turn in reading.turns)]
    starts = [*(turn.start for turn in reading.turns), len(reading.text)]
    gaps = (reading.text[end:start] for end, start in zip(ends, starts, strict=True))
    labels = sum(count_words(turn.speaker or "") for turn in reading.turns)
    return sum(map(count_words, gaps)) - labels


def test_there_are_enough_of_them():
    assert len(CASES) >= FEWEST
    assert len({str(case) for case in CASES}) == len(CASES)
