"""OpenDocument text, as LibreOffice saves it: every text node is read or listed as left out."""

import zipfile

from transcripts.errors import RefusedFile
from transcripts.intake import open_package, read_part
from transcripts.readers.odt_leftovers import elsewhere, embedded, worded_attributes
from transcripts.readers.odt_parts import OdtWalk, hidden_styles
from transcripts.readers.package_xml import check_depth, local, parse_part
from transcripts.readers.paragraphs import laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import Reading

_CONTENT = "content.xml"


def read_odt(name: str, data: bytes) -> Reading:
    """Read an .odt file: paragraphs, lists, tables, boxes, foot- and endnotes.

    Tracked deletions, hidden text, comments, page heads and feet, indexes, forms, descriptions of
    pictures and what the document says of itself are listed as left out.
    """
    with open_package(name, data) as package:
        _check_package(name, package)
        root = parse_part(name, package, _CONTENT)
        check_depth(name, _CONTENT, root)
        walk = OdtWalk(hidden_styles(root))
        for body in root:
            if local(body) == "body":
                walk.blocks(body)
        left_out = [
            *walk.left_out,
            *worded_attributes(root, _CONTENT),
            *elsewhere(name, package),
            *embedded(package),
        ]
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
