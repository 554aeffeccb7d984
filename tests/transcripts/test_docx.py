import io

import pytest
from docx import Document

from tests.transcripts.made import docx
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.turns import Reading

BOX = "<w:txbxContent><w:p><w:r><w:t>planted-box</w:t></w:r></w:p></w:txbxContent>"
BODY = f"""
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>planted-heading</w:t></w:r></w:p>
<w:p><w:r><w:t>Asha</w:t></w:r><w:r><w:t xml:space="preserve">: planted-</w:t></w:r>
  <w:r><w:rPr><w:b/></w:rPr><w:t>runs</w:t><w:tab/><w:t>planted-tab</w:t>
  <w:br/><w:t>planted-line</w:t><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:ins w:id="1"><w:r><w:t>planted-insertion</w:t></w:r></w:ins>
  <w:del w:id="2"><w:r><w:delText>planted-deletion</w:delText></w:r></w:del></w:p>
<w:p><w:moveFrom w:id="3"><w:r><w:t>planted-move</w:t></w:r></w:moveFrom></w:p>
<w:p><w:moveTo w:id="4"><w:r><w:t>planted-move</w:t></w:r></w:moveTo></w:p>
<w:sdt><w:sdtPr/><w:sdtContent>
  <w:p><w:r><w:t>planted-control</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:hyperlink><w:r><w:t>planted-link</w:t></w:r></w:hyperlink>
  <w:sdt><w:sdtContent><w:r><w:t xml:space="preserve"> planted-inline</w:t></w:r>
  </w:sdtContent></w:sdt>
  <w:smartTag><w:r><w:t xml:space="preserve"> planted-tag</w:t></w:r></w:smartTag></w:p>
<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>planted-cell</w:t></w:r></w:p>
  <w:tbl><w:tr><w:tc><w:p><w:r><w:t>planted-inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
  <w:p/></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>planted-anchor</w:t></w:r><w:r><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
<w:sectPr/>"""
OTHER_PARTS = {
    "word/footnotes.xml": '<w:footnotes {n}><w:footnote w:id="2"><w:p><w:r><w:t>planted-footnote'
    "</w:t></w:r></w:p></w:footnote></w:footnotes>",
    "word/header1.xml": "<w:hdr {n}><w:p><w:r><w:t>planted-header</w:t></w:r></w:p></w:hdr>",
    "word/comments.xml": '<w:comments {n}><w:comment w:id="0"><w:p><w:r><w:t>planted-comment'
    "</w:t></w:r></w:p></w:comment></w:comments>",
    "word/diagrams/data1.xml": "<a:t {n}>planted-diagram</a:t>",
    "word/media/image1.png": "not looked at {n}",
}
IN_TURNS = """runs tab line insertion move control link inline tag cell inner anchor box footnote"""
LEFT_OUT = """deletion move header comment diagram heading"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read("talk.docx", docx(BODY, OTHER_PARTS))


@pytest.mark.parametrize("place", IN_TURNS.split())
def test_words_planted_anywhere_in_the_document_are_in_a_turn_once(reading, place):
    spoken = " ".join(reading.text[turn.start : turn.end] for turn in reading.turns)
    assert spoken.count(f"planted-{place}") == 1


@pytest.mark.parametrize("place", LEFT_OUT.split())
def test_words_not_taken_are_told_with_a_reason(reading, place):
    told = [item for item in reading.left_out if f"planted-{place}" in item.what]
    assert [item.words for item in told] == [1]
    assert told[0].why
    assert told[0].where


def test_a_picture_is_told_because_it_may_hold_words(reading):
    assert "1 × picture" in [item.what for item in reading.left_out]


def test_every_word_of_the_text_is_accounted_for(reading):
    stored, accounted = words_accounted(reading)
    assert stored == accounted == len(IN_TURNS.split()) + 2  # Asha, and the heading


def test_the_speaker_goes_on_over_paragraphs_and_footnotes_are_nobodys(reading):
    assert [turn.speaker for turn in reading.turns] == ["Asha", None]


def test_a_document_made_with_word_tools_reads_as_it_was_written():
    made = Document()
    made.add_paragraph("Interviewer: What changed?")
    made.add_paragraph("Asha: The hours 😀.")
    made.add_table(1, 2).rows[0].cells[1].text = "In a table."
    buffer = io.BytesIO()
    made.save(buffer)
    reading = read("talk.docx", buffer.getvalue())
    assert [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns] == [
        ("Interviewer", "What changed?"),
        ("Asha", "The hours 😀.\n\nIn a table."),
    ]


def table_of(rows: list[tuple[str, str]]) -> list[tuple[str | None, str]]:
    made = Document()
    table = made.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = cells
    buffer = io.BytesIO()
    made.save(buffer)
    reading = read("talk.docx", buffer.getvalue())
    stored, accounted = words_accounted(reading)
    assert stored == accounted == sum(len(" ".join(cells).split()) for cells in rows)
    return [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns]


def test_a_table_with_speakers_beside_their_words_is_read_as_talk():
    rows = [("Interviewer:", "What changed?"), ("Asha", "Hours.\nDays."), ("", "And the car.")]
    assert table_of(rows) == [
        ("Interviewer", "What changed?"),
        ("Asha", "Hours.\nDays.\n\nAnd the car."),
    ]


def test_a_table_of_other_things_makes_no_speakers():
    rows = [("What we did each day", "walked there"), ("Monday", "rested")]
    assert [speaker for speaker, _ in table_of(rows)] == [None] * 4


def test_the_transcripts_word_and_teams_save_are_read_with_their_times():
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    teams = "".join(
        f"<w:p>{run.format(name)}{run.format('   ' + time)}<w:r><w:br/></w:r>"
        f"{run.format(words)}</w:p>"
        for name, time, words in [("Bell, Asha", "0:03", "Good: yes."), ("Tom", "12:31", "Hm.")]
    )
    older = "".join(
        f"<w:p>{run.format(time)}<w:r><w:br/></w:r>{run.format(name)}<w:r><w:br/></w:r>"
        f"{run.format(words)}</w:p>"
        for name, time, words in [
            ("Bell, Asha", "0:0:3.0 --> 0:0:4.2", "Good: yes."),
            ("Tom", "0:12:31.0 --> 0:12:33.420", "Hm."),
        ]
    )
    word = "".join(
        f"<w:p>{run.format(time + ' ' + name)}</w:p><w:p>{run.format(words)}</w:p>"
        for name, time, words in [
            ("Bell, Asha", "00:00:03", "Good: yes."), ("Tom", "00:12:31", "Hm."),
        ]
    )  # fmt: skip
    for body in (teams, older, word):
        reading = read("talk.docx", docx(f"<w:p>{run.format('Call on Monday')}</w:p>{body}"))
        said = [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns]
        assert said == [("Bell, Asha", "Good: yes."), ("Tom", "Hm.")]
        assert [turn.starts_at for turn in reading.turns] == [3, 751]
        assert [item.what for item in reading.left_out] == ["Call on Monday"]
        stored, accounted = words_accounted(reading)
        assert stored == accounted


def test_a_document_that_is_only_a_page_put_into_it_says_what_to_do():
    data = docx('<w:altChunk r:id="r"/>', {"word/afchunk.mht": "<p>Asha: Hello.</p>"})
    with pytest.raises(RefusedFile, match=r"put into the document.*Open it in Word"):
        read("talk.docx", data)


def test_files_put_into_a_document_are_told():
    parts = {"word/embeddings/a.bin": "x", "word/afchunk.html": "x", "word/vbaProject.bin": "x"}
    reading = read("talk.docx", docx("<w:p><w:r><w:t>Asha: Hi.</w:t></w:r></w:p>", parts))
    assert [item.what for item in reading.left_out] == ["3 × file"]
