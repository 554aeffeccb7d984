"""Inside a Word document: its text told apart from the rest.

Word keeps text in more places than libraries look: tables, tracked insertions, content controls,
text boxes, footnotes. So we walk the XML ourselves and note each text element taken;
`docx_leftovers` lists all others that any part of the package holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from transcripts.readers.package_leftovers import RUNNING
from transcripts.readers.package_xml import local
from transcripts.readers.paragraphs import Cell, Paragraph

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

NOT_SAID = {
    "del": "deleted under tracked changes",
    "moveFrom": "moved under tracked changes; it is read at its new place",
    "rt": "a reading aid above the words",
}
HIDDEN = "hidden text"
_PROPERTIES = frozenset({"rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "sdtPr"})
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_OFF = frozenset({"0", "false", "off"})


def attribute(element: Element, name: str) -> str:
    """A Word attribute by its local name, whichever of Word's two namespaces it is in."""
    return element.get(f"{_WORD}{name}") or element.get(f"{_STRICT}{name}") or ""


@dataclass(slots=True)
class Walk:
    """Reads paragraphs in the order of the document; remembers each text element it has met."""

    met: set[Element] = field(default_factory=set)
    not_said: list[tuple[str, str]] = field(default_factory=list)
    """What is in the document but not read: the words, and why."""
    symbols: int = 0
    """Signs of a font of its own, which no letter stands for."""
    tables: int = 0

    def paragraphs(self, within: Element) -> Iterator[Paragraph]:
        """The paragraphs below an element: in tables, content controls, insertions and boxes."""
        pending: list[tuple[Element, Cell | None]] = [(within, None)]
        while pending:
            element, cell = pending.pop()
            name = local(element)
            below: list[Element] = []
            if name == "p":
                paragraph, below = self._paragraph(element)
                paragraph.cell = cell
                yield paragraph
            elif name in NOT_SAID:
                self._leave(element, NOT_SAID[name])
            elif name == "AlternateContent":
                below = self._alternatives(element)
            elif name not in _PROPERTIES:
                below = list(element)
            pending += reversed(self._placed(name, below, cell))

    def _placed(
        self, name: str, below: list[Element], cell: Cell | None
    ) -> list[tuple[Element, Cell | None]]:
        """What stands below an element, each with the table cell it is in."""
        if name == "tbl":
            self.tables += 1
            table = self.tables
            return [(element, Cell(table, row)) for row, element in enumerate(below)]
        if name == "tr" and cell is not None:
            cells = (element for element in below if local(element) not in _PROPERTIES)
            return [(item, Cell(cell.table, cell.row, at)) for at, item in enumerate(cells)]
        return [(element, cell) for element in below]

    def _paragraph(self, paragraph: Element) -> tuple[Paragraph, list[Element]]:
        """A paragraph's own text, and the text boxes anchored in it, which follow it."""
        pieces: list[str] = []
        boxes: list[Element] = []
        footnotes: list[str] = []
        pending = list(reversed(paragraph))
        while pending:
            element = pending.pop()
            name = local(element)
            written = self._written(element, name)
            if written is not None:
                pieces.append(written)
            elif name in NOT_SAID:
                self._leave(element, NOT_SAID[name])
            elif name in {"txbxContent", "p"}:
                boxes.append(element)
            elif name in {"footnoteReference", "endnoteReference"}:
                footnotes.append(f"{name[:-9]} {attribute(element, 'id')}")
            elif name == "AlternateContent":
                pending += reversed(self._alternatives(element))
            elif name == "r" and _is_hidden(element):
                self._leave(element, HIDDEN)
            elif name not in _PROPERTIES:
                pending += reversed(element)
        heading = _is_heading(paragraph)
        return Paragraph("".join(pieces), heading, tuple(footnotes)), boxes

    def _written(self, element: Element, name: str) -> str | None:
        """What an element puts on the page by itself; None for one that only holds others."""
        if name == "t":
            self.met.add(element)
            # Word shows a line end inside a text as a space.
            return (element.text or "").replace("\n", " ").replace("\r", " ")
        return self._symbol(element) if name == "sym" else _MARKS.get(name)

    def _symbol(self, element: Element) -> str:
        """A sign given by its number in a font; those of private use are no letters anywhere."""
        number = attribute(element, "char")
        code = int(number, 16) if re.fullmatch(r"[0-9a-fA-F]{1,5}", number) else 0
        if code < 0x20 or 0xD800 <= code < 0xF900 or code > 0xEFFFF:
            self.symbols += 1
            return ""
        return chr(code)

    def _alternatives(self, element: Element) -> list[Element]:
        """The first choice that holds text; the others mostly say the same for older programs."""
        best: Element | None = None
        said = ""
        for choice in element:
            words = words_below(choice)
            if best is None and words:
                best, said = choice, _closed_up(words)
            elif best is not None:
                if _closed_up(words) not in said:
                    self.not_said.append((words, "said otherwise for older programs"))
                self.met.update(texts_below(choice))
        return [] if best is None else [best]

    def _leave(self, element: Element, why: str) -> None:
        """Note what is no part of the talk as it stands."""
        words = words_below(element)
        self.met.update(texts_below(element))
        if words:
            self.not_said.append((words, why))


def texts_below(element: Element) -> list[Element]:
    """The elements below this one that hold text."""
    return [item for item in element.iter() if local(item) in RUNNING]


def words_below(element: Element) -> str:
    """The text below an element as one line, a space where a paragraph or a line begins."""
    pieces: list[str] = []
    for item in element.iter():
        name = local(item)
        if name in RUNNING:
            pieces.append(item.text or "")
        elif name == "p" or name in _MARKS:
            pieces.append(" " if name != "noBreakHyphen" else "\u2011")
    return " ".join("".join(pieces).split())


def _closed_up(words: str) -> str:
    return "".join(words.split())


def _is_hidden(run: Element) -> bool:
    """Whether a run's own properties hide it; they come first in it."""
    return any(
        attribute(item, "val") not in _OFF
        for properties in run[:1]
        if local(properties) == "rPr"
        for item in properties
        if local(item) == "vanish"
    )


def _is_heading(paragraph: Element) -> bool:
    styles = (
        attribute(style, "val")
        for properties in paragraph
        if local(properties) == "pPr"
        for style in properties
        if local(style) == "pStyle"
    )
    return any(style in {"Title", "Subtitle"} or style.startswith("Heading") for style in styles)
