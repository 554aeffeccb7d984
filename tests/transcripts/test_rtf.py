import re

import pytest

from tests.transcripts.accounting import said
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.turns import Reading

DOCUMENT = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}
{\colortbl;\red0;}{\stylesheet{\s1 Heading;}}{\*\generator Word;}{\info{\title planted-title}}
{\header\pard planted-header\par}{\footer planted-footer}
\pard Asha: planted-{\b bold} {\field{\*\fldinst HYPERLINK "planted-target"}{\fldrslt planted-link}}
{\footnote\pard planted-footnote\par}{\*\annotation planted-comment}{\deleted planted-deleted}
 {\revised planted-inserted} {\v planted-hidden}{\pict 89504e47}\line planted-line\tab
planted-tab\par
{\shp{\*\shpinst{\shptxt planted-box\par}}}
\trowd\pard\intbl planted-cell\cell planted-second\cell\row\pard planted-after\sect planted-end}"""
IN_TURNS = "bold link footnote inserted line tab box cell second after end"
LEFT_OUT = "title header footer target comment deleted hidden"


def reading_of(body: str) -> Reading:
    return read("talk.rtf", f"{{\\rtf1\\ansi {body}}}".encode("cp1252"))


def test_words_planted_wherever_text_can_stand_are_read_or_told():
    reading = read("talk.rtf", DOCUMENT.encode())
    turns = " ".join(words for _, words in said(reading))
    told = " ".join(item.what for item in reading.left_out)
    assert set(re.findall(r"planted-(\w+)", turns)) == set(IN_TURNS.split())
    assert set(re.findall(r"planted-(\w+)", told)) == set(LEFT_OUT.split())
    assert "Arial" not in turns + told
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_letters_are_read_however_they_are_written():
    reading = reading_of(
        r"{\fonttbl{\f1\fcharset204 A;}}Asha: caf\'e9 \ldblquote yes\rdblquote\emdash\u8364? "
        r"{\uc2\u8217\'a1\'a6}\u-10179?\u-8704? \{x\} {\f1 \'cf\'f0\'e8}\par Tom: \u1606 ?e\u769 ?"
    )
    assert said(reading) == [("Asha", "café “yes”—€ ’😀 {x} При"), ("Tom", "نe\u0301")]


def test_a_table_of_speakers_and_words_is_read_as_turns():
    row = r"\trowd\pard\intbl {}\cell {}\cell\row "
    rows = [("Asha", "Hello there."), ("Tom", "Hi: yes.")]
    assert said(reading_of("".join(row.format(*pair) for pair in rows))) == rows


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no rich text", "not a rich text"),
        (b"{\\rtf1\\ansi }", "no words"),
        (b"{\\rtf1 " + b"{" * 5000, "nested"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(data, reason):
    with pytest.raises(RefusedFile, match=reason):
        read("talk.rtf", data)
