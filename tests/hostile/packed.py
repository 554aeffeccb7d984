"""Zips that lie, burst or point elsewhere, in all three formats that are packed."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile.case import ANY, EITHER, MIB, Case
from tests.transcripts.made import docx, odt, packed, paragraph, row, xlsx

GOOD = {
    "talk.docx": docx(paragraph("Asha: Hello there.")),
    "talk.odt": odt("<text:p>Asha: Hello there.</text:p>"),
    "views.xlsx": xlsx(row("ID", "What helped?") + row("R1", "Time.")),
}
MAIN = {
    "talk.docx": "word/document.xml",
    "talk.odt": "content.xml",
    "views.xlsx": "xl/workbook.xml",
}
BOMB = '<!DOCTYPE d [<!ENTITY a0 "lol">{}]>'.format(
    "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
)
DEFINITIONS = {
    "entities that burst": BOMB + "<d>&a9;</d>",
    "one long entity many times": f'<!DOCTYPE d [<!ENTITY a "{"x" * 50_000}">]><d>{"&a;" * 5_000}</d>',
    "an entity that reads a file": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
    "an entity from elsewhere": '<!DOCTYPE d [<!ENTITY a SYSTEM "http://127.0.0.1/a">]><d>&a;</d>',
    "a DTD from elsewhere": '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd"><d/>',
    "entities that name each other": '<!DOCTYPE d [<!ENTITY a "&b;"><!ENTITY b "&a;">]><d>&a;</d>',
    "parameters that burst": "<!DOCTYPE d [<!ENTITY % a \"<!ENTITY b 'c'>\">%a;]><d>&b;</d>",
}
NOT_XML = {
    "nothing at all": b"",
    "no XML": b"plain words",
    "an element never closed": b"<a><b>",
    "a name that nobody declared": b"<w:a/>",
    "half a letter": b"<a>&#xD800;</a>",
    "a null byte": b"<a>\0</a>",
    "bytes that are no UTF-8": b"<a>\xff\xfe</a>",
    "an encoding that isn't there": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "an encoding that packs": b'<?xml version="1.0" encoding="zlib"?><a/>',
    "UTF-16 cut in the middle of a letter": "<a>é</a>".encode("utf-16")[:-1],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


def with_main(file: str, content: str | bytes) -> bytes:
    """A package whose main part is this."""
    return packed({MAIN[file]: content})


def with_parts(file: str, parts: list[tuple[str | zipfile.ZipInfo, str | bytes]]) -> bytes:
    """A good package with more parts, which may share a name."""
    buffer = io.BytesIO(GOOD[file])
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # a name that is there already
        for part, content in parts:
            package.writestr(part, content)
    return buffer.getvalue()


def link() -> zipfile.ZipInfo:
    """An entry that says it is a link to a file."""
    info = zipfile.ZipInfo("word/link.xml")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def packed_by(method: int, file: str) -> bytes:
    """The main part packed in a way that documents aren't."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        package.writestr(MAIN[file], "<a/>")
    return buffer.getvalue()


def claiming(file: str, size: int) -> bytes:
    """A package whose listing says that its main part has this many bytes."""
    content = b"<a>" + b"x" * 70_001 + b"</a>"
    data = with_main(file, content)
    return data.replace(struct.pack("<L", len(content)), struct.pack("<L", size))


def locked(file: str) -> bytes:
    """A package whose parts say they are locked with a password."""
    data = bytearray(GOOD[file])
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def overlapping(file: str) -> bytes:
    """A listing in which two hundred parts are the same bytes (after Fifield 2019)."""
    data = with_main(file, b"<a>" + b" " * 300_000 + b"</a>")
    central = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[central:end]
    name = MAIN[file].encode()
    entries = [entry]
    for number in range(199):
        other = f"{number:03}".encode().ljust(len(name), b"x")
        entries.append(entry.replace(name, other))
    listing = b"".join(entries)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(listing), central, 0)
    return data[:central] + listing + tail


def bursting(file: str) -> bytes:
    """A small file that is a large one."""
    return with_main(file, b"<a>" + b" " * 30 * MIB + b"</a>")


def nested() -> bytes:
    """A zip in a zip in a zip, with a burst at its heart, beside good words."""
    inner = packed({"a": bytes(20 * MIB)})
    for _ in range(5):
        inner = packed({"a.zip": inner})
    return with_parts("talk.docx", [("word/embeddings/a.zip", inner)])


