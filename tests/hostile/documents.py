"""Word and OpenDocument documents that are sound as packages, and hostile inside."""

import io
import zipfile
from collections.abc import Callable, Iterator

from tests.hostile.case import ANY, EITHER, TOO_MANY, UNDER, Case
from tests.transcripts.made import OPEN_SPACES, WORD_SPACES, docx, odt, paragraph, run

TALK = paragraph("Asha: Hello there.")
TEXT = "<text:p>Asha: Hello there.</text:p>"


def stored(part: str, content: str) -> bytes:
    """A package of one part that isn't packed, so that nothing about it grows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr(part, content)
    return buffer.getvalue()


def stored_docx(body: str) -> bytes:
    """A Word document with this body, not packed."""
    return stored(
        "word/document.xml",
        f"<w:document {WORD_SPACES}><w:body>{TALK}{body}</w:body></w:document>",
    )


def stored_odt(body: str) -> bytes:
    """An OpenDocument text with this body, not packed."""
    return stored(
        "content.xml",
        f"<office:document-content {OPEN_SPACES}><office:body><office:text>{TEXT}{body}"
        "</office:text></office:body></office:document-content>",
    )


def within(levels: int, begins: str, ends: str, heart: str) -> str:
    """Something within itself, over and over."""
    return begins * levels + heart + ends * levels


CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
BOX = (
    "<w:p><w:r><w:pict><v:textbox><w:txbxContent>",
    "</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
)
ODT_CELL = ("<table:table><table:table-row><table:table-cell>",
            "</table:table-cell></table:table-row></table:table>")  # fmt: skip
DOCX: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "tables 2,000 deep": (lambda: stored_docx(within(2_000, *CELL, TALK)), None),
    "boxes 1,000 deep": (lambda: stored_docx(within(1_000, *BOX, TALK)), None),
    "controls 50,000 deep": (
        lambda: stored_docx(within(50_000, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", TALK)), None
    ),
    "deletions 5,000 deep": (lambda: stored_docx(within(5_000, "<w:del>", "</w:del>", TALK)), None),
    "choices 5,000 deep": (
        lambda: stored_docx(within(300, "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", TALK)),
        None,
    ),
    "a paragraph of 40,000 runs": (
        lambda: stored_docx("<w:p>" + "<w:r><w:t>ab</w:t></w:r>" * 40_000 + "</w:p>"), None
    ),
    "an attribute of 10 MB": (lambda: stored_docx(f"<w:p w:x='{'a' * 10_000_000}'>{run('b')}</w:p>"), None),
    "20,000 attributes": (
        lambda: stored_docx("<w:p " + " ".join(f"w:a{at}='x'" for at in range(20_000)) + "/>"), None
    ),
    "an element's name of 1 MB": (lambda: stored_docx(f"<w:{'a' * 1_000_000}/>"), None),
    "a number of 5,000 digits": (
        lambda: docx(TALK + f"<w:p><w:r><w:sym w:char='{'9' * 5_000}'/></w:r></w:p>"), None
    ),
    "a sign that is half a letter": (
        lambda: docx(TALK + "<w:p><w:r><w:sym w:char='D800'/></w:r></w:p>"), None
    ),
    "notes that refer to themselves": (
        lambda: docx(TALK, {"word/footnotes.xml": "<w:footnotes {n}><w:footnote w:id='1'><w:p><w:r>"
                            "<w:footnoteReference w:id='1'/><w:t>x</w:t></w:r></w:p></w:footnote></w:footnotes>"}),
        None,
    ),
    "no words": (lambda: docx("<w:p/>"), "no words"),
    "another root": (lambda: stored("word/document.xml", "<html><body>Hello</body></html>"), ANY),
    "words where there is nobody to say them": (lambda: docx("<w:t>loose</w:t>"), ANY),
}  # fmt: skip
ODT: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "tables 100 deep": (lambda: odt(TEXT + within(30, *ODT_CELL, TEXT)), None),
    "tables 2,000 deep": (lambda: stored_odt(within(2_000, *ODT_CELL, TEXT)), "nested"),
    "spans 10,000 deep": (
        lambda: stored_odt(within(10_000, "<text:span>", "</text:span>", "x")), "nested"
    ),
    "comments 10,000 deep": (
        lambda: stored_odt(within(10_000, "<office:annotation>", "</office:annotation>", "x")), "nested"
    ),
    "spaces beyond counting": (lambda: odt(TEXT + f"<text:p>a<text:s text:c='{'9' * 5_000}'/>b</text:p>"), None),
    "a thousand million spaces": (lambda: odt(TEXT + "<text:p>a<text:s text:c='1000000000'/>b</text:p>"), None),
    "a negative number of spaces": (lambda: odt(TEXT + "<text:p>a<text:s text:c='-3'/>b</text:p>"), None),
    "a cell a million times": (
        lambda: odt(TEXT + "<table:table><table:table-row table:number-rows-repeated='1048576'>"
                    f"<table:table-cell table:number-columns-repeated='1000000'>{TEXT}</table:table-cell>"
                    "</table:table-row></table:table>"), None
    ),
    "an attribute of 10 MB": (lambda: stored_odt(f"<text:p text:x='{'a' * 10_000_000}'>b</text:p>"), None),
    "a paragraph of 40,000 spans": (
        lambda: stored_odt("<text:p>" + "<text:span>ab</text:span>" * 40_000 + "</text:p>"), None
    ),
    "a picture among its letters": (
        lambda: odt(TEXT + "<text:p><draw:frame><draw:image><office:binary-data>!!broken base64??"
                    "</office:binary-data></draw:image></draw:frame></text:p>"), None
    ),
    "styles that are no XML": (lambda: odt(TEXT, {"styles.xml": "<a"}), "damaged"),
    "no words": (lambda: odt("<text:p/>"), "no words"),
    "no body": (lambda: stored("content.xml", "<a/>"), "no words"),
}  # fmt: skip


def _all() -> Iterator[Case]:
    for name, (make, says) in DOCX.items():
        yield Case(name, "talk.docx", make, says)
    for name, (make, says) in ODT.items():
        yield Case(name, "talk.odt", make, says)
    yield Case(
        "one paragraph of 24 MB",
        "talk.docx",
        lambda: stored_docx(paragraph("so it was " * (UNDER // 10 - 100))),
        TOO_MANY,
        slow=True,
    )
    empty = "a million empty paragraphs"
    yield Case(empty, "talk.docx", lambda: stored_docx("<w:p/>" * 1_000_000), EITHER, slow=True)
    more = "more paragraphs than are read"
    word, office = "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<text:p>a</text:p>"
    yield Case(more, "talk.docx", lambda: stored_docx(word * 301_000), "paragraphs", slow=True)
    yield Case(more, "talk.odt", lambda: stored_odt(office * 301_000), "paragraphs", slow=True)


CASES = list(_all())
