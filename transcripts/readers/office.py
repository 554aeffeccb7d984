"""What Word documents and Excel workbooks have in common as packages of parts."""

import re
import zipfile
from collections import Counter
from collections.abc import Collection

from transcripts.readers.package_xml import parse_part
from transcripts.turns import LeftOut

_NO_WORDS = re.compile(
    r"/$|\.rels$|^\[Content_Types\]\.xml$|/fonts/|/printerSettings/|^docProps/thumbnail\."
)
"""Parts of a package that hold no words of anybody."""


def main_part(name: str, package: zipfile.ZipFile, usual: str) -> str | None:
    """The part the package says is the document; `usual` where it says nothing."""
    names = set(package.namelist())
    if "_rels/.rels" in names:
        for relation in parse_part(name, package, "_rels/.rels"):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in names:
                return target
    return usual if usual in names else None


def embedded(
    package: zipfile.ZipFile, read: Collection[str], wordless: re.Pattern[str] = _NO_WORDS
) -> list[LeftOut]:
    """Pictures and files inside a package, whose words, if any, can't be read."""
    kinds = Counter(
        "picture" if "/media/" in part else "file"
        for part in package.namelist()
        if part not in read and not _NO_WORDS.search(part) and not wordless.search(part)
    )
    return [
        LeftOut(f"{count} × {kind}", "document", f"a {kind} inside the document is not read", 0)
        for kind, count in sorted(kinds.items())
    ]