def broken_crc(file: str) -> bytes:
    """A package whose main part was changed on the way."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(MAIN[file], "<a>changed</a>")
    return buffer.getvalue().replace(b"changed", b"CHANGED", 1)


def in_every_format() -> Iterator[Case]:
    """What can be done to any package."""
    for file, good in GOOD.items():
        for tenth in range(1, 10):
            yield Case(
                f"cut at {tenth}/10",
                file,
                partial(good.__getitem__, slice(len(good) * tenth // 10)),
                ANY,
            )
        yield Case("cut by one byte", file, partial(good.__getitem__, slice(-1)), ANY)
        yield Case(
            "only its end",
            file,
            partial(good.__getitem__, slice(len(good) // 2, None)),
            "but this is",
        )
        for name, xml in DEFINITIONS.items():
            yield Case(name, file, partial(with_main, file, xml), "DTD")
        yield Case(
            "a DTD in UTF-16",
            file,
            partial(with_main, file, (BOMB + "<d/>").encode("utf-16")),
            "DTD",
        )
        hidden = b'<?xml version="1.0" encoding="cp037"?>' + (BOMB + "<d/>").encode("cp037")
        yield Case(
            "a DTD in the letters of a mainframe", file, partial(with_main, file, hidden), "DTD"
        )
        for name, content in NOT_XML.items():
            yield Case(f"its main part is {name}", file, partial(with_main, file, content), ANY)
        yield Case("a burst", file, partial(bursting, file), "grows")
        yield Case("parts that are the same bytes", file, partial(overlapping, file), ANY)
        yield Case("a part said to be smaller", file, partial(claiming, file, 9), ANY)
        yield Case("a part said to be larger", file, partial(claiming, file, 90_000), EITHER)
        yield Case(
            "a part said to have 4 GB", file, partial(claiming, file, 0xFFFFFFF0), "unpacks to"
        )
        yield Case(
            "2,001 parts",
            file,
            partial(with_parts, file, [(f"p{at}", "") for at in range(2001)]),
            "parts",
        )
        yield Case(
            "packed by bzip2", file, partial(packed_by, zipfile.ZIP_BZIP2, file), "packed in a way"
        )
        yield Case(
            "packed by LZMA", file, partial(packed_by, zipfile.ZIP_LZMA, file), "packed in a way"
        )
        yield Case("parts locked with a password", file, partial(locked, file), "password")
        yield Case("a part changed on the way", file, partial(broken_crc, file), "damaged")
        yield Case(
            "a part that is there twice",
            file,
            partial(with_parts, file, [(MAIN[file], "<a/>")]),
            "two parts",
        )
        yield Case("no part at all", file, partial(packed, {}), "but this is")
        yield Case("none of its parts", file, partial(packed, {"a.xml": "<a/>"}), "in it")
        yield Case(
            "a folder in place of its main part",
            file,
            partial(packed, {MAIN[file] + "/": ""}),
            "in it",
        )
        yield Case("elements 100,000 deep", file, partial(with_main, file, deep(100_000)), ANY)


def deep(levels: int) -> bytes:
    """Elements within each other, stored so that they don't look like a burst."""
    return b"<a>" * levels + b"</a>" * levels


NAMES = {
    "a name that goes up": "../../etc/passwd",
    "a name that goes up in Windows": "..\\..\\a.xml",
    "a name from the root": "/etc/passwd",
    "a name on a drive": "C:\\a.xml",
    "a name that goes up in the middle": "word/../../a.xml",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
RELATED = (
    "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='{}'/></Relationships>"
)
LOCKED_ODT = "<m xmlns='urn:m'><encryption-data/></m>"
WRONG = {
    "a Word document": (GOOD["talk.docx"], ("talk.odt", "views.xlsx", "talk.txt", "talk.md", "talk.html",
                                            "call.vtt", "call.srt", "views.csv", "talk.rtf", "talk.pdf")),
    "an OpenDocument text": (GOOD["talk.odt"], ("talk.docx", "views.xlsx", "call.sbv")),
    "a workbook": (GOOD["views.xlsx"], ("talk.docx", "talk.odt", "views.csv")),
    "a picture": (NOT_XML["a picture"], ("talk.docx", "talk.txt", "talk.pdf", "talk.rtf", "views.csv")),
    "an old Word file": (OLE, ("talk.docx", "talk.odt", "talk.txt", "talk.rtf")),
    "a locked workbook": (OLE, ("views.xlsx", "views.csv")),
    "plain words": (b"Asha: Hello there.", ("talk.docx", "talk.odt", "views.xlsx", "talk.rtf", "talk.pdf")),
    "a PDF": (b"%PDF-1.7\n...", ("talk.txt", "talk.docx", "talk.html")),
    "a sound": (b"ID3\x03" + bytes(50), ("talk.txt", "call.vtt")),
}  # fmt: skip


def _single() -> Iterator[Case]:
    for name, part in NAMES.items():
        yield Case(
            name, "talk.docx", partial(with_parts, "talk.docx", [(part, "x")]), "points outside"
        )
    yield Case(
        "a link in it",
        "talk.docx",
        lambda: with_parts("talk.docx", [(link(), "/etc/passwd")]),
        "link",
    )
    yield Case("zips within zips", "talk.docx", nested, None)
    yield Case(
        "a name with a null byte",
        "talk.docx",
        lambda: GOOD["talk.docx"].replace(b"document.xml", b"docu\0ent.xml"),
        ANY,
    )
    yield Case(
        "its document elsewhere",
        "talk.docx",
        lambda: packed({"_rels/.rels": RELATED.format("/etc/passwd"), "a.xml": "<a/>"}),
        "in it",
    )
    yield Case(
        "its document its own list",
        "talk.docx",
        lambda: packed({"_rels/.rels": RELATED.format("_rels/.rels")}),
        ANY,
    )
    yield Case(
        "a locked text",
        "talk.odt",
        lambda: with_parts("talk.odt", [("META-INF/manifest.xml", LOCKED_ODT)]),
        "password",
    )
    yield Case(
        "a note that is a mile long",
        "talk.docx",
        lambda: GOOD["talk.docx"][:-2] + b"\xff\xff" + b"x" * 65_535,
        EITHER,
    )
    for what, (data, files) in WRONG.items():
        for file in files:
            says = "in it" if data[:2] == b"PK" == _begins(file) else "but this is"
            yield Case(f"{what} by a wrong name", file, _just(data), says)


def _just(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _begins(file: str) -> bytes:
    return GOOD.get(file, b"")[:2]


CASES = [*in_every_format(), *_single()]
