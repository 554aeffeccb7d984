import io
import re
import zipfile

import pytest

from tests.transcripts.accounting import said
from tests.transcripts.made import OPEN_SPACES, odt
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.turns import Reading

BODY = """
<text:tracked-changes><text:changed-region><text:deletion><office:change-info>
  <dc:creator>Editor</dc:creator></office:change-info><text:p>planted-deletion</text:p>
</text:deletion></text:changed-region></text:tracked-changes>
<text:table-of-content><text:index-body><text:p>planted-contents</text:p></text:index-body>
</text:table-of-content>
<text:h>planted-heading</text:h>
<text:p>Asha<text:span>: planted-<text:span>runs</text:span></text:span><text:tab/>planted-tab
  <text:s text:c="3"/><text:line-break/>planted-line<text:note><text:note-citation>1
  </text:note-citation><text:note-body><text:p>planted-footnote</text:p></text:note-body>
  </text:note><office:annotation><dc:creator>Jo</dc:creator><text:p>planted-comment</text:p>
  </office:annotation> planted-tail</text:p>
<text:p><text:change-start/>planted-insertion<text:change-end/> <text:a>planted-link</text:a>
  <text:title>planted-field</text:title> <text:ruby><text:ruby-base>planted-base</text:ruby-base>
  <text:ruby-text>planted-ruby</text:ruby-text></text:ruby></text:p>
<text:list><text:list-header><text:p>planted-listhead</text:p></text:list-header>
  <text:list-item><text:p>planted-item</text:p></text:list-item></text:list>
<text:section><text:p>planted-section</text:p></text:section>
<table:table><svg:title>planted-tabletitle</svg:title><table:table-header-rows><table:table-row>
  <table:table-cell><text:p>planted-cell</text:p><table:table><table:table-row><table:table-cell>
  <text:p>planted-inner</text:p></table:table-cell></table:table-row></table:table>
  </table:table-cell><table:covered-table-cell><text:p>planted-covered</text:p>
  </table:covered-table-cell></table:table-row></table:table-header-rows></table:table>
<text:p>planted-anchor<draw:frame><draw:text-box><text:p>planted-box</text:p></draw:text-box>
  <svg:desc>planted-description</svg:desc></draw:frame></text:p>
<draw:frame><draw:text-box><text:p>planted-pagebox</text:p></draw:text-box></draw:frame>
"""
STYLES = (
    f"<office:document-styles {OPEN_SPACES}><office:master-styles><style:master-page><style:header>"
    "<text:p>planted-header</text:p></style:header><style:footer><text:p>planted-footer</text:p>"
    "</style:footer></style:master-page></office:master-styles></office:document-styles>"
)
IN_TURNS = """runs tab line tail footnote insertion link field base listhead item section cell inner
covered anchor box pagebox"""
LEFT_OUT = """deletion contents heading comment ruby tabletitle description header footer object"""


def planted() -> bytes:
    inner = f"<office:document-content {OPEN_SPACES}><text:p>planted-object</text:p>"
    return odt(
        BODY,
        {
            "styles.xml": STYLES,
            "Object 1/content.xml": inner + "</office:document-content>",
            "Pictures/1.png": "...",
        },
    )


def reading_of(*paragraphs: str) -> Reading:
    return read("talk.odt", odt("".join(f"<text:p>{words}</text:p>" for words in paragraphs)))


def test_words_planted_wherever_text_can_stand_are_read_or_told():
    reading = read("talk.odt", planted())
    turns = " ".join(words for _, words in said(reading))
    told = " ".join(item.what for item in reading.left_out)
    assert set(re.findall(r"planted-(\w+)", turns)) == set(IN_TURNS.split())
    assert set(re.findall(r"planted-(\w+)", told)) == set(LEFT_OUT.split())
    assert "1 × picture" in told


def test_words_in_are_words_stored_and_words_told():
    data = planted()
    reading = read("talk.odt", data)
    there = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.endswith(".xml"):
                there += len(re.findall("planted", package.read(part).decode()))
    told = [item for item in reading.left_out if not item.stored]
    kept = len(re.findall("planted", reading.text))
    assert there == kept + sum(len(re.findall("planted", item.what)) for item in told)
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_white_space_is_read_as_a_word_processor_shows_it():
    reading = reading_of("Asha:  two\n  lines<text:s/><text:s text:c='2'/>and<text:tab/>tab")
    assert said(reading) == [("Asha", "two lines   and\ttab")]


def test_a_label_in_each_paragraph_opens_a_turn():
    reading = reading_of("Asha: Hello.", "And more.", "", "<text:span>Tom</text:span>: Hi.")
    assert said(reading) == [("Asha", "Hello.\n\nAnd more."), ("Tom", "Hi.")]


def test_a_table_of_speakers_and_words_is_read_as_turns():
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = [("Asha", "Hello there."), ("Tom", "Hi: yes.")]
    table = "".join(row.format("".join(cell.format(words) for words in pair)) for pair in rows)
    reading = read("talk.odt", odt(f"<table:table>{table}</table:table>"))
    assert said(reading) == rows


def test_characters_beyond_the_first_plane_and_right_to_left_keep_their_places():
    words = "Cafe\u0301 😀 \u200fنعم 👩🏽‍💻 end"
    reading = reading_of(f"Asha: {words}", "Tom: Yes.")
    assert said(reading) == [("Asha", words), ("Tom", "Yes.")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt("", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (odt("<text:p/>"), "no words"),
        (odt("<text:section>" * 300 + "</text:section>" * 300), "nested"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(data, reason):
    with pytest.raises(RefusedFile, match=reason):
        read("talk.odt", data)
