"""Inside a Word document: its text told apart from the rest.

Word keeps text in more places than libraries look: tables, tracked insertions, content controls,
text boxes, footnotes. So we walk the XML ourselves, note each text element taken, and list all
others that any part of the package holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from transcripts.readers.package_xml import local
from transcripts.readers.paragraphs import Cell, Paragraph

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

TEXT = frozenset({"t", "delText"})
DELETED = {
    "del": "deleted under tracked changes",
    "moveFrom": "moved under tracked changes; it is read at its new place",
}
_PROPERTIES = frozenset({"rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "sdtPr"})
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def attribute(element: Element, name: str) -> str:
    """A Word attribute by its local name, whichever of Word's two namespaces it is in."""
    return element.get(f"{_WORD}{name}") or element.get(f"{_STRICT}{name}") or ""


@dataclass(slots=True)
class Walk:
    """Reads paragraphs in the order of the document; remembers each text element it has met."""

    met: set[Element] = field(default_factory=set)
    deleted: list[tuple[str, str]] = field(default_factory=list)
    """What was taken out under tracked changes: the words, and why they are left out."""
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
            elif name in DELETED:
                self._delete(element)
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
            if name == "t":
                self.met.add(element)
                pieces.append(element.text or "")
            elif name in _MARKS:
                pieces.append(_MARKS[name])
            elif name in DELETED:
                self._delete(element)
            elif name == "txbxContent":
                boxes.append(element)
            elif name in {"footnoteReference", "endnoteReference"}:
                footnotes.append(f"{name[:-9]} {attribute(element, 'id')}")
            elif name == "AlternateContent":
                pending += reversed(self._alternatives(element))
            elif name not in _PROPERTIES:
                pending += reversed(element)
        heading = _is_heading(paragraph)
        text = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")
        return Paragraph(text, heading, tuple(footnotes)), boxes

    def _alternatives(self, element: Element) -> list[Element]:
        """The first choice that holds text; the others say the same again for older programs."""
        best: Element | None = None
        for choice in element:
            texts = [item for item in choice.iter() if local(item) in TEXT]
            if best is None and texts:
                best = choice
            elif best is not None:
                self.met.update(texts)
        return [] if best is None else [best]

    def _delete(self, element: Element) -> None:
        """Note what was taken out of the document under tracked changes."""
        texts = [item for item in element.iter() if local(item) in TEXT]
        self.met.update(texts)
        words = "".join(item.text or "" for item in texts)
        if words.strip():
            self.deleted.append((words, DELETED[local(element)]))


def _is_heading(paragraph: Element) -> bool:
    styles = (
        attribute(style, "val")
        for properties in paragraph
        if local(properties) == "pPr"
        for style in properties
        if local(style) == "pStyle"
    )
    return any(style in {"Title", "Subtitle"} or style.startswith("Heading") for style in styles)
