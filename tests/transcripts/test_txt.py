import pytest

from transcripts.readers import read
from transcripts.turns import Reading


def reading_of(text: str) -> Reading:
    return read("talk.txt", text.encode())


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns]


def test_each_label_opens_a_turn_and_is_not_part_of_it():
    reading = reading_of("Interviewer: What changed?\n\nP1: The hours.\n\nP1: And the car.\n")
    assert said(reading) == [
        ("Interviewer", "What changed?"), ("P1", "The hours."), ("P1", "And the car."),
    ]  # fmt: skip


def test_a_paragraph_without_a_label_goes_on_with_the_speaker():
    reading = reading_of("Asha: First.\n\nThen this.\n\nTom: Yes.")
    assert said(reading) == [("Asha", "First.\n\nThen this."), ("Tom", "Yes.")]


@pytest.mark.parametrize(
    "line",
    [
        "At 10:30 we met the team: it was fine",
        "So: no",
        "I said: no",
        "What she told me was this: go home.",
        "It was fine. The thing: it rained",
        "https://example.org is the page",
        "Note: the tape stopped",
        "My manager asked: why",
        "there were three things we needed: time, money and a car",
    ],
)
def test_a_colon_in_speech_makes_no_speaker(line):
    reading = reading_of(f"Asha: Hello there.\n\n{line}\n\nTom: Yes.")
    assert [turn.speaker for turn in reading.turns] == ["Asha", "Tom"]
    assert line in reading.text[reading.turns[0].start : reading.turns[0].end]


@pytest.mark.parametrize(
    "label",
    [
        "The Chair (Hon. Jo Bell (Little–Much Riding, Ind.))",
        "Hon. Jo Bell (Minister of Everything That Has a Long Name, and of Rather More)",
        "Mr. Luc d'Arbois (West, Ind.)",
        "Mr. J. S. Oak",
        "PRACTITIONER TWO",
        "Head of service",
        "Family support worker 2",
        "P2",
        "I",
        "Siân Ó Briain AM",
        "أمل",
    ],
)
def test_labels_as_people_write_them_are_speakers(label):
    reading = reading_of(f"{label}: Yes, once.\n\nTom: No.\n")
    assert said(reading)[0] == (label, "Yes, once.")


def test_an_unusual_label_that_comes_back_is_a_speaker():
    reading = reading_of("the quiet one: Mm.\n\nTom: No.\n\nthe quiet one: Still.\n")
    assert [turn.speaker for turn in reading.turns] == ["the quiet one", "Tom", "the quiet one"]


def test_a_label_on_its_own_line_has_the_words_below():
    assert said(reading_of("Asha:\nHello.\nTom:\n\nHi."))[1] == ("Tom", "Hi.")


def test_a_label_without_words_is_told():
    reading = reading_of("Asha: Yes.\n\nTom: \n\nAsha: No.")
    assert [(item.what, item.where) for item in reading.left_out] == [("Tom:", "line 3")]
    assert len(reading.turns) == 2


def test_headings_before_anyone_speaks_are_left_out_and_told():
    reading = reading_of("Group in the old library\nDate: 4 May 2021\n\nAsha: Hello.\n\nTom: Hi.")
    assert [item.what for item in reading.left_out] == [
        "Group in the old library", "Date: 4 May 2021",
    ]  # fmt: skip
    assert said(reading)[0] == ("Asha", "Hello.")


def test_prose_before_the_first_label_is_said_by_nobody_in_particular():
    reading = reading_of("The tape starts late, while people talk about buses.\n\nAsha: Hello.")
    assert said(reading)[0][0] is None


def test_a_text_without_labels_is_a_turn_a_paragraph():
    reading = reading_of("We met in the hall.\nIt was cold.\n\nThe heads came late.\n")
    assert said(reading) == [
        (None, "We met in the hall.\nIt was cold."), (None, "The heads came late."),
    ]  # fmt: skip


def test_where_only_the_interviewer_is_labelled_answers_are_not_the_interviewers():
    reading = reading_of("Interviewer: How was it?\n\nHard, at first.\n\nInterviewer: And now?\n")
    assert [turn.speaker for turn in reading.turns] == ["Interviewer", None, "Interviewer"]


def test_text_is_stored_untouched_but_for_bom_and_line_ends():
    data = "\ufeffAsha:\u00a0 Caf\u0065\u0301 😀\r\n\r\nTom: \u200fنعم\t\rEnd.".encode()
    reading = read("talk.txt", data)
    assert reading.text == "Asha:\u00a0 Caf\u0065\u0301 😀\n\nTom: \u200fنعم\t\nEnd."
    assert said(reading) == [("Asha", "Caf\u0065\u0301 😀"), ("Tom", "\u200fنعم\t\nEnd.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_is_found_out(encoding):
    text = "Asha: It’s “fine” – a café, £5.\n\nTom: Yes, it was all fine in the end.\n"
    assert read("talk.txt", text.encode(encoding)).text == text
