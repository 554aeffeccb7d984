"""Word documents: all their text in order, and a list of what else the package holds."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from transcripts.errors import RefusedFile
from transcripts.intake import open_package, read_part
from transcripts.readers.docx_parts import Walk, attribute
from transcripts.readers.office import embedded, main_part
from transcripts.readers.package_leftovers import leftovers
from transcripts.readers.package_xml import local, parse_xml
from transcripts.readers.paragraphs import Paragraph, laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.readers.wordless import holds_no_words
from transcripts.turns import LeftOut, Reading, count_words


def read_docx(name: str, data: bytes) -> Reading:
    """Read a .docx file: paragraphs, tables, insertions, controls, boxes, foot- and endnotes.

    Tracked deletions, hidden text, page heads and feet, comments, charts, descriptions, forms and
    what the document says of itself are listed as left out.
    """
    with open_package(name, data) as package:
        main = _main_part(name, package)
        walk = Walk()
        listed = _xml_parts(package, main)
        parts = dict(_parsed(name, package, listed, main))
        body = [item for item in walk.paragraphs(parts[main]) if item.text.strip()]
        body = labelled_from_tables(body)
        notes = list(_notes(walk, parts, body))
        left_out = [*_not_said(walk), *leftovers(parts, walk.met), *embedded(package, listed)]
    if not body and not notes and any(local(item) == "altChunk" for item in parts[main].iter()):
        # As programs make it that put a web page into an empty document.
        reason = "its words stand in a file that was put into the document, which is not read."
        raise RefusedFile(name, "", reason, "Open it in Word, save it again and upload that.")
    return laid_out(name, body, notes, left_out)


def _main_part(name: str, package: zipfile.ZipFile) -> str:
    main = main_part(name, package, "word/document.xml")
    if main is None:
        raise RefusedFile(
            name,
            "",
            "the name ends in .docx, but there is no Word document in it.",
            "Save it in Word as .docx, or give it the suffix it should have.",
        )
    return main


def _xml_parts(package: zipfile.ZipFile, main: str) -> list[str]:
    """The XML parts of the package, in a stable order."""
    names = {part for part in package.namelist() if part.endswith(".xml")}
    return sorted({main, *names} - {"[Content_Types].xml"})


def _parsed(
    name: str, package: zipfile.ZipFile, listed: list[str], main: str
) -> Iterator[tuple[str, Element]]:
    """Each part that may hold words, and its root."""
    for part in listed:
        content = read_part(name, package, part)
        if part == main or not holds_no_words(content):
            yield part, parse_xml(name, part, content)


def _notes(walk: Walk, parts: dict[str, Element], body: list[Paragraph]) -> Iterator[str]:
    """Foot- and endnotes, in the order they are referred to, then the others."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for part, root in parts.items():
        if local(root) not in {"footnotes", "endnotes"} or "/glossary/" in part:
            continue
        for note in root:
            label = f"{local(note)} {attribute(note, 'id')}"
            words = "\n".join(item.text.strip() for item in walk.paragraphs(note)).strip()
            if words:
                texts[label].append(words)
    referred = [label for paragraph in body for label in paragraph.footnotes if label in texts]
    for label in dict.fromkeys([*referred, *texts]):
        yield from texts[label]


def _not_said(walk: Walk) -> Iterator[LeftOut]:
    for words, why in walk.not_said:
        yield LeftOut(words, "document", why, count_words(words))
    if walk.symbols:
        why = "a sign of a font of its own, which no letter stands for"
        yield LeftOut(f"{walk.symbols} × sign", "document", why, 0)
