"""Inside an OpenDocument text: its paragraphs in order, and what is no part of the talk."""

import re
from xml.etree.ElementTree import Element

from transcripts.readers.package_xml import local
from transcripts.readers.paragraphs import Cell, Paragraph
from transcripts.turns import LeftOut, count_words

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SPACE = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
MOST_SPACES = 100
"""Spaces that one element may stand for; it may claim any number."""

_LEFT_OUT = {
    "deletion": "deleted under tracked changes",
    "annotation": "a comment in the margin",
    "title": "the title of a picture or drawing",
    "desc": "the description of a picture or drawing",
    "ruby-text": "a reading aid above the words",
    "table-of-content": "a table of contents",
    "alphabetical-index": "an index",
    "bibliography": "a bibliography",
    "illustration-index": "a list of pictures",
    "table-index": "a list of tables",
    "object-index": "a list of objects",
    "user-index": "an index",
    "forms": "fields of a form",
    "event-listeners": "a program inside the document",
    "script": "a program inside the document",
}
_ABOUT = frozenset({"creator", "date", "creator-initials", "binary-data"})
"""Who changed or remarked, and when: said of the words, not words. A picture's bytes are none."""
_NOTE_NUMBER = re.compile(r"\W*(?:\d+|[ivxlcdm]+|[^\W\d_])?\W*", re.IGNORECASE)
_HIDDEN = "hidden text"


def hidden_styles(root: Element) -> frozenset[str]:
    """The names of the styles that hide what is set in them."""
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        for properties in style
        if properties.get(f"{_TEXT}display") == "none"
    )


class OdtWalk:
    """Goes through a document once; everything with words ends in one of three lists."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self.hidden = hidden
        self.paragraphs: list[Paragraph] = []
        self.notes: list[str] = []
        self.left_out: list[LeftOut] = []
        self.tables = 0

    def blocks(self, within: Element, cell: Cell | None = None) -> None:
        """Read what stands below an element that holds paragraphs, tables or lists."""
        self._stray(within.text)
        for child in within:
            self._block(child, cell)
            self._stray(child.tail)

    def _block(self, element: Element, cell: Cell | None) -> None:
        kind = _kind(element)
        if self._leaves(element, kind):
            return
        if kind in {"p", "h"}:
            self._paragraph(element, cell)
        elif kind == "table":
            self.tables += 1
            self._rows(element, self.tables)
        else:
            self.blocks(element, cell)

    def _leaves(self, element: Element, kind: str) -> bool:
        """Whether an element is no part of the talk; its words are told."""
        if kind in _LEFT_OUT:
            self._leave_out(all_text(element), _LEFT_OUT[kind])
        elif kind == "change-info":
            self._leave_out(all_text(element), "a remark on a tracked change")
        elif kind == "note-citation":
            number = all_text(element)
            self._leave_out("" if _NOTE_NUMBER.fullmatch(number) else number, "a note's own mark")
        elif self._is_hidden(element):
            self._leave_out(all_text(element), _HIDDEN)
        else:
            return kind in _ABOUT
        return True

    def _is_hidden(self, element: Element) -> bool:
        if not element.tag.startswith(_TEXT):
            return False
        hides = bool(self.hidden) and element.get(f"{_TEXT}style-name") in self.hidden
        return hides or element.get(f"{_TEXT}display") == "none"

    def _rows(self, within: Element, table: int, row: int = 0) -> int:
        """The rows of a table, also those in groups of rows; the number of the next row."""
        self._stray(within.text)
        for child in within:
            kind = _kind(child)
            if kind == "table-row":
                self._cells(child, table, row)
                row += 1
            elif not self._leaves(child, kind):
                row = self._rows(child, table, row)
            self._stray(child.tail)
        return row

    def _cells(self, row: Element, table: int, number: int) -> None:
        self._stray(row.text)
        for column, cell in enumerate(row):
            self.blocks(cell, Cell(table, number, column))
            self._stray(cell.tail)

    def _paragraph(self, paragraph: Element, cell: Cell | None) -> None:
        """A paragraph's own words, then the text boxes anchored in it."""
        pieces: list[str] = []
        boxes: list[Element] = []
        self._inline(paragraph, pieces, boxes)
        style = paragraph.get(f"{_TEXT}style-name", "")
        heading = _kind(paragraph) == "h" or style in {"Title", "Subtitle"}
        self.paragraphs.append(Paragraph("".join(pieces), heading, (), cell))
        for box in boxes:
            self._block(box, cell)

    def _inline(self, element: Element, pieces: list[str], boxes: list[Element]) -> None:
        pieces.append(_flat(element.text))
        for child in element:
            kind = _kind(child)
            pieces.append(_space_for(child, kind))
            if kind == "note":
                self._note(child)
            elif kind in {"text-box", "table", "list", "section", "p", "h"}:
                boxes.append(child)
            elif not self._leaves(child, kind):
                self._inline(child, pieces, boxes)
            pieces.append(_flat(child.tail))

    def _note(self, note: Element) -> None:
        """A foot- or endnote, read like a document of its own."""
        inner = OdtWalk(self.hidden)
        inner.blocks(note)
        words = "\n".join(item.text.strip() for item in inner.paragraphs).strip()
        self.notes += [words] if words else []
        self.notes += inner.notes
        self.left_out += inner.left_out

    def _stray(self, words: str | None) -> None:
        self._leave_out(_flat(words), "words outside any paragraph")

    def _leave_out(self, words: str, why: str) -> None:
        words = words.strip()
        if words:
            self.left_out.append(LeftOut(words, "document", why, count_words(words)))


def all_text(element: Element) -> str:
    """Every word below an element, a space between paragraphs; no names and dates of remarks."""
    pieces = [_flat(element.text)]
    for child in element:
        kind = _kind(child)
        if kind not in _ABOUT:
            pieces.append(all_text(child))
        if kind in {"p", "h", "s", "tab", "line-break", "table-cell"}:
            pieces.append(" ")
        pieces.append(_flat(child.tail))
    return "".join(pieces)


def _space_for(element: Element, kind: str) -> str:
    """The white space an element stands for; "" for all others."""
    if kind == "s":
        count = element.get(f"{_TEXT}c", "1")
        # Longer numbers than any page is wide are not even turned into one.
        return " " * (min(int(count), MOST_SPACES) if count.isdecimal() and len(count) < 9 else 1)
    return {"tab": "\t", "line-break": "\n"}.get(kind, "")


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _kind(element: Element) -> str:
    """The element's local name; "field" where it prints the date or title among the words."""
    kind = local(element)
    field = kind in {"title", "date", "creator"} and element.tag.startswith(_TEXT)
    return "field" if field else kind
