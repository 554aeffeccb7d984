"""What a PDF says beside the words of its pages: remarks, forms, bookmarks, descriptions."""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject, StreamObject

from transcripts.errors import RefusedFile
from transcripts.readers.package_xml import local, parse_xml
from transcripts.turns import LeftOut, count_words

MOST_NODES = 100_000
"""Most bookmarks, fields or descriptions that are looked at."""

_REMARK = "a remark or a field on the page"
_DESCRIPTION = "a description that is not on the page"
_ABOUT = "what the document says of itself"
_REMARK_KEYS = ("/Contents", "/V", "/RC", "/Subj", "/TU", "/DV", "/Opt")
_WORDLESS = frozenset({"/Link", "/Popup", "/Widget", "/FileAttachment"})
_INFO_KEYS = frozenset(
    {"/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
)
_XMP = frozenset({"title", "description", "subject", "Keywords"})


def on_page(page: PageObject, number: int) -> Iterator[LeftOut]:
    """What people wrote onto a page, the fields of a form on it, its pictures."""
    where = f"page {number}"
    for annotation in _items(page.get("/Annots")):
        said = _said_in(annotation, _REMARK_KEYS)
        said += _texts(dictionary(annotation.get("/MK")).get("/CA"))
        for words in dict.fromkeys(said):
            yield from _left(words, where, _REMARK)
        if not said and "/AP" in annotation and annotation.get("/Subtype") not in _WORDLESS:
            yield LeftOut("a drawing", where, "what somebody drew onto the page is not read", 0)
        if annotation.get("/Subtype") == "/FileAttachment":
            yield LeftOut("a file", where, "a file inside the document is not read", 0)
    resources = dictionary(page.get("/Resources"))
    drawn = (dictionary(one) for one in dictionary(resources.get("/XObject")).values())
    pictures = sum(1 for one in drawn if one.get("/Subtype") == "/Image")
    if pictures:
        why = "a picture inside the document is not read"
        yield LeftOut(f"{pictures} × picture", where, why, 0)


def in_document(reader: PdfReader) -> Iterator[LeftOut]:
    """What stands on no page: title, bookmarks, descriptions of pictures, fields, files."""
    root = dictionary(reader.trailer.get("/Root"))
    for words in dict.fromkeys(_about(reader, root)):
        yield from _left(words, "document", _ABOUT)
    for mark in _tree(root.get("/Outlines"), ("/First", "/Next")):
        for words in _texts(mark.get("/Title")):
            yield from _left(words, "document", "a bookmark")
    for part in _tree(root.get("/StructTreeRoot"), ("/K",)):
        for words in _said_in(part, ("/Alt", "/ActualText", "/E")):
            yield from _left(words, "document", _DESCRIPTION)
    yield from _form(dictionary(root.get("/AcroForm")))
    yield from _files(dictionary(root.get("/Names")))


def _form(form: dict[str, Any]) -> Iterator[LeftOut]:
    for one in _tree(form.get("/Fields"), ("/Kids",)):
        if "/Rect" not in one:  # the others stand on a page
            for words in _said_in(one, _REMARK_KEYS):
                yield from _left(words, "document", "a field of a form")
    if "/XFA" in form:
        yield LeftOut("a form", "document", "a form inside the document is not read", 0)


def _files(names: dict[str, Any]) -> Iterator[LeftOut]:
    for branch in _tree(names.get("/EmbeddedFiles"), ("/Kids",)):
        for file in _items(branch.get("/Names")):
            called = next(iter(_said_in(file, ("/UF", "/F"))), "")
            why = "a file inside the document is not read"
            yield LeftOut(called or "a file", "document", why, count_words(called))
    branches = _tree(names.get("/JavaScript"), ("/Kids",))
    programs = sum(1 for branch in branches for _ in _items(branch.get("/Names")))
    if programs:
        why = "a program inside the document is not read"
        yield LeftOut(f"{programs} × program", "document", why, 0)


def _about(reader: PdfReader, root: dict[str, Any]) -> Iterator[str]:
    for key, value in dictionary(reader.trailer.get("/Info")).items():
        if key not in _INFO_KEYS:
            yield from _texts(value)
    metadata = _resolved(root.get("/Metadata"))
    if isinstance(metadata, StreamObject):
        try:
            told = parse_xml("", "", metadata.get_data())
        except RefusedFile:
            return
        for element in told.iter():
            if local(element) in _XMP:
                yield " ".join(" ".join(element.itertext()).split())


def _said_in(item: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [words for key in keys for words in _texts(item.get(key))]


def _tree(start: object, below: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every dictionary of a tree, each once, however its references run."""
    seen: dict[int, object] = {}
    pending: list[object] = [start]
    while pending and len(seen) < MOST_NODES:
        item = _resolved(pending.pop())
        if id(item) in seen:  # the library gives the same object for the same reference
            continue
        if isinstance(item, list | dict):
            seen[id(item)] = item
        if isinstance(item, list):
            pending += reversed(item)
        elif isinstance(item, dict):
            yield item
            pending += [item[key] for key in reversed(below) if key in item]


def _items(value: object) -> Iterator[dict[str, Any]]:
    for item in _list(value):
        found = _resolved(item)
        if isinstance(found, dict):
            yield found


def _texts(value: object) -> list[str]:
    """A string, or each of a list of them, on one line."""
    found = _resolved(value)
    if isinstance(found, StreamObject):
        return [_plain(found.get_data().decode("utf-8", "replace"))]
    if isinstance(found, list):
        return [text for item in found[:MOST_NODES] for text in _texts_of_choice(item)]
    return [_plain(found)] if isinstance(found, str) and not found.startswith("/") else []


def _texts_of_choice(item: object) -> list[str]:
    found = _resolved(item)
    pair = [_resolved(one) for one in found] if isinstance(found, list) else [found]
    return [_plain(one) for one in pair[-1:] if isinstance(one, str)]


def _plain(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode().split())


def _list(value: object) -> list[Any]:
    found = _resolved(value)
    return found if isinstance(found, list) else []


def dictionary(value: object) -> dict[str, Any]:
    """A dictionary of a PDF, also where it is referred to; empty for anything else."""
    found = _resolved(value)
    return found if isinstance(found, dict) else {}


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _left(words: str, where: str, why: str) -> Iterator[LeftOut]:
    if count_words(words):
        yield LeftOut(words, where, why, count_words(words))
