"""What a page's program says of the words it draws: heads and feet, soft hyphens, other wordings.

The library reads the program and lets it be watched; words are kept out by taking from an
operation what it draws.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf.generic import decode_pdfdocencoding

from transcripts.readers.pdf_leftovers import dictionary
from transcripts.turns import count_words

_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_NEW_LINE = frozenset({b"T*", b"'", b'"', b"Tm", b"BT"})
_SAID_OTHERWISE = ("/ActualText", "/Alt", "/E")
_SOFT_HYPHEN = "\xad"


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says, and its head and foot where it says that they are.

    `instead` are words for those who can't see what is drawn in their place.
    """

    text: str
    heads: str
    instead: tuple[str, ...]


def words_of_page(page: PageObject) -> PageWords:
    """The words of one page. It is read again where something in it has to be set apart."""
    marks = _Marks(page)
    text = page.extract_text(visitor_operand_before=marks)
    if marks.hyphens:
        text = page.extract_text(visitor_operand_before=_Marks(page, silent=marks.hyphens))
    heads = ""
    if marks.has_heads:
        heads = page.extract_text(visitor_operand_before=_Marks(page, heads=True))
    return PageWords(text, heads, tuple(dict.fromkeys(marks.instead)))


class _Mark(NamedTuple):
    """A stretch of the program that is marked: as head or foot, as nothing but a soft hyphen."""

    head: bool
    soft: bool


class _Marks:
    """Watches a page's program: keeps heads and feet apart, notes soft hyphens within a line.

    `silent` are the numbers of operations, among those that draw or step into words, to keep out.
    """

    def __init__(
        self, page: PageObject, *, heads: bool = False, silent: Collection[int] = ()
    ) -> None:
        self.hyphens: list[int] = []
        self.instead: list[str] = []
        self.has_heads = False
        self._named = _properties(page)
        self._heads = heads
        self._silent = frozenset(silent)
        self._within: list[_Mark] = []
        self._count = 0
        self._soft: int | None = None

    def __call__(self, operator: bytes, operands: list[Any], *_: object) -> None:
        if operator in {b"BDC", b"BMC"}:
            self._within.append(self._begun(operands))
        elif operator == b"EMC":
            del self._within[-1:]
        elif operator in _NEW_LINE or (operator in {b"Td", b"TD"} and _moves_down(operands)):
            self._soft = None
        if operator in _SHOWING or operator == b"Do":
            self._shown(operands)

    def _begun(self, operands: list[Any]) -> _Mark:
        said = operands[1] if len(operands) == 2 else None
        if isinstance(said, str):
            said = self._named.get(said)
        if not isinstance(said, dict):
            return _Mark(head=False, soft=False)
        head = operands[0] == "/Artifact" and said.get("/Subtype") in {"/Header", "/Footer"}
        self.has_heads |= head
        otherwise = [_decoded(said.get(key)) for key in _SAID_OTHERWISE]
        self.instead += [words for words in otherwise if count_words(words)]
        return _Mark(head, soft=otherwise[0] == _SOFT_HYPHEN)

    def _shown(self, operands: list[Any]) -> None:
        self._count += 1
        if self._soft is not None:  # the line goes on after it: no line's end made it show
            self.hyphens.append(self._soft)
        self._soft = self._count if any(mark.soft for mark in self._within) else None
        if any(mark.head for mark in self._within) != self._heads or self._count in self._silent:
            operands.clear()


def _moves_down(operands: list[Any]) -> bool:
    return len(operands) < 2 or operands[1] != 0


def _properties(page: PageObject) -> dict[str, Any]:
    """What marks that are only named in the program say, by name."""
    properties = dictionary(dictionary(page.get("/Resources")).get("/Properties"))
    return {str(name): dictionary(said) for name, said in properties.items()}


def _decoded(words: object) -> str:
    """A text of a PDF: UTF-16 or UTF-8 where its first bytes say so, else PDFDocEncoding."""
    raw = getattr(words, "original_bytes", None)
    if not isinstance(raw, bytes):
        return " ".join(words.split()) if isinstance(words, str) else ""
    if raw[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        text = raw.decode("utf-16", "replace")
    elif raw[:3] == b"\xef\xbb\xbf":
        text = raw[3:].decode("utf-8", "replace")
    else:
        try:
            text = decode_pdfdocencoding(raw)
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    return " ".join(text.encode("utf-8", "replace").decode().split())
