import pytest

from tests.transcripts.accounting import said
from transcripts.accounts import words_accounted
from transcripts.readers import read
from transcripts.turns import Reading


def reading_of(body: str) -> Reading:
    return read("call.vtt", f"WEBVTT\n\n{body}".encode())


def test_cues_of_one_voice_become_one_turn_with_its_times():
    reading = reading_of(
        "1\n00:00:01.000 --> 00:00:02.500\n<v Asha Bell>We went</v>\n\n"
        "2\n00:00:02.500 --> 00:00:04.000\n<v Asha Bell>to the park.</v>\n\n"
        "3\n00:01:04.250 --> 01:00:05.000\n<v Tom (Housing)>Twice.\n"
    )
    assert said(reading) == [("Asha Bell", "We went to the park."), ("Tom (Housing)", "Twice.")]
    assert [(turn.starts_at, turn.ends_at) for turn in reading.turns] == [(1, 4), (64.25, 3605)]
    assert reading.text == "Asha Bell: We went to the park.\n\nTom (Housing): Twice.\n"


def test_names_before_a_colon_are_voices():
    reading = reading_of(
        "00:01.000 --> 00:02.000\nAsha Bell: At 10:30 we met: it was fine.\n\n"
        "00:02.000 --> 00:03.000\nand warm.\n\n"
        "00:03.000 --> 00:04.000\nTom: Yes.\n"
    )
    assert said(reading) == [
        ("Asha Bell", "At 10:30 we met: it was fine. and warm."), ("Tom", "Yes."),
    ]  # fmt: skip


def test_two_voices_in_one_cue_are_two_turns():
    reading = reading_of("00:01.000 --> 00:02.000\n<v Asha>Shall we?</v>\n<v.loud Tom>Yes!</v>")
    assert said(reading) == [("Asha", "Shall we?"), ("Tom", "Yes!")]


def test_cues_of_nobody_in_particular_part_at_a_pause():
    reading = reading_of(
        "00:01.000 --> 00:02.000\nIt was\n\n00:02.100 --> 00:03.000\ncold.\n\n"
        "00:09.000 --> 00:10.000\nAnyway.\n"
    )
    assert said(reading) == [(None, "It was cold."), (None, "Anyway.")]


def test_tags_go_and_entities_are_read_but_brackets_in_speech_stay():
    reading = reading_of(
        "00:01.000 --> 00:02.000\n"
        "<v Bell &amp; Sons><i>Fish</i> &amp; chips <00:01.500>x < y [laughs]"
    )
    assert said(reading) == [("Bell & Sons", "Fish & chips x < y [laughs]")]


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("NOTE recorded by hand", "NOTE recorded by hand"),
        ("NOTE\nrecorded\nby hand", "NOTE recorded by hand"),
        ("STYLE\n::cue { color: red }", "STYLE ::cue { color: red }"),
        ("stray words", "stray words"),
    ],
)
def test_blocks_that_are_no_captions_are_told(block, told):
    reading = reading_of(f"{block}\n\n00:01.000 --> 00:02.000\nHello.\n")
    assert said(reading) == [(None, "Hello.")]
    assert [item.what for item in reading.left_out] == [told]


def test_a_caption_with_an_empty_line_inside_loses_nothing():
    reading = reading_of("00:01.000 --> 00:02.000\n<v Asha>First.\n\nSecond.\n")
    assert said(reading) == [("Asha", "First. Second.")]


def test_a_caption_named_in_words_has_its_name_told():
    reading = reading_of("Opening words\n00:01.000 --> 00:02.000\nHello.\n")
    assert [item.what for item in reading.left_out] == ["Opening words"]


