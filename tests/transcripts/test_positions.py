"""Every turn is exactly the words that were written, however letters and line ends are kept."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.accounting import said
from tests.transcripts.made import docx, odt, paragraph, row, xlsx
from transcripts.readers import read

ROUNDS = 10
WORDS = {
    "plain": "We went there, twice.",
    "emoji": "Was 😀, \U0001f469\U0001f3fd\u200d\U0001f4bb, \U0001f1ec\U0001f1e7 and \u2764\ufe0f.",
    "combining marks": "Cafe\u0301, n\u0303, Zoe\u0308, q\u0307\u0323 and a\u030a\u0301\u0327 too.",
    "right to left": "قالت: «نَعَمْ» 3 مرات، ثم שָׁלוֹם.",
    "marks of direction": "a \u202bעברית\u202c b \u2067نعم\u2069 \u200fc\u200e d.",
    "beyond the first plane": "𝔊𝔯𝔢𝔢𝔫 𐍈 𠮷 and 𞤀 are letters.",
    "spaces of all kinds": "one\u00a0two\u2009three\u3000four\u200bfive\u2060six.",
    "letters of letters": "각 각 ﬁn ǆ İstanbul straße ŉ.",
    "a mark inside": "before\ufeffafter, and \ufffd.",
    "Thai and Hindi": "ไม่เป็นไร กำ, क्षत्रिय नहीं।",
}
TALK = [("Asha" if at % 2 else "Siân", words) for at, words in enumerate(WORDS.values())]
WESTERN = [("Asha", "A café, £5 – “fine”, she said…"), ("Siân", "It’s naïve: très bien, 50 €.")]
WITH_MARK = {
    "UTF-8": b"",
    "UTF-8 with a mark": codecs.BOM_UTF8,
    "UTF-16 little": codecs.BOM_UTF16_LE,
    "UTF-16 big": codecs.BOM_UTF16_BE,
    "UTF-32": codecs.BOM_UTF32_LE,
}
CODECS = {
    "UTF-8": "utf-8", "UTF-8 with a mark": "utf-8", "UTF-16 little": "utf-16-le",
    "UTF-16 big": "utf-16-be", "UTF-32": "utf-32-le", "Windows-1252": "cp1252",
}  # fmt: skip
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def kept(text: str, encoding: str, line_end: str) -> bytes:
    """The text as a program saves it."""
    written = text.replace("\n", LINE_ENDS[line_end])
    return WITH_MARK.get(encoding, b"") + written.encode(CODECS[encoding])


def check_rounds(text: str, talk: list[tuple[str, str]], encoding: str, line_end: str) -> None:
    """Ten times written and read again: the same text, and turns that are what was said."""
    first = None
    for _ in range(ROUNDS):
        reading = read("talk.txt", kept(text, encoding, line_end))
        assert reading.text == text
        assert said(reading) == talk
        assert first is None or reading == first
        first = reading
        text = reading.text


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("encoding", WITH_MARK)
def test_ten_rounds_change_no_letter_and_no_position(encoding, line_end):
    text = "".join(f"{speaker}: {words}\n\n" for speaker, words in TALK)
    check_rounds(text, TALK, encoding, line_end)


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_ten_rounds_in_windows_1252_change_no_letter_and_no_position(line_end):
    text = "".join(f"{speaker}: {words}\n\n" for speaker, words in WESTERN)
    check_rounds(text, WESTERN, "Windows-1252", line_end)


def in_rtf(talk: list[tuple[str, str]]) -> bytes:
    """Each letter beyond ASCII by the numbers of its UTF-16 halves, as Word writes it."""

    def letter(one: str) -> str:
        if one.isascii():
            return one
        halves = one.encode("utf-16-le")
        numbers = [int.from_bytes(halves[at : at + 2], "little") for at in range(0, len(halves), 2)]
        return "".join(f"\\u{number - 65_536 * (number > 32_767)}?" for number in numbers)

    said = "".join(f"{speaker}: {words}\\par " for speaker, words in talk)
    return ("{\\rtf1\\ansi " + "".join(map(letter, said)) + "}").encode("ascii")


def in_cues(talk: list[tuple[str, str]]) -> str:
    """Each turn a caption."""
    return "".join(
        f"{at}\n00:00:{at:02},000 --> 00:00:{at + 1:02},000\n{speaker}: {words}\n\n"
        for at, (speaker, words) in enumerate(talk, start=1)
    )


FORMATS = {
    "talk.docx": lambda talk: docx("".join(paragraph(f"{who}: {words}") for who, words in talk)),
    "talk.odt": lambda talk: odt(
        "".join(f"<text:p>{who}: {words}</text:p>" for who, words in talk)
    ),
    "talk.rtf": in_rtf,
    "talk.html": lambda talk: "".join(f"<p>{who}: {words}</p>" for who, words in talk).encode(),
    "talk.md": lambda talk: "".join(f"**{who}:** {words}\n\n" for who, words in talk).encode(),
    "talk.srt": lambda talk: in_cues(talk).encode("utf-16"),
    "talk.vtt": lambda talk: f"WEBVTT\n\n{in_cues(talk)}".replace(",000", ".000").encode(
        "utf-8-sig"
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_any_format_was_read_as_stays_itself_over_ten_rounds(name):
    talk = TALK
    if name.endswith((".srt", ".vtt")):  # the lines of captions are put together with spaces
        talk = [(who, " ".join(words.split())) for who, words in TALK]
    reading = read(name, FORMATS[name](TALK))
    assert said(reading) == talk
    check_rounds(reading.text, talk, "UTF-8 with a mark", "CRLF")


def test_a_survey_written_and_read_ten_times_keeps_each_answer():
    rows = [["ID", "What helped?"], *([f"R{at}", words] for at, words in enumerate(WORDS.values()))]
    for _ in range(ROUNDS):
        sheet = io.StringIO(newline="")
        csv.writer(sheet, lineterminator="\r\n").writerows(rows)
        reading = read("views.csv", sheet.getvalue().encode("utf-8-sig"))
        assert [words for _, words in said(reading)] == list(WORDS.values())
        rows = [["ID", "What helped?"], *map(list, said(reading))]
    cells = "".join(row(*one, number=at) for at, one in enumerate(rows, start=1))
    in_workbook = read("views.xlsx", xlsx(cells))
    assert (in_workbook.text, in_workbook.turns) == (reading.text, reading.turns)


LETTERS = st.one_of(
    st.characters(categories=["L", "N", "P", "S", "M"], exclude_characters=":[](){}<>"),
    st.sampled_from(
        ["\U0001f469\U0001f3fd\u200d\U0001f4bb", "e\u0301\u0323", "\u202b", "\u200f", "שָׁ", "نَ",
         "\ufeff", " ", "𝔊"]
    ),
)  # fmt: skip
SPEECH = st.lists(LETTERS, min_size=1, max_size=30).map(
    lambda letters: "so " + "".join(letters) + " ok"
)


@given(
    st.lists(SPEECH, min_size=1, max_size=6),
    st.sampled_from(list(WITH_MARK)),
    st.sampled_from(list(LINE_ENDS)),
)
def test_any_letters_stay_where_they_are(speeches, encoding, line_end):
    talk = [("Asha" if at % 2 else "Tom", words) for at, words in enumerate(speeches)]
    text = "".join(f"{speaker}: {words}\n\n" for speaker, words in talk)
    reading = read("talk.txt", kept(text, encoding, line_end))
    assert (reading.text, said(reading)) == (text, talk)
