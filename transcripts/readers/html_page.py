"""Web pages saved as files: the words a browser shows, and a list of those it doesn't."""

import re
from html.parser import HTMLParser

from transcripts.readers.decoding import decode
from transcripts.readers.paragraphs import Cell, Paragraph, laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
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
_DESCRIBING = frozenset({"alt", "placeholder", "aria-label", "title", "summary", "label", "value"})


def read_html(name: str, data: bytes) -> Reading:
    """Read an .html file; titles, programs, menus, comments and struck-out words are left out."""
    page = _Page()
    page.feed(_text(name, data))
    page.close()
    body = [item for item in page.paragraphs if item.text.strip()]
    return laid_out(name, labelled_from_tables(body), [], page.left_out)


def _text(name: str, data: bytes) -> str:
    """The page's source; an encoding it names itself is believed where it fits the bytes."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return decode(name, data.decode(named[1].decode("ascii")).encode())
        except (LookupError, UnicodeError):
            pass
    return decode(name, data)


class _Page(HTMLParser):
    """Gathers paragraphs as the page goes by; everything with words ends in one of two lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.left_out: list[LeftOut] = []
        self._pieces: list[str] = []
        self._heading = False
        self._verbatim = 0
        self._hidden = ""
        self._depth = 0
        self._hidden_words: list[str] = []
        self._tables: list[list[int]] = []
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._describe(tag, attrs)
        if self._hidden:
            self._depth += tag == self._hidden
            self._hidden_words.append(" ")
        elif tag in _HIDDEN:
            self._hidden, self._depth = tag, 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self.end_paragraph()
            self._heading = tag in _HEADINGS
            self._verbatim += tag == "pre"
            self._in_table(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._depth -= tag == self._hidden
            if not self._depth:
                self._leave_out_hidden()
        elif tag in _BLOCKS:
            self.end_paragraph()
            self._heading = False
            self._verbatim -= tag == "pre" and self._verbatim > 0
            if tag == "table" and self._tables:
                self._tables.pop()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            self._hidden_words.append(data)
        else:
            self._pieces.append(data if self._verbatim else _SPACE.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        self._leave_out(data, "a comment that a reader of the page doesn't see")

    def handle_decl(self, decl: str) -> None:
        if not decl.lower().startswith("doctype"):
            self._leave_out(decl, "about the page")

    def unknown_decl(self, data: str) -> None:
        self._leave_out(data, "about the page")

    def handle_pi(self, data: str) -> None:
        self._leave_out(data, "about the page")

    def end_paragraph(self) -> None:
        """Close the paragraph being gathered."""
        text = re.sub(r" *\n *", "\n", "".join(self._pieces)) if self._pieces else ""
        self._pieces.clear()
        if text.strip():
            place = self._tables[-1] if self._tables else None
            cell = Cell(place[0], max(place[1], 0), max(place[2], 0)) if place else None
            self.paragraphs.append(Paragraph(text, self._heading, (), cell))

    def close(self) -> None:
        """Read to the end, also where the page breaks off inside something hidden."""
        super().close()
        self._leave_out_hidden()
        self.end_paragraph()

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

    def _describe(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Words that stand in a tag itself: descriptions of pictures, and about the page."""
        for key, value in attrs:
            about = tag == "meta" and key == "content"
            if value and (key in _DESCRIBING or about):
                self._leave_out(value, "about the page" if about else "a description in the page")

    def _leave_out(self, words: str, why: str) -> None:
        words = " ".join(words.split())
        if words:
            place = f"line {self.getpos()[0]}"
            self.left_out.append(LeftOut(words, place, why, count_words(words)))
