"""OpenDocument text, as LibreOffice saves it: every text node is read or listed as left out."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from transcripts.errors import RefusedFile
from transcripts.intake import open_package, read_part
from transcripts.readers.odt_parts import OdtWalk, all_text
from transcripts.readers.package_xml import check_depth, local, parse_part
from transcripts.readers.paragraphs import laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

_CONTENT = "content.xml"
_PAGE_EDGES = {"header": "text at the head of each page", "footer": "text at the foot of each page"}


def read_odt(name: str, data: bytes) -> Reading:
    """Read an .odt file: paragraphs, lists, tables, boxes, foot- and endnotes.

    Tracked deletions, comments, page heads and feet, indexes and descriptions of pictures are
    listed as left out.
    """
    with open_package(name, data) as package:
        _check_package(name, package)
        root = parse_part(name, package, _CONTENT)
        check_depth(name, _CONTENT, root)
        walk = OdtWalk()
        for body in root:
            if local(body) == "body":
                walk.blocks(body)
        left_out = [*walk.left_out, *_elsewhere(name, package), *_pictures(package)]
    paragraphs = [item for item in walk.paragraphs if item.text.strip()]
    return laid_out(name, labelled_from_tables(paragraphs), walk.notes, left_out)


def _check_package(name: str, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if _CONTENT not in names:
        reason = "the name ends in .odt, but there is no OpenDocument text in it."
        raise RefusedFile(name, "", reason, "Give it the suffix it should have.")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in read_part(name, package, manifest):
        reason = "the document is locked with a password."
        raise RefusedFile(name, "", reason, "Save it without a password.")


def _elsewhere(name: str, package: zipfile.ZipFile) -> Iterator[LeftOut]:
    """Words in the page styles, and in charts and formulas, which are documents of their own."""
    for part in sorted(set(package.namelist())):
        if part != "styles.xml" and not part.endswith("/content.xml"):
            continue
        root = parse_part(name, package, part)
        check_depth(name, part, root)
        for element in _page_edges(root) if part == "styles.xml" else [root]:
            why = _PAGE_EDGES.get(local(element).split("-")[0], "words in a chart or a formula")
            words = all_text(element).strip()
            if words:
                yield LeftOut(words, part, why, count_words(words))


def _page_edges(root: Element) -> Iterator[Element]:
    """The heads and feet of pages: the only words that stand in a page's style."""
    for page in root.iter():
        if local(page) == "master-page":
            yield from page


def _pictures(package: zipfile.ZipFile) -> list[LeftOut]:
    kinds = Counter(part.split("/")[0] for part in package.namelist() if not part.endswith("/"))
    count = kinds["Pictures"]
    why = "a picture inside the document is not read"
    return [LeftOut(f"{count} × picture", "document", why, 0)] if count else []
