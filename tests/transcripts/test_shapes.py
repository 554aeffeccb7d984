"""The shapes in which recorders and people write down who spoke, and when."""

import pytest

from tests.transcripts.accounting import said
from transcripts.accounts import words_accounted
from transcripts.readers import read
from transcripts.turns import Reading

ASHA, TOM = "We went to the park.", "Twice, I think: on Monday."
SHAPES = {
    "a name on its own line": (
        "Asha Bell\n{0}\n\nTom\n{1}\n\nAsha Bell\n{0}\n\nTom\n{1}\n",
        [None, None],
    ),
    "a name in capitals on its own line": (
        "ASHA BELL\n\n{0}\n\nTOM\n\n{1}\n\nASHA BELL\n\n{0}\n\nTOM\n\n{1}\n",
        [None, None],
    ),
    "a time in brackets before the label": (
        "[00:00:05] Asha Bell: {0}\n[00:12:31.5] Tom: {1}\n", [5, 751.5]
    ),
    "a time before the label": ("00:00:05 Asha Bell: {0}\n12:31 - Tom: {1}\n", [5, 751]),
    "a time in the label": ("Asha Bell [00:05]: {0}\n\nTom (00:12:31): {1}\n", [5, 751]),
    "a time in the label without brackets": (
        "Asha Bell 00:05: {0}\n\nTom  00:12:31: {1}\n", [5, 751]
    ),
    "a time after the label": ("Asha Bell: [00:05] {0}\n\nTom: (00:12:31) {1}\n", [5, 751]),
    "a time and a name above the words": (
        "00:00:05 Asha Bell\n{0}\n\n00:12:31 Tom\n{1}\n", [5, 751]
    ),
    "Otter": ("Asha Bell  0:05  \n{0}\n\nTom  12:31  \n{1}\n", [5, 751]),
    "Zoom's saved captions": (
        "[Asha Bell] 11:02:09\n{0}\n\n[Tom] 11:14:40\n{1}\n", [0, 751]
    ),
    "Zoom's saved captions past midnight": (
        "[Asha Bell] 23:59:59\n{0}\n\n[Tom] 00:00:01\n{1}\n", [0, 2]
    ),
    "Teams, a time, a name and the words": (
        "0:0:5.0 --> 0:0:9.5\nAsha Bell\n{0}\n\n0:12:31.0 --> 0:12:32.0\nTom\n{1}\n", [5, 751]
    ),
    "a name, a time and the words, each name once": (
        "Asha Bell\n0:05\n{0}\n\nTom\n12:31\n{1}\n", [5, 751]
    ),
    "a name, a time and the words, without blank lines": (
        "Asha Bell\n0:05\n{0}\nTom\n12:31\n{1}\nAsha Bell\n12:40\nGood\n", [5, 751]
    ),
    "numbered lines": ("1 Asha Bell: {0}\n2\n3 Tom: {1}\n4\n", [None, None]),
    "numbered turns": (
        "1. Asha Bell: {0}\n2. Tom: {1}\n3. Asha Bell: {0}\n", [None, None]
    ),
    "a time on a line above the label": (
        "[00:05]\nAsha Bell: {0}\n\n[12:31]\nTom: {1}\n", [5, 751]
    ),
}  # fmt: skip


def reading_of(text: str, suffix: str = "txt") -> Reading:
    return read(f"talk.{suffix}", text.encode())


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("shape", SHAPES)
def test_speakers_words_and_times_are_found_in_every_shape(shape, suffix):
    written, times = SHAPES[shape]
    reading = reading_of(written.format(ASHA, TOM), suffix)
    speakers = [(speaker or "").title() for speaker, _ in said(reading)]
    assert [words for _, words in said(reading)][:2] == [ASHA, TOM]
    assert speakers[:2] == ["Asha Bell", "Tom"]
    assert [turn.starts_at for turn in reading.turns][:2] == times
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_a_time_within_what_somebody_says_begins_a_new_turn_of_theirs():
    reading = reading_of("Asha: We went\n[00:01:00] to the park.\nTom: Yes.")
    assert said(reading) == [("Asha", "We went"), ("Asha", "to the park."), ("Tom", "Yes.")]
    assert [turn.starts_at for turn in reading.turns] == [None, 60, None]


