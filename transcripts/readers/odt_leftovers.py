"""What an OpenDocument text says outside its paragraphs: in attributes, styles and other parts."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from transcripts.readers.odt_parts import all_text
from transcripts.readers.package_xml import check_depth, local, parse_part
from transcripts.turns import LeftOut, count_words

_WHY_PART = {
    "header": "text at the head of each page",
    "footer": "text at the foot of each page",
}
_ABOUT = "what the document says of itself"
_WHO_AND_WHEN = frozenset(
    ("generator", "initial-creator", "creator", "creation-date", "date", "editing-cycles",
     "editing-duration", "print-date", "printed-by", "language")
)  # fmt: skip
_DESCRIPTION = "a description that is not on the page"
_FORM = "what a field of a form holds"
_INDEX = "words of an index"
_NUMBERS = ("words in the numbers of a list", ("num-prefix", "num-suffix"))
_CITED = ("author", "title", "booktitle", "publisher", "journal", "note", "annote", "address",
          "editor", "institution", "organizations", "school", "series")  # fmt: skip
# Elements that hold words in their attributes; where the same words stand below, they are read.
_ATTRIBUTES = {
    "hidden-text": ("hidden text", ("string-value",)),
    "conditional-text": (
        "text for a condition",
        ("string-value-if-true", "string-value-if-false"),
    ),
    "alphabetical-index-mark": (_INDEX, ("string-value", "key1", "key2")),
    "alphabetical-index-mark-start": (_INDEX, ("key1", "key2")),
    "toc-mark": (_INDEX, ("string-value",)),
    "user-index-mark": (_INDEX, ("string-value",)),
    "bibliography-mark": ("a book that is referred to", _CITED),
    "user-field-decl": ("what the document keeps for its fields", ("string-value",)),
    "variable-set": ("what the document keeps for its fields", ("string-value",)),
    "placeholder": (_DESCRIPTION, ("description",)),
    "text-input": (_DESCRIPTION, ("description",)),
    "drop-down": ("a choice in a field of a form", ("value",)),
    "a": ("a hint at a link", ("title",)),
    "list-level-style-number": _NUMBERS,
    "outline-level-style": _NUMBERS,
    "notes-configuration": _NUMBERS,
}
_FORM_ATTRIBUTES = ("label", "title", "value", "current-value", "help-message")
_FORMS = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NO_WORDS = re.compile(
    r"/$|^mimetype$|^META-INF/|^manifest\.rdf$|^layout-cache$|(?:^|/)settings\.xml$|^Thumbnails/"
    r"|^Configurations2/|^ObjectReplacements/|^Fonts/|/styles\.xml$|/meta\.xml$"
)


def worded_attributes(root: Element, part: str) -> Iterator[LeftOut]:
    """Words that stand in attributes: hidden text, choices in forms, marks for an index."""
    for element in root.iter():
        name = local(element)
        why, names = _ATTRIBUTES.get(name, ("", ()))
        if element.tag.startswith(_FORMS):
            why, names = _FORM, _FORM_ATTRIBUTES
        if names:
            said = all_text(element)
            sources = [element, *element] if name == "drop-down" else [element]
            pairs = chain.from_iterable(source.items() for source in sources)
            found = (value for key, value in pairs if key.rpartition("}")[2] in names)
            words = " ".join(value for value in found if value not in said)
            if _LETTERS.search(words):
                yield LeftOut(words, part, why, count_words(words))


def elsewhere(name: str, package: zipfile.ZipFile) -> Iterator[LeftOut]:
    """Words in the page styles, in charts and formulas, and about the document."""
    for part in sorted(package.namelist()):
        if part in {"styles.xml", "meta.xml"} or part.endswith("/content.xml"):
            root = parse_part(name, package, part)
            check_depth(name, part, root)
            for words, why in _words_of(part, root):
                if count_words(words):
                    yield LeftOut(words, part, why, count_words(words))
            yield from worded_attributes(root, part)


def embedded(package: zipfile.ZipFile) -> list[LeftOut]:
    """Pictures, programs and files inside the document, whose words, if any, can't be read."""
    kinds: Counter[str] = Counter()
    for part in package.namelist():
        if part.startswith("Pictures/") and not part.endswith("/"):
            kinds["picture"] += 1
        elif part.startswith(("Basic/", "Dialogs/", "Scripts/")) and not part.endswith("/"):
            kinds["program"] += 1
        elif not _NO_WORDS.search(part) and not part.endswith("content.xml"):
            kinds["file"] += part not in {"styles.xml", "meta.xml"}
    return [
        LeftOut(f"{count} × {kind}", "document", f"a {kind} inside the document is not read", 0)
        for kind, count in sorted(kinds.items())
        if count
    ]


def _words_of(part: str, root: Element) -> Iterator[tuple[str, str]]:
    if part == "meta.xml":
        yield _texts(item for item in root.iter() if local(item) not in _WHO_AND_WHEN), _ABOUT
    elif part == "styles.xml":
        edges = [edge for page in root.iter() if local(page) == "master-page" for edge in page]
        for edge in edges:
            why = _WHY_PART.get(local(edge).split("-")[0], "words on each page")
            yield " ".join(all_text(edge).split()), why
        inside = {below for edge in edges for below in edge.iter()}
        yield _texts(item for item in root.iter() if item not in inside), "words in a style"
        yield " ".join("".join(edge.tail or "" for edge in edges).split()), "words in a style"
    else:
        yield " ".join(all_text(root).split()), "words in a chart or a formula"


def _texts(elements: Iterable[Element]) -> str:
    """The text of each element, and what follows it."""
    pieces = (f"{item.text or ''} {item.tail or ''}" for item in elements)
    return " ".join(" ".join(pieces).split())
