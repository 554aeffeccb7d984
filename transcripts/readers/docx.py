"""Word documents: all their text in order, and a list of what else the package holds."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from transcripts.errors import RefusedFile
from transcripts.intake import open_package
from transcripts.readers.docx_parts import TEXT, Walk, attribute
from transcripts.readers.package_xml import local, parse_part
from transcripts.readers.paragraphs import Paragraph, laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

_NOT_SPEECH = {
    "header": "text at the head of each page",
    "footer": "text at the foot of each page",
    "comments": "a comment in the margin",
    "glossary": "a building block of Word, not in the document",
}


def read_docx(name: str, data: bytes) -> Reading:
    """Read a .docx file: paragraphs, tables, insertions, controls, boxes, foot- and endnotes.

    Tracked deletions, page heads and feet, comments and charts are listed as left out.
    """
    with open_package(name, data) as package:
        main = _main_part(name, package)
        walk = Walk()
        parts = {part: parse_part(name, package, part) for part in _xml_parts(package)}
        body = [item for item in walk.paragraphs(parts[main]) if item.text.strip()]
        body = labelled_from_tables(body)
        notes = list(_notes(walk, parts, body))
        left_out = [*_deletions(walk), *_leftovers(walk, parts), *_embedded(package)]
    return laid_out(name, body, notes, left_out)


def _main_part(name: str, package: zipfile.ZipFile) -> str:
    """The part the package says is the document; "word/document.xml" nearly always."""
    names = set(package.namelist())
    if "_rels/.rels" in names:
        for relation in parse_part(name, package, "_rels/.rels"):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" in names:
        return "word/document.xml"
    raise RefusedFile(
        name,
        "",
        "the name ends in .docx, but there is no Word document in it.",
        "Save it in Word as .docx, or give it the suffix it should have.",
    )


def _xml_parts(package: zipfile.ZipFile) -> list[str]:
    """The XML parts below the document's folder, in a stable order."""
    names = sorted(set(package.namelist()))
    return [part for part in names if part.endswith(".xml") and part != "[Content_Types].xml"]


def _notes(walk: Walk, parts: dict[str, Element], body: list[Paragraph]) -> Iterator[str]:
    """Foot- and endnotes, in the order they are referred to, then the others."""
    texts: dict[str, str] = {}
    for part, root in parts.items():
        if not part.endswith(("/footnotes.xml", "/endnotes.xml")):
            continue
        for note in root:
            label = f"{local(note)} {attribute(note, 'id')}"
            words = "\n".join(item.text.strip() for item in walk.paragraphs(note))
            if words.strip():
                texts[label] = words.strip()
    referred = [label for paragraph in body for label in paragraph.footnotes if label in texts]
    for label in dict.fromkeys([*referred, *texts]):
        yield texts[label]


def _deletions(walk: Walk) -> list[LeftOut]:
    return [LeftOut(words, "document", why, count_words(words)) for words, why in walk.deleted]


def _leftovers(walk: Walk, parts: dict[str, Element]) -> Iterator[LeftOut]:
    """Each text element of any part that the walk didn't meet: the cross-check that tells all."""
    for part, root in parts.items():
        kind = re.sub(r"\d*\.xml$", "", part.rpartition("/")[2])
        why = _NOT_SPEECH.get("glossary" if "/glossary/" in part else kind, "not part of the talk")
        for words in _unmet(root, walk):
            yield LeftOut(words, part, why, count_words(words))


def _unmet(root: Element, walk: Walk) -> Iterator[str]:
    """Text not met, a paragraph at a time where it stands in paragraphs."""
    seen: set[Element] = set()
    for element in root.iter():
        if local(element) in {"p", *TEXT} and element not in seen:
            texts = [item for item in element.iter() if local(item) in TEXT]
            fresh = [item for item in texts if item not in walk.met and item not in seen]
            seen.update(texts)
            words = "".join(item.text or "" for item in fresh).strip()
            if words:
                yield words


def _embedded(package: zipfile.ZipFile) -> list[LeftOut]:
    """Pictures and files inside the document, whose words, if any, can't be read."""
    kinds = Counter(
        "picture" if "/media/" in part else "file"
        for part in package.namelist()
        if re.search(r"/(?:media|embeddings)/.|afchunk", part)
    )
    return [
        LeftOut(f"{count} × {kind}", "document", f"a {kind} inside the document is not read", 0)
        for kind, count in sorted(kinds.items())
    ]
