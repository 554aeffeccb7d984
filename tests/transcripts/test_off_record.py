"""Stretches off the record: found exactly once, and cut out of every turn they touch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.accounts import words_accounted
from transcripts.errors import RefusedManifest
from transcripts.off_record import OffRecord, place_of, stretches_off
from transcripts.readers import read
from transcripts.replacing import OFF_THE_RECORD_MARK, take_out
from transcripts.segments import segment

TIMED = """Notes from the library

[00:12:00] P1: We were doing fine.
[00:12:31] P2: He said it was his sister’s idea.
P3: Oh, was it?
[00:13:20] P1: Turn it
off, please. And back on now.
[00:14:02] P2: So where were we.
"""


def reading(words=TIMED):
    return read("talk.txt", words.encode())


def found(written, words=TIMED):
    start, end = place_of(reading(words), OffRecord(written, "m.csv", "line 2, column off_record"))
    return words[start:end]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("turn it off … back on now", "Turn it\noff, please. And back on now"),
        ("he said it ... SISTER'S idea", "He said it was his sister’s idea"),
        ("where were we", "where were we"),
        ("00:12:31-00:12:40", "He said it was his sister’s idea.\nP3: Oh, was it?"),
        ("12:31 – 13:21", TIMED[TIMED.index("He said") : TIMED.index("\n[00:14")]),
        ("00:14:02-00:20:00", "So where were we."),
    ],
)  # fmt: skip
def test_a_stretch_is_found_by_its_words_or_its_times(written, words):
    assert found(written) == words


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("never said … back on now", 'the words "never said" of the stretch'),
        ("we … back on now", 'the words "we" of the stretch off the record stand 2 times'),
        ("back on now … turn it off", 'the words "turn it off" of the stretch'),
        ("Notes from … back on now", 'the words "Notes from" of the stretch'),
        ("00:30:00-00:20:00", "ends before it begins"),
        ("one … two … three", "is not a stretch we can find"),
        ("… back on now", "is not a stretch we can find"),
        ("!!", "is not a stretch we can find"),
    ],
)
def test_what_is_not_there_exactly_once_is_refused_by_its_place(written, reason):
    said = OffRecord(written, "m.csv", "line 2, column off_record")
    with pytest.raises(RefusedManifest) as refused:
        place_of(reading(), said)
    assert refused.value.place == "line 2, column off_record"
    assert reason in refused.value.reason
    assert refused.value.way_out


def test_times_that_no_turn_has_or_two_recordings_share_are_refused():
    with pytest.raises(RefusedManifest, match="tells no times"):
        found("00:01:00-00:02:00", "P1: One.\nP2: Two.\nP1: Three.\n")
    with pytest.raises(RefusedManifest, match=r"nobody in .* speaks"):
        found("00:00:01-00:00:02", "[00:05:00] P1: One.\n[00:06:00] P2: Two.\n")
    again = TIMED + "[00:12:00] P1: Another day.\n[00:12:31] P2: Yes.\n[00:13:00] P1: No.\n"
    with pytest.raises(RefusedManifest, match="come more than once"):
        found("00:12:31-00:12:40", again)


def test_labels_between_stay_and_half_a_word_never_does():
    read_once = reading()
    start, end = TIMED.index("id it was"), TIMED.index("lease")
    told, going = stretches_off(read_once, [(start, end)])
    clean = take_out(told, going).reading
    assert clean.text == (
        "Notes from the library\n\n"
        "[00:12:00] P1: We were doing fine.\n"
        "[00:12:31] P2: He [off the record]\n"
        "P3: [off the record]\n"
        "[00:13:20] P1: [off the record]. And back on now.\n"
        "[00:14:02] P2: So where were we.\n"
    )
    assert [turn.speaker for turn in clean.turns] == [turn.speaker for turn in read_once.turns]


def test_a_heading_inside_a_stretch_goes_with_it_and_is_told_no_more():
    read_once = reading()
    told, going = stretches_off(read_once, [(0, TIMED.index("P2:"))])
    clean = take_out(told, going).reading
    assert clean.text.startswith("[off the record]\n\n[00:12:00] P1: [off the record]\n")
    assert [item.what for item in clean.left_out] == [OFF_THE_RECORD_MARK]
    assert len(set(words_accounted(clean))) == 1


spans = st.lists(st.tuples(st.integers(0, len(TIMED)), st.integers(0, len(TIMED))), max_size=4)


@settings(deadline=None)  # the first sentence waits for spaCy
@given(spans)
def test_whatever_goes_off_the_record_every_word_is_accounted_for_and_segments_stay_apart(places):
    wanted = [(min(one), max(one)) for one in places if one[0] != one[1]]
    told, going = stretches_off(reading(), wanted)
    clean = take_out(told, going).reading
    in_text, accounted = words_accounted(clean)
    assert in_text == accounted
    assert len(clean.turns) == 5
    for one in segment(clean.text, clean.turns):
        words = clean.text[one.start : one.end]
        alone = words.replace(OFF_THE_RECORD_MARK, "").strip(" \n.,:;!?’'")
        assert OFF_THE_RECORD_MARK not in words or alone == ""
