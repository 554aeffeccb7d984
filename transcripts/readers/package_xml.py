"""XML inside a packed document, parsed without DTDs or entities, and not too deep."""

import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from transcripts.errors import RefusedFile
from transcripts.intake import read_part

DEEPEST = 200
"""Most elements within each other that a reader which goes down by itself follows."""


def local(element: Element) -> str:
    """An element's name without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_part(name: str, package: zipfile.ZipFile, part: str) -> Element:
    """One XML part; no DTD, no entities. Raises RefusedFile."""
    try:
        root: Element = fromstring(read_part(name, package, part), forbid_dtd=True)
    except DefusedXmlException as wrong:
        reason = "this part defines entities or a DTD, which no document needs."
        raise RefusedFile(name, part, reason, "Save the document again.") from wrong
    except (ParseError, LookupError, ValueError) as wrong:
        reason = "this part is damaged: its XML can't be read."
        raise RefusedFile(name, part, reason, "Save the document again.") from wrong
    return root


def check_depth(name: str, part: str, root: Element) -> None:
    """Refuse a part whose elements are nested deeper than any document's."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            reason = f"its parts are nested more than {DEEPEST} deep, which no document needs."
            raise RefusedFile(name, part, reason, "Save it as plain text and upload that.")
        level = [child for element in level for child in element]
