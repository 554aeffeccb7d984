"""Words taken out of a reading: gone from every place, and handed back whole."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transcripts.reading_json import reading_from_json, reading_to_json
from transcripts.replacing import (
    OFF_THE_RECORD,
    OFF_THE_RECORD_MARK,
    Offsets,
    Renamed,
    Stretch,
    in_order,
    take_out,
)
from transcripts.turns import LeftOut, Reading, Turn

TEXT = "Mary Okafor: I told Tom 😀 at Hill School. Don't write this: he left.\n\nTom: Marys may.\n"


def span(words: str, instead: str, kind: str = "person") -> Stretch:
    start = TEXT.index(words)
    return Stretch(start, start + len(words), instead, kind)


def turn(speaker: str, words: str) -> Turn:
    start = TEXT.index(words)
    return Turn(speaker, start, start + len(words))


READING = Reading(
    "talk_mary-okafor.txt",
    TEXT,
    (
        turn("Mary Okafor", "I told Tom 😀 at Hill School. Don't write this: he left."),
        turn("Tom", "Marys may."),
    ),
    (LeftOut("ask Mary Okafor again", "comment", "a comment", 4),),
)
STRETCHES = [
    span("Mary Okafor", "[P1]"),
    span("Tom", "[colleague 1]"),
    span("Hill School", "[School A]", "organisation"),
    span("Don't write this: he left.", OFF_THE_RECORD_MARK, OFF_THE_RECORD),
]


def test_what_stands_in_the_text_afterwards_is_what_was_to_stand_there():
    replaced = take_out(READING, STRETCHES)
    assert replaced.reading.text == (
        "[P1]: I told [colleague 1] 😀 at [School A]. [off the record]\n\nTom: Marys may.\n"
    )
    words = [replaced.reading.text[t.start : t.end] for t in replaced.reading.turns]
    assert words == ["I told [colleague 1] 😀 at [School A]. [off the record]", "Marys may."]


def test_a_name_in_a_file_name_goes_whatever_small_letters_its_capitals_have():
    renamed = Renamed({"İpek": "[P1]", "Ståle Groß": "[P2]", "STÅLE": "[P3]"})
    assert renamed.in_file_name("ipek.txt") == "P1.txt"
    assert renamed.in_file_name("İPEK-ståle_groß.txt") == "P1-P2.txt"
    assert renamed.in_file_name("Ståle.txt") == "P3.txt"
    assert Renamed({}).in_file_name("ipek.txt") == "ipek.txt"


def test_what_was_left_out_is_renamed_whatever_its_capitals_and_composition():
    comment = LeftOut("ask MARY OKAFOR, mary okafor and tom", "comment", "a comment", 7)
    replaced = take_out(replace(READING, left_out=(comment,)), STRETCHES).reading
    assert [item.what for item in replaced.left_out] == ["ask [P1], [P1] and [colleague 1]"]
    assert Renamed({"Zoë Ray": "[P1]"}).anyhow("of ZOE\u0308 Ray") == "of [P1]"


def test_a_name_goes_from_labels_file_name_and_what_was_left_out_too():
    replaced = take_out(READING, STRETCHES).reading
    assert [t.speaker for t in replaced.turns] == ["[P1]", "[colleague 1]"]
    assert replaced.name == "talk_P1.txt"
    assert [item.what for item in replaced.left_out] == ["ask [P1] again"]
    assert "okafor" not in str(reading_to_json(replaced)).lower()


def test_the_log_says_what_stood_where():
    replaced = take_out(READING, STRETCHES)
    assert [one.original for one in replaced.log] == [
        "Mary Okafor", "Tom", "Hill School", "Don't write this: he left.",
    ]  # fmt: skip
    for one in replaced.log:
        assert replaced.reading.text[one.start : one.end] == one.instead


def test_stretches_that_overlap_go_as_one_so_that_nothing_of_either_stays():
    kept = in_order([Stretch(3, 14, "[a]", "person"), Stretch(10, 40, "[b]", OFF_THE_RECORD)])
    assert kept == [Stretch(3, 40, "[b]", OFF_THE_RECORD)]


def test_a_reading_survives_the_way_through_json():
    assert reading_from_json(reading_to_json(READING)) == READING


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
cuts = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6)


@given(texts, cuts)
def test_putting_the_originals_back_gives_the_text_again(text, places):
    stretches = [
        Stretch(min(one), min(max(one), len(text)), "[x]", "person")
        for one in places
        if min(one) < len(text)
    ]
    replaced = take_out(Reading("a.txt", text, ()), stretches)
    again = replaced.reading.text
    for one in reversed(replaced.log):
        again = again[: one.start] + one.original + again[one.end :]
    assert again == text


@given(texts, cuts, st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_a_span_that_no_stretch_touches_keeps_its_words(text, places, wanted):
    start, end = min(wanted), min(max(wanted), len(text))
    if start >= end:
        return
    stretches = [
        Stretch(min(one), min(max(one), len(text)), "[x]", "person")
        for one in places
        if min(one) < len(text) and (max(one) <= start or min(one) >= end)
    ]
    offsets = Offsets(stretches)
    new = take_out(Reading("a.txt", text, ()), stretches).reading.text
    assert new[offsets.start(start) : offsets.end(end)] == text[start:end]