def test_every_word_of_the_text_is_accounted_for():
    reading = reading_of(
        "00:01.000 --> 00:02.000\n<v Asha>Asha: yes, Asha.\n\n00:02.000 --> 00:03.000\nTom: Hm."
    )
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_the_shapes_of_teams_are_read():
    guid = "8f14e45f-ceea-467f-a8d2-0c6b9a1b2c3d"
    reading = reading_of(
        f"{guid}/13-0\n00:00:01.000 --> 00:00:05.000\n<v Bell, Asha (Children&apos;s Services)>We\n"
        f"went</v>\n\n{guid}/13-1\n00:00:02.000 --> 00:00:03.000\n<v Tom O&#39;Neil>Mm.</v>\n\n"
        f"{guid}/14-0\n00:00:05.000 --> 00:00:06.000\nand on.\n"
    )
    assert said(reading) == [
        ("Bell, Asha (Children's Services)", "We went"), ("Tom O'Neil", "Mm. and on."),
    ]  # fmt: skip
    assert reading.left_out == ()


def test_several_files_in_one_are_read_to_the_end_and_not_run_together():
    reading = reading_of(
        "00:01.000 --> 00:02.000\n<v Asha>First.\nWEBVTT\n\nNOTE planted\n\n"
        "00:01.000 --> 00:02.000\n<v Asha>Second.\n\n"
        "\ufeffWEBVTT\n\n00:03.000 --> 00:04.000\nThird."
    )
    assert said(reading) == [("Asha", "First."), ("Asha", "Second."), (None, "Third.")]
    assert [item.what for item in reading.left_out] == ["NOTE planted"]


def test_captions_of_nobody_that_overlap_go_on():
    reading = reading_of(
        "00:01.000 --> 00:09.000\nOne\n\n00:02.000 --> 00:03.000\ntwo\n\n"
        "00:10.000 --> 00:11.000\nthree.\n"
    )
    assert said(reading) == [(None, "One two three.")]
    assert reading.turns[0].ends_at == 11


def test_subrip_is_read_with_tags_taken_off():
    srt = (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nAsha: <i>We</i> <font color='red'>went</font>\r\n"
        "\r\n"
        "2\r\n00:00:02,500 --> 00:01:04,250\r\n{\\an8}home.\r\n3\r\n00:01:05 --> 00:01:06\r\n"
        "Tom: 12\r\n\r\nmiles.\r\n"
    )
    reading = read("call.srt", srt.encode())
    assert said(reading) == [("Asha", "We went home."), ("Tom", "12 miles.")]
    assert [(turn.starts_at, turn.ends_at) for turn in reading.turns] == [(1, 64.25), (65, 66)]


def test_subviewer_is_read():
    sbv = "0:00:01.000,0:00:02.500\nAsha: We went,\nyes\n\n0:01:02.500,0:01:04.250\nTom: Home.\n"
    reading = read("call.sbv", sbv.encode("utf-16"))
    assert said(reading) == [("Asha", "We went, yes"), ("Tom", "Home.")]
    assert [(turn.starts_at, turn.ends_at) for turn in reading.turns] == [(1, 2.5), (62.5, 64.25)]


def test_words_outside_captions_are_told():
    reading = read("call.srt", b"planted-title\n\n1\n00:00:01,000 --> 00:00:02,000\nHi.\n")
    assert [item.what for item in reading.left_out] == ["planted-title"]


@pytest.mark.parametrize(
    ("name", "kept"), [("a.sbv", "text"), ("a.srt", "told"), ("a.vtt", "told")]
)
def test_a_letter_above_a_cues_times_is_not_lost(name, kept):
    times = {"sbv": "0:00:01.000,0:00:02.000"}.get(name[-3:], "00:00:01.000 --> 00:00:02.000")
    head = "WEBVTT\n\n" if name.endswith("vtt") else ""
    reading = read(name, f"{head}{times}\nYou and\n\nI\n{times}\nwalked.".encode())
    told = [item.what for item in reading.left_out]
    assert (reading.text, told) == (
        ("You and I walked.\n", []) if kept == "text" else ("You and walked.\n", ["I"])
    )
