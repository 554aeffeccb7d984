import io
import zipfile

import pytest

from transcripts import intake
from transcripts.errors import RefusedFile
from transcripts.readers import read


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>
<w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("talk.txt", b"", "empty"),
        ("talk.txt", b" \r\n\t", "empty"),
        ("talk.txt", b"\xef\xbb\xbf", "no words"),
        ("talk.txt", b"P1: a\0b", "null bytes"),
        ("talk.txt", b"\x01\x02\x03\x04 bits", "no text"),
        ("talk.txt", b"P1: hi\0\0\n" + bytes(range(256)) * 2, "the bytes are no text"),
        ("talk.txt", b"%PDF-1.7 ...", "a PDF"),
        ("talk.txt", b"PK\x03\x04....", "packed"),
        ("talk.docx", b"P1: plain words", "not a Word document"),
        ("talk.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Word"),
        ("talk.docx", b"PK\x03\x04 cut short", "damaged"),
        ("talk.docx", packed({"content.xml": b"<a/>"}), "no Word document in it"),
        ("talk.docx", packed({"word/document.xml": b"<a><b></a>"}), "damaged"),
        ("talk.docx", packed({"word/document.xml": BOMB}), "DTD"),
        ("talk.docx", packed({"../word/document.xml": b"<a/>"}), "points outside"),
        ("talk.docx", packed({"word/document.xml": b"<a>" + b" " * 3_000_000 + b"</a>"}), "grows"),
        ("talk.docx", packed({f"p{at}": b"" for at in range(2_001)}), "2001 parts"),
        ("talk.docx", packed({"word/document.xml": b"<a/>"}), "no words"),
        ("talk.odt", b"P1: plain words", "not an OpenDocument text"),
        ("talk.odt", packed({"word/document.xml": b"<a/>"}), "no OpenDocument text in it"),
        ("talk.odt", packed({"content.xml": b"<a><b></a>"}), "damaged"),
        ("talk.odt", packed({"content.xml": BOMB}), "DTD"),
        ("talk.vtt", b"1\n00:00 --> 00:01\nHello", "WEBVTT"),
        ("talk.vtt", b"WEBVTT\n\nNOTE nothing else", "no caption"),
        ("talk.csv", b"id,answer\n", "no answers"),
        ("talk.csv", b'id,answer\nR1,"never closed\n', "quotation mark"),
        ("talk.csv", b"id,answer,answer\nR1,a,b\n", "two columns"),
        ("talk.mp3", b"....", "not read"),
        ("talk", b"words", "not read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name_and_the_reason(name, data, reason):
    with pytest.raises(RefusedFile) as refused:
        read(name, data)
    assert refused.value.sentence.startswith(name)
    assert reason in refused.value.sentence
    assert refused.value.way_out


def test_a_file_beyond_the_limit_is_refused():
    with pytest.raises(RefusedFile, match=r"has 25\.1 MB; at most 25 MB"):
        read("talk.txt", b"a " * (intake.MOST_BYTES // 2 + 1))


def test_a_part_larger_than_its_listing_is_refused():
    data = packed({"word/document.xml": b"<a>" + b"x" * 5000 + b"</a>"})
    lying = data.replace((5007).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(RefusedFile):
        read("talk.docx", lying)


def test_a_deeply_nested_document_costs_a_sentence_at_most():
    inner = b"<w:sdt>" * 50_000 + b"</w:sdt>" * 50_000
    body = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + inner
        + b"</w:document>"
    )
    with pytest.raises(RefusedFile):
        read("talk.docx", packed({"word/document.xml": body}))


TALK = "Asha: It’s “fine” – a café, £5.\n\nTom: Yes, it was all fine in the end.\n"
PLAIN = {
    "talk.txt": TALK,
    "talk.md": TALK,
    "talk.html": TALK.replace("\n\n", "<p>"),
    "call.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n"
    + TALK.replace("\n\n", "\n\n00:03.000 --> 00:04.000\n"),
    "call.srt": "00:00:01,0 --> 00:00:02,0\n"
    + TALK.replace("\n\n", "\n\n00:00:03,0 --> 00:00:04,0\n"),
    "call.sbv": "0:00:01.0,0:00:02.0\n" + TALK.replace("\n\n", "\n\n0:00:03.0,0:00:04.0\n"),
    "views.csv": "ID;Why?\n" + TALK.replace(": ", ";").replace("\n\n", "\n"),
}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("name", PLAIN)
def test_every_plain_format_is_read_in_every_encoding(name, encoding):
    reading = read(name, PLAIN[name].replace("\n", "\r\n").encode(encoding))
    assert [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns] == [
        ("Asha", "It’s “fine” – a café, £5."),
        ("Tom", "Yes, it was all fine in the end."),
    ]


def test_single_bytes_of_another_encoding_spoil_nothing_around_them():
    reading = read("talk.txt", "Asha: é – “so” 😀 ".encode() + b"caf\xe9.\n\nTom: Yes.")
    assert reading.text == "Asha: é – “so” 😀 café.\n\nTom: Yes."


def test_a_text_of_more_lines_than_anybody_reads_is_refused():
    with pytest.raises(RefusedFile, match="300,000 lines"):
        read("talk.txt", b"Asha: hi\n" * 300_001)
