"""A word planted in every place of every format is in a turn once, or told with a reason."""

from itertools import chain

import pytest

from tests.transcripts.accounting import check_accounts
from tests.transcripts.places import captions, docx, html, odt, pdf, plain, rtf, sheets
from tests.transcripts.places.place import WORD, Place
from transcripts.intake import suffix_of
from transcripts.readers import READABLE

MODULES = (captions, docx, html, odt, pdf, plain, rtf, sheets)
PLACES: list[Place] = [*chain.from_iterable(module.PLACES for module in MODULES)]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_word_in_this_place_is_read_or_told_once(place):
    reading = check_accounts(place.file, place.data)
    assert reading is not None
    spoken = " ".join(reading.text[turn.start : turn.end] for turn in reading.turns)
    told = [item for item in reading.left_out if WORD in item.what]
    found = (spoken.count(WORD), sum(item.what.count(WORD) for item in told))
    assert found == ((1, 0) if place.becomes == "turn" else (0, 1))
    assert all(item.why and item.where and item.words for item in told)


def test_each_format_has_its_places():
    assert {suffix_of(place.file) for place in PLACES} == READABLE - {".htm"}
