"""PDFs that lead in circles, burst, or are locked."""

import io
import zlib
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter

from tests.hostile.case import ANY, EITHER, MIB, Case
from tests.transcripts.made import numbered, pdf, stream

GOOD = pdf(["Asha: Hello there."], ["Tom: Yes."])
PAGE = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{}>>{}>>"
HELLO = stream("BT /F1 9 Tf (Asha: Hello there.) Tj ET")
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(
    *more: str, resources: str = "", page: str = "", root: str = "", content: str = HELLO
) -> bytes:
    """A PDF of one page; further objects are numbered from six on."""
    bodies = [f"<</Type/Catalog/Pages 2 0 R{root}>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
              PAGE.format(resources, page), content, FONT, *more]  # fmt: skip
    return numbered(bodies)


def tree(*kids: str, count: int = 1) -> bytes:
    """A PDF whose pages are these objects, from two on."""
    return numbered(["<</Type/Catalog/Pages 2 0 R>>", *(kid.format(count=count) for kid in kids)])


def packed_stream(
    content: bytes, *, filters: str = "/FlateDecode", about: str = "", times: int = 1
) -> bytes:
    """A PDF of one page whose content is packed."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    marker = b"@" * 40
    named = filters * times
    length = len(content)
    holder = f"<</Length {length}/Filter[{named}]{about}>>stream\n{marker.decode()}\nendstream"
    return one_page(content=holder).replace(marker, content)


def locked(password: str, owner: str = "owner") -> bytes:
    """A PDF that asks for this password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(GOOD)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def with_word(old: bytes, new: bytes) -> Callable[[], bytes]:
    """The good PDF with something else in place of some of its bytes."""
    return lambda: GOOD.replace(old, new, 1)


def ladder(levels: int) -> bytes:
    """Branches of pages below branches."""
    kids = [f"<</Type/Pages/Count 1/Kids[{at + 3} 0 R]>>" for at in range(levels)]
    return tree(*kids, PAGE.format("", "").replace("4 0 R", f"{levels + 3} 0 R"), HELLO)


FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R/Y {} 0 R>>>>"
DRAWS = "/X Do /Y Do"
PDF: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "nothing after its head": (lambda: b"%PDF-1.7\n", ANY),
    "a head and words": (lambda: b"%PDF-1.7\nAsha: Hello there.", ANY),
    "no list of its objects": (with_word(b"xref", b"x___"), EITHER),
    "a list that begins nowhere": (with_word(b"startxref\n", b"startxref\n999999999"), EITHER),
    "a list of negative places": (with_word(b"0000000009", b"-000000009"), EITHER),
    "no root": (with_word(b"/Root 1 0 R", b"/Root 9 0 R"), EITHER),
    "a root that is no dictionary": (with_word(b"/Root 1 0 R", b"/Root 5 0 R"), EITHER),
    "a list that follows itself": (with_word(b"/Root 1 0 R", b"/Root 1 0 R/Prev 0"), EITHER),
    "a list that follows itself for ever": (
        lambda: GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % GOOD.rindex(b"xref\n0")), EITHER
    ),
    "pages that are their own pages": (lambda: tree("<</Type/Pages/Count 1/Kids[2 0 R]>>"), ANY),
    "pages of each other": (
        lambda: tree("<</Type/Pages/Count 2/Kids[3 0 R]>>", "<</Type/Pages/Count 2/Kids[2 0 R]/Parent 2 0 R>>"), ANY
    ),
    "pages 5,000 deep": (lambda: ladder(5_000), EITHER),
    "pages 300 deep": (lambda: ladder(300), EITHER),
    "a page 3,000 times": (lambda: tree(f"<</Type/Pages/Count 3000/Kids[{'3 0 R ' * 3000}]>>", PAGE.format("", ""), HELLO, FONT), EITHER),
    "a thousand million pages": (with_word(b"/Count 2", b"/Count 1000000000"), EITHER),
    "a negative number of pages": (with_word(b"/Count 2", b"/Count -2"), EITHER),
    "pages that aren't there": (with_word(b"/Kids[4 0 R 6 0 R]", b"/Kids[90 0 R 91 0 R]"), EITHER),
    "a parent that is its child": (lambda: one_page(page="/Parent 3 0 R"), EITHER),
    "a drawing that draws itself": (
        lambda: one_page(stream(DRAWS, FORM.format(6, 6)), resources="/XObject<</X 6 0 R/Y 6 0 R>>",
                         content=stream(f"BT (Asha: hi) Tj ET {DRAWS}")), EITHER
    ),
    "drawings that draw the next twice": (
        lambda: one_page(*(stream(DRAWS, FORM.format(7 + at, 7 + at)) for at in range(40)), stream("BT ET"),
                         resources="/XObject<</X 6 0 R/Y 6 0 R>>", content=stream(f"BT (Asha: hi) Tj ET {DRAWS}")), EITHER
    ),
    "a length that is its own": (lambda: one_page(content="<</Length 4 0 R>>stream\nBT ET\nendstream"), EITHER),
    "a length below none": (lambda: GOOD.replace(b"/Length", b"/Length -"), EITHER),
    "a length beyond the end": (lambda: one_page(content=HELLO.replace("/Length ", "/Length 99999")), EITHER),
    "a stream without an end": (lambda: one_page(content=HELLO.replace("endstream", "")), EITHER),
    "a burst": (lambda: packed_stream(b" " * 60 * MIB), "unpacks to"),
    "a burst packed twice": (lambda: packed_stream(b" " * 60 * MIB, times=2), "unpacks to"),
    "packed fifty times": (lambda: packed_stream(b"BT ET", times=50), EITHER),
    "packed by what isn't there": (lambda: packed_stream(b"BT ET", filters="/Nothing"), EITHER),
    "packed, and broken": (lambda: packed_stream(b"BT ET").replace(b"x\xda", b"y\xdb"), EITHER),
    "packed as base 85, and broken": (lambda: packed_stream(b"BT ET", filters="/ASCII85Decode"), EITHER),
    "packed as LZW, and broken": (lambda: packed_stream(b"BT ET", filters="/LZWDecode"), EITHER),
    "rows of a thousand million columns": (
        lambda: packed_stream(b"BT ET", about="/DecodeParms<</Predictor 12/Columns 1000000000>>"), EITHER
    ),
    "signs within signs": (lambda: one_page(content=stream("[" * 20_000)), EITHER),
    "dictionaries within dictionaries": (lambda: one_page(page="/A" + "<</A" * 5_000 + ">>" * 5_000), EITHER),
    "lists within lists": (lambda: one_page(page="/A" + "[" * 5_000 + "]" * 5_000), EITHER),
    "a string without an end": (lambda: one_page(content=stream("BT (" + "a" * 500_000)), EITHER),
    "strings within strings": (lambda: one_page(content=stream("BT " + "(" * 100_000 + ")" * 100_000 + " Tj ET")), EITHER),
    "a number of 100,000 digits": (lambda: one_page(content=stream("BT " + "9" * 100_000 + " 0 Td (Asha: x) Tj ET")), EITHER),
    "a number that is none": (lambda: one_page(content=stream("BT --5 0.0.0 Td (Asha: x) Tj ET")), EITHER),
    "a million operators": (lambda: one_page(content=stream("q Q " * 100_000)), EITHER),
    "saved and never restored": (lambda: one_page(content=stream("q " * 100_000 + "BT (Asha: x) Tj ET")), EITHER),
    "a picture in the line that never ends": (lambda: one_page(content=stream("BI /W 9 ID " + "x" * 100_000)), EITHER),
    "bookmarks in a circle": (
        lambda: one_page("<</First 7 0 R>>", "<</Title(x)/Next 7 0 R/First 6 0 R>>", root="/Outlines 6 0 R"), None
    ),
    "remarks in a circle": (lambda: one_page("[6 0 R 6 0 R]", page="/Annots 6 0 R"), EITHER),
    "remarks that are numbers": (lambda: one_page(page="/Annots[1 2 (x) null]"), EITHER),
    "fields in a circle": (lambda: one_page("<</Kids[6 0 R]/V(x)>>", root="/AcroForm<</Fields[6 0 R]>>"), None),
    "descriptions in a circle": (lambda: one_page("<</K 6 0 R/Alt(x)>>", root="/StructTreeRoot 6 0 R"), None),
    "a description 20,000 deep": (
        lambda: one_page(*(f"<</K {at} 0 R>>" for at in range(7, 3_000)), "<</Alt(x)>>", root="/StructTreeRoot 6 0 R"), EITHER
    ),
    "a file inside that is itself": (
        lambda: one_page("<</UF(x)/EF<</F 6 0 R>>>>", root="/Names<</EmbeddedFiles<</Names[(a)6 0 R]/Kids[6 0 R]>>>>"), EITHER
    ),
    "what it says of itself defines entities": (
        lambda: one_page(stream("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), root="/Metadata 6 0 R"), None
    ),
    "what it says of itself is no XML": (lambda: one_page(stream("<a"), root="/Metadata 6 0 R"), None),
    "a font of a million letters": (
        lambda: one_page(
            stream("1 beginbfrange <0000> <FFFFFF> <0041> endbfrange " * 50), content=HELLO, resources=""
        ).replace(b"/BaseFont", b"/ToUnicode 6 0 R/BaseFont"), EITHER
    ),
    "a font that is its own": (lambda: one_page().replace(b"/BaseFont", b"/DescendantFonts[5 0 R]/Subtype/Type0/BaseFont"), EITHER),
    "a font that is a page": (lambda: one_page().replace(b"/F1 5 0 R", b"/F1 3 0 R"), EITHER),
    "a font without a name": (lambda: one_page().replace(b"/BaseFont/Helvetica", b""), EITHER),
    "letters numbered beyond all": (
        lambda: one_page().replace(b"/BaseFont", b"/Encoding<</Differences[99999999999/A -1/B]>>/BaseFont"), EITHER
    ),
    "pages without words": (lambda: pdf([], []), "pictures"),
    "locked with a password": (lambda: locked("secret"), "password"),
    "locked against changes only": (lambda: locked(""), None),
    "locked in an unknown way": (
        lambda: GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Ours/V 99>>"), ANY
    ),
    "a turn by an odd angle": (lambda: one_page(page="/Rotate 33"), EITHER),
    "a page of no size": (lambda: one_page(page="/MediaBox[0 0 0 0]"), EITHER),
    "a page whose size is words": (lambda: one_page(page="/MediaBox[(a)(b)]"), EITHER),
}  # fmt: skip
CASES = [
    *(Case(name, "talk.pdf", make, says) for name, (make, says) in PDF.items()),
    *(
        Case(
            f"cut at {tenth}/10",
            "talk.pdf",
            lambda tenth=tenth: GOOD[: len(GOOD) * tenth // 10],
            EITHER,
        )
        for tenth in range(1, 10)
    ),
]
