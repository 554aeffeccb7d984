"""XML inside a packed document, parsed without DTDs or entities, and not too deep."""

import codecs
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser
from xml.parsers.expat.errors import XML_ERROR_NO_MEMORY, codes

from transcripts.errors import RefusedFile
from transcripts.intake import read_part

DEEPEST = 200
"""Most elements within each other that a reader which goes down by itself follows."""

CHUNK = 1_000_000
"""Characters parsed at a time where a part is not kept whole."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NO_MEMORY = codes[XML_ERROR_NO_MEMORY]
_DEFINES = re.compile(r"<!(?:DOCTYPE|ENTITY)")


def local(element: Element) -> str:
    """An element's name without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_part(name: str, package: zipfile.ZipFile, part: str) -> Element:
    """One XML part; no DTD, no entities. Raises RefusedFile."""
    return parse_xml(name, part, read_part(name, package, part))


def parse_xml(name: str, part: str, content: bytes) -> Element:
    """The root of some XML; no DTD, no entities. Raises RefusedFile."""
    parser = XMLParser()  # noqa: S314 - _source has seen that nothing is defined
    with _told_plainly(name, part):
        parser.feed(_source(name, part, content))
        root: Element = parser.close()
    return root


def elements(
    name: str, package: zipfile.ZipFile, part: str, wanted: Collection[str]
) -> Iterator[Element]:
    """The elements of these local names in a part that may be too long to be kept whole.

    Each is given when it ends, and may be cleared then. Raises RefusedFile.
    """
    with _told_plainly(name, part):
        source = _source(name, part, read_part(name, package, part))
        parser: XMLPullParser[Element] = XMLPullParser(("end",))
        for at in range(0, len(source), CHUNK):
            parser.feed(source[at : at + CHUNK])
            ended = (event[-1] for event in parser.read_events() if event)
            yield from (one for one in ended if isinstance(one, Element) and local(one) in wanted)
        parser.close()


@contextmanager
def _told_plainly(name: str, part: str) -> Iterator[None]:
    try:
        yield
    except (ParseError, LookupError, ValueError) as wrong:
        if getattr(wrong, "code", None) == _NO_MEMORY:
            raise MemoryError from wrong
        reason = "this part is damaged: its XML can't be read."
        raise RefusedFile(name, part, reason, "Save the document again.") from wrong


def _source(name: str, part: str, content: bytes) -> str:
    """XML as text, made so before it is parsed: then no encoding hides what it defines."""
    source = content.decode(_encoding_of(content))
    if _DEFINES.search(source):
        reason = "this part defines entities or a DTD, which no document needs."
        raise RefusedFile(name, part, reason, "Save the document again.")
    return source


def check_depth(name: str, part: str, root: Element) -> None:
    """Refuse a part whose elements are nested deeper than any document's."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            reason = f"its parts are nested more than {DEEPEST} deep, which no document needs."
            raise RefusedFile(name, part, reason, "Save it as plain text and upload that.")
        level = [child for element in level for child in element]


def _encoding_of(content: bytes) -> str:
    """The encoding by its first bytes, else the one the XML names itself, else UTF-8."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    declared = _DECLARED.match(content)
    return declared[1].decode("ascii") if declared else "utf-8"
