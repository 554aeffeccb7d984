import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.segments import Segment, is_back_channel, segment
from transcripts.sentences import sentences
from transcripts.turns import Turn, count_words

PLAIN = "We sat down with the family and asked what they wanted to happen next, in their words. "


def segments_of(speech: str) -> tuple[Segment, ...]:
    return segment(speech, [Turn("P1", 0, len(speech))])


def words_of(speech: str) -> list[str]:
    return [speech[start:end] for start, end in sentences(speech)]


@pytest.mark.parametrize(
    "speech",
    [
        "Dr. Bell and Mr. Oak met Cllr. Ash on 3.5 occasions, e.g. at St. Mary's.",
        "Well ... I think so.",
        "It cost £3.50, i.e. approx. ten times as much.",
        "Thank you, Mr.Chair, for that.",
    ],
)
def test_a_full_stop_that_ends_no_sentence_is_passed_over(speech):
    assert words_of(speech) == [speech]


def test_sentences_end_at_stops_paragraphs_and_list_items():
    assert words_of("One. Two? Three!\n\nA line\n- an item\n- another") == [
        "One.", "Two?", "Three!", "A line", "- an item", "- another",
    ]  # fmt: skip


def test_long_speech_falls_into_segments_near_the_aim():
    found = segments_of(PLAIN * 30)
    assert all(30 <= item.words <= 70 for item in found)


def test_a_segment_never_holds_more_than_four_sentences():
    found = segments_of("We went there. " * 20)
    assert max(item.words for item in found) == 12


def test_a_turn_shorter_than_a_segment_is_its_own():
    found = segments_of("  We just talked.  ")
    assert [(item.start, item.end, item.words) for item in found] == [(2, 17, 3)]


def test_an_endless_sentence_is_cut_at_clauses():
    speech = "and then we went to see them, because nobody else had been there " * 60
    found = segments_of(speech)
    assert all(15 <= item.words <= 120 for item in found)
    starts = {speech[item.start :].split()[0] for item in found}
    assert starts <= {"and", "because"}


def test_a_stretch_without_any_white_space_stays_whole():
    assert len(segments_of("a-" * 50_000)) == 1


def test_segments_keep_to_their_turns():
    text = "P1: Yes, we did.\nP2: No."
    found = segment(text, [Turn("P1", 4, 16), Turn("P2", 21, 24)])
    assert [(item.turn, text[item.start : item.end]) for item in found] == [
        (0, "Yes, we did."), (1, "No."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["Yeah.", "Mm.", "Okay, thank you.", "Mm-hmm, yeah.", "[laughs]", "That’s right.", "…"]
)
def test_words_that_only_keep_the_talk_going_are_kept_out(words):
    assert is_back_channel(words)
    assert segments_of(words)[0].kept_out == "back-channel"


@pytest.mark.parametrize(
    "words", ["Yeah, caseloads.", "Right to buy.", "We stopped.", "Okayed it."]
)
def test_short_words_that_say_something_are_kept(words):
    assert not is_back_channel(words)


def test_a_cut_at_a_line_end_leaves_no_white_space_behind():
    speech = "word " * 65 + "\n" + "word " * 65
    found = segment(speech, [Turn("P", 0, len(speech))])
    assert [speech[item.start : item.end] for item in found] == [("word " * 65).strip()] * 2


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SPEECH = st.lists(
    st.one_of(ANYTHING, st.sampled_from([PLAIN, "Dr. ", "\n\n", "e.g. ", "word " * 130, "😀. "])),
    max_size=8,
).map("".join)


@given(st.lists(SPEECH, max_size=4))
def test_segments_cover_every_turn_once_and_in_order(speeches):
    text, turns = "", []
    for speech in speeches:
        text += "P: "
        turns.append(Turn("P", len(text), len(text) + len(speech)))
        text += speech + "\n\n"
    found = segment(text, turns)
    assert list(found) == sorted(found, key=lambda item: (item.turn, item.start))
    for index, turn in enumerate(turns):
        mine = [item for item in found if item.turn == index]
        at = turn.start
        for item in mine:
            assert text[at : item.start].strip() == ""
            assert item.start < item.end <= turn.end
            words = text[item.start : item.end]
            assert words == words.strip()
            assert item.words == count_words(words)
            at = item.end
        assert text[at : turn.end].strip() == ""


def test_a_hundred_thousand_words_take_seconds():
    speech = (PLAIN * 60).strip()
    turns = [Turn("P", at * len(speech), (at + 1) * len(speech)) for at in range(100)]
    segment("warm", [Turn("P", 0, 4)])
    before = time.process_time()
    segment(speech * 100, turns)
    assert time.process_time() - before < 10
