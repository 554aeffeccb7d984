"""PDF, after ISO 32000-2."""

from tests.transcripts.made import pdf, stream
from tests.transcripts.places.place import WORD, Place

TALK = ["Asha: Hello there."]
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def _with(program: str) -> bytes:
    plain = pdf([*TALK, "@"])
    return plain.replace(b"(@) Tj", f"{program}".encode("cp1252"))


SPOKEN = {
    "a line": f"({WORD}) Tj",
    "a line as hexadecimal digits": f"<{WORD.encode().hex()}> Tj",
    "a line in pieces": f"[({WORD[:4]}) -20 ({WORD[4:]})] TJ",
    "a new line by its own sign": f"({WORD}) '",
    "a new line with its own spaces": f'0 0 ({WORD}) "',
    "letters by octal numbers": "(" + "".join(f"\\{ord(letter):03o}" for letter in WORD) + ") Tj",
    "a string over two lines": f"({WORD[:4]}\\\n{WORD[4:]}) Tj",
    "invisible words, as under a scanned page": f"3 Tr ({WORD}) Tj",
    "white words": f"1 g ({WORD}) Tj",
    "turned words": f"0 1 -1 0 300 300 Tm ({WORD}) Tj",
    "words outside the page": f"1 0 0 1 900 900 Tm ({WORD}) Tj",
    "words that are marked": f"/P <</MCID 0>> BDC ({WORD}) Tj EMC",
    "words of a layer": f"/OC /L1 BDC ({WORD}) Tj EMC",
}  # fmt: skip
TOLD = {
    "words in place of others": f"/Span <</ActualText ({WORD})>> BDC (x) Tj EMC",
    "what a short form means": f"/Span <</E ({WORD})>> BDC (x) Tj EMC",
}
NOTE = "/Annots[<</Type/Annot/Subtype/{}/Rect[0 0 9 9]{}>>]"
TOLD_ON_PAGE = {
    "a remark": NOTE.format("Text", f"/Contents({WORD})"),
    "words typed onto the page": NOTE.format("FreeText", f"/Contents({WORD})"),
    "the subject of a remark": NOTE.format("Text", f"/Subj({WORD})"),
    "a remark with its letters' looks": NOTE.format("Text", f"/RC(<p>{WORD}</p>)"),
    "what a form's field holds": NOTE.format("Widget", f"/FT/Tx/V({WORD})"),
    "what a form's field held at first": NOTE.format("Widget", f"/FT/Tx/DV({WORD})"),
    "a hint at a form's field": NOTE.format("Widget", f"/FT/Tx/TU({WORD})"),
    "a choice in a form": NOTE.format("Widget", f"/FT/Ch/Opt[[(a)({WORD})](b)]"),
    "what stands on a button": NOTE.format("Widget", f"/FT/Btn/MK<</CA({WORD})>>"),
}
TOLD_IN_DOCUMENT: dict[str, tuple[str, tuple[str, ...]]] = {
    "a bookmark": ("/Outlines {0}", ("<</First {1}/Last {1}>>", f"<</Title({WORD})/Parent {{0}}>>")),
    "a bookmark below a bookmark": (
        "/Outlines {0}",
        ("<</First {1}>>", "<</Title(x)/First {2}>>", f"<</Title({WORD})>>"),
    ),
    "a bookmark in UTF-16": (
        "/Outlines {0}", ("<</First {1}>>", f"<</Title<feff{WORD.encode('utf-16-be').hex()}>>>"),
    ),
    "the description of a picture": ("/StructTreeRoot<</K[<</S/Figure/Alt({w})>>]>>".replace("{w}", WORD), ()),
    "a field that is on no page": ("/AcroForm<</Fields[<</FT/Tx/V({w})>>]>>".replace("{w}", WORD), ()),
    "the name of a file inside": (
        "/Names<</EmbeddedFiles<</Names[(a)<</UF({w})/EF<<>>>>]>>>>".replace("{w}", WORD), ()
    ),
    "what the document says of itself": (
        "/Metadata {0}",
        (stream("<x xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title><li>"
                f"{WORD}</li></dc:title></x>", "/Type/Metadata"),),
    ),
}  # fmt: skip
PLACES = [
    *(Place(name, "talk.pdf", _with(program), "turn") for name, program in SPOKEN.items()),
    Place(
        "a drawing used on the page",
        "talk.pdf",
        pdf(
            TALK,
            extra="|/XObject<</X {0}>>",
            objects=(stream(f"BT /F1 9 Tf 9 9 Td ({WORD}) Tj ET", f"{FORM}/Resources<</Font<</F1 3 0 R>>>>"),),
        ).replace(b"(Asha: Hello there.) Tj", b"(Asha: Hi) Tj ET /X Do BT "),
        "turn",
    ),
    *(Place(name, "talk.pdf", _with(program), "told") for name, program in TOLD.items()),
    *(Place(name, "talk.pdf", pdf(TALK, extra=note), "told") for name, note in TOLD_ON_PAGE.items()),
    *(
        Place(name, "talk.pdf", pdf(TALK, root=root, objects=objects), "told")
        for name, (root, objects) in TOLD_IN_DOCUMENT.items()
    ),
]  # fmt: skip
