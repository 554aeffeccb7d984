import re

import pytest

from tests.transcripts.accounting import said
from transcripts.accounts import words_accounted
from transcripts.readers import read
from transcripts.turns import Reading

PAGE = """<!DOCTYPE html><html><head><title>planted-title</title><meta name="description"
content="planted-meta"><style>planted-style</style><script>planted-script < 1</script></head><body>
<nav>planted-menu<nav>planted-submenu</nav></nav><h1>planted-heading</h1><!-- planted-comment -->
<p>Asha: planted-<b>bold</b> <a href="x">planted-link</a> <ins>planted-inserted</ins>
<del>planted-deleted</del> &amp; planted-entity<br>planted-break <img alt="planted-picture"></p>
<div>planted-block<p>planted-nested</div>planted-loose
<ul><li>planted-item<li>planted-second</ul><details><summary>planted-summary</summary>
planted-detail</details><table><caption>planted-caption</caption><tr><th>planted-head<td>planted-cell
<table><tr><td>planted-inner</table></table><pre>planted-kept
  planted-lines</pre><blockquote>planted-quote</blockquote><template>planted-template</template>
<div hidden>planted-hidden</div><input value="planted-value"><svg><text>planted-drawing</text></svg>
planted-end"""
IN_TURNS = """bold link inserted entity break block nested loose item second summary detail head
cell inner kept lines quote hidden end"""
LEFT_OUT = """title meta style script menu submenu heading comment deleted picture caption template
value drawing"""


def reading_of(page: str) -> Reading:
    return read("talk.html", page.encode())


def test_words_planted_wherever_text_can_stand_are_read_or_told():
    reading = reading_of(PAGE)
    turns = " ".join(words for _, words in said(reading))
    told = " ".join(item.what for item in reading.left_out)
    assert set(re.findall(r"planted-(\w+)", turns)) == set(IN_TURNS.split())
    assert set(re.findall(r"planted-(\w+)", told)) == set(LEFT_OUT.split())
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_paragraphs_and_line_breaks_open_turns():
    reading = reading_of(
        "<p><b>Asha:</b> We\n went.<p>Home &#8211; caf&eacute; 😀.</p>"
        "<div>Tom: Yes<br>Asha: No</div>"
    )
    assert said(reading) == [
        ("Asha", "We went.\n\nHome – café 😀."),
        ("Tom", "Yes"),
        ("Asha", "No"),
    ]


def test_a_table_of_speakers_and_words_is_read_as_turns():
    reading = reading_of(
        "<table><tr><td>Asha<td>Hello there.<tr><td>Tom</td><td>Hi: yes.</td></tr></table>"
    )
    assert said(reading) == [("Asha", "Hello there."), ("Tom", "Hi: yes.")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "iso-8859-5"])
def test_the_encoding_a_page_names_is_believed(encoding):
    words = "Привет, как дела" if encoding == "iso-8859-5" else "a café, £5 – no"[:12]
    page = f'<meta charset="{encoding}"><p>Asha: {words}</p><p>Tom: Yes.</p>'
    assert said(read("talk.htm", page.encode(encoding)))[0] == ("Asha", words)
