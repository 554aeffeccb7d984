"""Web pages saved as files: the words a browser shows, and a list of those it doesn't."""

import codecs
import re
from contextlib import suppress

from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.readers.html_tokens import KNOWN_TAGS, Token, tokens
from transcripts.readers.paragraphs import Cell, Paragraph, laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

# Single spaces are left as they are: a long text has too many of them to look at each.
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_BYTEWISE = re.compile(
    r"utf-8|cp125|cp874|cp866|iso8859|koi8|mac|gb|big5|shift_jis|cp932|euc|iso2022"
)
"""Encodings that a page can be in and still name in plain letters."""

MOST_TAGS = 1_000_000

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"})
_BLOCKS = _HEADINGS | frozenset(
    word
    for listed in (
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset",
        "figcaption figure footer form header hgroup hr html li main menu ol optgroup option p pre",
        "search section select summary table tbody td tfoot th thead tr ul",
    )
    for word in listed.split()
)
_HIDDEN = {
    "title": "the page's title",
    "script": "a program in the page",
    "style": "how the page looks",
    "template": "a template that is not shown",
    "noscript": "words for browsers without programs",
    "del": "struck out of the page",
    "s": "struck out of the page",
    "strike": "struck out of the page",
    "svg": "words in a drawing",
    "nav": "the page's menu",
    "iframe": "another page inside the page",
    "textarea": "a field of a form",
    "button": "a button of the page",
    "object": "another file inside the page",
}
_WORDED = frozenset(
    word
    for listed in (
        "alt placeholder aria-label aria-description aria-valuetext aria-roledescription title",
        "summary label value srcdoc abbr standby prompt",
    )
    for word in listed.split()
)
"""Attributes that hold words."""


def read_html(name: str, data: bytes) -> Reading:
    """Read an .html file; titles, programs, menus, comments and struck-out words are left out."""
    source = _text(name, data)
    if source.count("<") > MOST_TAGS:
        reason = f"it has more than {MOST_TAGS:,} tags, which no page needs."
        raise RefusedFile(name, "", reason, "Save it as plain text and upload that.")
    page = _Page()
    for token in tokens(source):
        page.take(token)
    page.close()
    body = [item for item in page.paragraphs if item.text.strip()]
    return laid_out(name, labelled_from_tables(body), [], page.left_out)


def _text(name: str, data: bytes) -> str:
    """The page's source; an encoding it names itself is believed where it fits the bytes."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        with suppress(LookupError, UnicodeError):
            encoding = codecs.lookup(named[1].decode("ascii")).name
            # As browsers do: what pages call ISO 8859-1 or ASCII is Windows-1252.
            encoding = "cp1252" if encoding in {"iso8859-1", "ascii"} else encoding
            if _BYTEWISE.match(encoding):
                return decode(name, data.decode(encoding).encode())
    return decode(name, data)


class _Page:
    """Gathers paragraphs as the page goes by; everything with words ends in one of two lists."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.left_out: list[LeftOut] = []
        self._line = 1
        self._pieces: list[str] = []
        self._heading = False
        self._verbatim = 0
        self._hidden = ""
        self._depth = 0
        self._hidden_words: list[str] = []
        self._tables: list[list[int]] = []
        self._count = 0
        self._pictures = 0

    def take(self, token: Token) -> None:
        """Take in the next token of the page."""
        self._line = token.line
        if token.kind == "text":
            self._say(token.words)
        elif token.kind == "comment":
            if not token.words.lower().startswith("doctype"):
                self._leave_out(token.words, "a comment that a reader of the page doesn't see")
        else:
            self._describe(token)
            if token.kind == "start":
                self._start(token.name)
            if token.kind == "end" or token.closed:
                self._end(token.name)

    def close(self) -> None:
        """The page ends, perhaps inside something hidden."""
        self._leave_out_hidden()
        self._end_paragraph()
        if self._pictures:
            why = "a picture in the page is not read"
            self.left_out.append(LeftOut(f"{self._pictures} × picture", "page", why, 0))

    def _start(self, tag: str) -> None:
        if self._hidden:
            self._depth += tag == self._hidden
            self._hidden_words.append(" ")
        elif tag in _HIDDEN:
            self._hidden, self._depth = tag, 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in {"rt", "rp"}:  # a reading aid stands beside its word, not in it
            self._pieces.append(" ")
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._heading = tag in _HEADINGS
            self._verbatim += tag == "pre"
            self._in_table(tag)
        self._pictures += tag == "img"

    def _end(self, tag: str) -> None:
        if self._hidden:
            self._depth -= tag == self._hidden
            if not self._depth:
                self._leave_out_hidden()
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._heading = False
            self._verbatim -= tag == "pre" and self._verbatim > 0
            if tag == "table" and self._tables:
                self._tables.pop()

    def _say(self, words: str) -> None:
        if self._hidden:
            self._hidden_words.append(words)
        else:
            self._pieces.append(words if self._verbatim else _SPACE.sub(" ", words))

    def _end_paragraph(self) -> None:
        text = "\n".join(line.strip(" ") for line in "".join(self._pieces).split("\n"))
        self._pieces.clear()
        if text.strip():
            place = self._tables[-1] if self._tables else None
            cell = Cell(place[0], max(place[1], 0), max(place[2], 0)) if place else None
            self.paragraphs.append(Paragraph(text, self._heading, (), cell))

    def _in_table(self, tag: str) -> None:
        if tag == "table":
            self._count += 1
            self._tables.append([self._count, -1, -1])
        elif tag == "tr" and self._tables:
            self._tables[-1][1] += 1
            self._tables[-1][2] = -1
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1][2] += 1

    def _leave_out_hidden(self) -> None:
        if self._hidden:
            self._leave_out("".join(self._hidden_words), _HIDDEN[self._hidden])
        self._hidden = ""
        self._hidden_words.clear()

    def _describe(self, token: Token) -> None:
        """Words that stand in a tag itself: descriptions of pictures, and about the page."""
        for key, value in token.attributes:
            about = token.name == "meta" and key == "content"
            if value and (key in _WORDED or about):
                self._leave_out(value, "about the page" if about else "a description in the page")
        plain = token.kind == "start" and not self._hidden and token.name.isalpha()
        if plain and token.name not in KNOWN_TAGS:
            words = [token.name, *(key for key, value in token.attributes if value is None)]
            self._leave_out(" ".join(words), "a tag that no browser knows, and so doesn't show")

    def _leave_out(self, words: str, why: str) -> None:
        words = " ".join(words.split())
        if count_words(words):
            self.left_out.append(LeftOut(words, f"line {self._line}", why, count_words(words)))