@pytest.mark.parametrize(
    "line",
    ["10:30 we met the team: it was fine", "The bus at 10:30", "10:30", "Monday 10:30", "3:1 odds"],
)
def test_a_time_in_speech_stays_in_the_words(line):
    reading = reading_of(f"Asha: Hello there.\n\n{line}\n\nTom: Yes.")
    assert said(reading)[0] == ("Asha", f"Hello there.\n\n{line}")


@pytest.mark.parametrize(
    "text",
    [
        "Thank you\nfor coming\n\nThank you\nall of you\n",
        "We went out.\n0:05\nAnd we came back\n0:10\nto the park\nGood\n0:15\nThen home.\n",
        "Monday\nwe met\n\nTuesday\nwe met\n\nMonday\nagain\n",
        "The first line\nRobin\nRobin\nthe last\n",
    ],
)
def test_short_lines_alone_are_not_taken_for_names(text):
    assert {turn.speaker for turn in reading_of(text).turns} == {None}


@pytest.mark.parametrize(
    "shape", ["Otter", "Teams, a time, a name and the words", "a name on its own line"]
)
def test_a_colon_in_speech_makes_no_speaker_where_names_have_none(shape):
    written, _ = SHAPES[shape]
    reading = reading_of(written.format("Good: we went.", "Next: the bus."))
    assert said(reading)[:2] == [("Asha Bell", "Good: we went."), ("Tom", "Next: the bus.")]


def test_line_numbers_are_taken_off_and_told():
    reading = reading_of("1 Asha: We went\n2 to the park.\n3 Tom: 2 of us.\n")
    assert said(reading) == [("Asha", "We went\nto the park."), ("Tom", "2 of us.")]
    assert [(item.what, item.words) for item in reading.left_out] == [("line numbers 1 to 3", 3)]


def test_a_time_that_nothing_follows_is_told():
    reading = reading_of("[00:01] Asha: Yes.\n\n[00:09]\n")
    assert [item.what for item in reading.left_out] == ["[00:09]"]


def test_marks_of_markdown_are_no_words_and_what_it_hides_is_told():
    reading = reading_of(
        "---\ntitle: planted-front\n---\n# planted-heading\n\n**Asha:** We *really* went\\.\n\n"
        "<!-- planted-comment -->\n__Tom__: **Yes.**\n\n_Asha:_ > 5 of us\n",
        "md",
    )
    assert said(reading) == [
        ("Asha", "We *really* went."), ("Tom", "Yes."), ("Asha", "> 5 of us")
    ]  # fmt: skip
    told = [item.what for item in reading.left_out]
    assert told == ["title: planted-front", "planted-comment", "planted-heading"]


def test_below_a_label_without_words_a_colon_is_speech():
    reading = reading_of(
        "Asha: (00:05)\nWe went.\n\nTom: (12:31)\nTwice: yes.\n\nAsha:\n\nGood: so.\n\nP3: Mm.\n\n"
        "Jo:\n\nAsha: No.\n"
    )
    assert said(reading) == [
        ("Asha", "We went."), ("Tom", "Twice: yes."), ("Asha", "Good: so."), ("P3", "Mm."),
        ("Asha", "No."),
    ]  # fmt: skip
    assert [item.what for item in reading.left_out] == ["Jo:"]


def test_a_turns_time_written_twice_in_other_ways_is_counted_once_each():
    reading = read("a.txt", b"Meeting\nAsha  55:21\nYes.\n0:12:31 Ben\n12:31\nNo.")
    stored, accounted = words_accounted(reading)
    assert stored == accounted
    assert "12:31" in [item.what for item in reading.left_out]


def test_a_time_and_a_label_that_make_one_word_are_counted_once():
    assert words_accounted(read("a.txt", b"12:31-Asha: yes")) == (3, 3)
