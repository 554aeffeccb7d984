"""Whatever words an Office document holds beyond its text: found by looking at every element."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from transcripts.readers.package_xml import local
from transcripts.turns import LeftOut, count_words

RUNNING = frozenset({"t", "delText"})
"""Elements whose text runs on from the one before, as the pieces of a sentence do."""

_WHY = {
    "header": "text at the head of each page",
    "footer": "text at the foot of each page",
    "comments": "a comment in the margin",
    "threadedComment": "a comment in the margin",
    "glossary": "a building block of Word, not in the document",
    "chart": "words in a chart",
    "data": "words in a diagram",
    "drawing": "words in a drawing",
    "vmlDrawing": "words in a drawing",
    "styles": "words in a number's form",
    "sharedStrings": "kept in the file, but in no cell",
    "numbering": "words in the numbers of a list",
    "core": "what the document says of itself",
    "app": "what the document says of itself",
    "custom": "what the document says of itself",
}
_FIELD = "how a field is filled"
# Elements that hold words in their attributes.
_ATTRIBUTES = {
    "docPr": ("a description of a picture or drawing", ("descr", "title")),
    "cNvPr": ("a description of a picture or drawing", ("descr", "title")),
    "tblCaption": ("a description of a table", ("val",)),
    "tblDescription": ("a description of a table", ("val",)),
    "textpath": ("words drawn as a picture", ("string",)),
    "alias": ("the name of a field of a form", ("val",)),
    "listItem": ("a choice in a field of a form", ("displayText",)),
    "listEntry": ("a choice in a field of a form", ("val",)),
    "default": ("what a field of a form holds", ("val",)),
    "helpText": ("help for a field of a form", ("val",)),
    "statusText": ("help for a field of a form", ("val",)),
    "ocxPr": ("what a field of a form holds", ("value",)),
    "docVar": ("what the document keeps for its programs", ("val",)),
    "lvlText": ("words in the numbers of a list", ("val",)),
    "fldSimple": (_FIELD, ("instr",)),
    "hyperlink": ("a hint at a link", ("tooltip",)),
    "hlinkClick": ("a hint at a link", ("tooltip",)),
    "dataValidation": (
        "a hint at a cell",
        ("prompt", "promptTitle", "error", "errorTitle"),
    ),
    "scenario": ("what is said of other figures", ("name", "comment")),
    "definedName": ("a remark on a name", ("comment", "description")),
    "s": ("kept in the file for a summary", ("v",)),
}
WORDED = frozenset(_ATTRIBUTES)
"""Names of the elements that hold words in their attributes."""
_DRAWN = ("a description of a picture or drawing", ("alt", "title"))
_VML = "{urn:schemas-microsoft-com:vml}"
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FIELDS = frozenset({"instrText", "delInstrText"})
# Numbers and addresses for the program, and who saved the document: nobody's words.
_TECHNICAL = frozenset(
    word
    for listed in (
        "posOffset align pctWidth pctHeight pctPosHOffset pctPosVOffset f formatCode i4 bool",
        "filetime creator lastModifiedBy created modified revision lastPrinted version language",
        "Template TotalTime Pages Words Characters Application DocSecurity Lines Paragraphs",
        "ScaleCrop LinksUpToDate CharactersWithSpaces SharedDoc HyperlinksChanged AppVersion",
        "identifier Manager HyperlinkBase HLinks",
    )
    for word in listed.split()
)


_COUNTS = frozenset({"HeadingPairs", "TitlesOfParts"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an element of one name may hold."""

    paragraph: bool
    running: bool
    """Whether its text runs on from the one before, as in the pieces of a sentence."""
    field: bool
    silent: bool
    attributes: tuple[str, tuple[str, ...]] | None


def leftovers(parts: Mapping[str, Element], met: set[Element]) -> Iterator[LeftOut]:
    """Each text of any part that wasn't met on the way: the cross-check that tells all."""
    kinds: dict[str, _Kind] = {}
    drawn: set[str] = set()
    for part, root in parts.items():
        name = re.sub(r"\d*\.(?:xml|vml)$", "", part.rpartition("/")[2])
        why = _WHY.get("glossary" if "/glossary/" in part else name, "not part of the talk")
        # How Word counts its headings, and what it calls them.
        counts = {below for one in root if local(one) in _COUNTS for below in one.iter()}
        for found, reason in _unmet(root, met | counts if counts else met, kinds):
            words = " ".join(found.split())
            if "/diagrams/" in part:
                # A diagram is kept twice: what it says, and the same as it was last drawn.
                if words in drawn:
                    continue
                drawn.add(words)
            if count_words(words):
                yield LeftOut(words, part, reason or why, count_words(words))


def _unmet(root: Element, met: set[Element], kinds: dict[str, _Kind]) -> Iterator[tuple[str, str]]:
    """Words not met, paragraph by paragraph where they stand in some; perhaps with a reason."""
    pieces: list[str] = []
    fields: list[str] = []
    for element in root.iter():
        kind = kinds.get(element.tag) or kinds.setdefault(element.tag, _kind_of(element.tag))
        if kind.paragraph:
            yield "".join(pieces), ""
            pieces.clear()
        if kind.attributes:
            yield _worded(element, kind.attributes[1]), kind.attributes[0]
        text = element.text
        if text and not kind.silent and element not in met and not text.isspace():
            if kind.field:
                fields.append(text)
            else:
                pieces += [text] if kind.running else [" ", text, " "]
        if element.tail and not element.tail.isspace():
            pieces += [" ", element.tail, " "]
    yield "".join(pieces), ""
    yield " ".join(fields), _FIELD


def _kind_of(tag: str) -> _Kind:
    space, _, name = tag.rpartition("}")
    worded = _DRAWN if f"{space}}}" == _VML and name != "textpath" else _ATTRIBUTES.get(name)
    return _Kind(name == "p", name in RUNNING, name in _FIELDS, name in _TECHNICAL, worded)


def _worded(element: Element, names: tuple[str, ...]) -> str:
    found = (value for key, value in element.items() if key.rpartition("}")[2] in names)
    return " ".join(value for value in found if _LETTERS.search(value))
