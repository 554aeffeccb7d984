"""Word and OpenDocument documents: random trees of their elements inside sound packages."""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import SPEECH, WORDS, Made, sometimes_broken_inside
from tests.transcripts.made import docx, odt

WORD_ELEMENTS = [
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:sdt",
    "w:sdtContent",
    "w:hyperlink",
    "w:smartTag",
    "w:txbxContent",
    "w:pict",
    "v:textbox",
    "v:shape",
    "w:footnoteReference",
    "w:tab",
    "w:br",
    "w:cr",
    "w:sym",
    "w:ruby",
    "w:rt",
    "w:rubyBase",
    "w:fldSimple",
    "w:instrText",
    "w:delText",
    "w:rPr",
    "w:vanish",
    "w:pPr",
    "w:pStyle",
    "m:oMath",
    "m:r",
    "m:t",
    "a:p",
    "a:t",
    "w:customXml",
    "w:dir",
    "w:bdo",
    "w:object",
    "w:sectPr",
    "w:softHyphen",
    "w:noBreakHyphen",
    "w:comment",
    "w:body",
    "w:p",
    "w:r",
    "w:t",
    "w:t",
    "w:p",
]
WORD_ATTRIBUTES = (
    "", "", "", " w:val='0'", " w:val='Heading1'", " w:id='2'", " w:char='F0FC'", " w:char='zz'",
    " w:char='1F600'", " w:instr='x'", " xml:space='preserve'",
)  # fmt: skip
WORD_PARTS = ("word/footnotes.xml", "word/header1.xml", "word/comments.xml", "customXml/item1.xml",
              "word/glossary/document.xml", "word/charts/chart1.xml", "docProps/custom.xml")  # fmt: skip
OPEN_ELEMENTS = [
    "text:p",
    "text:h",
    "text:span",
    "text:a",
    "text:s",
    "text:tab",
    "text:line-break",
    "text:note",
    "text:note-body",
    "text:list",
    "text:list-item",
    "text:section",
    "table:table",
    "table:table-row",
    "table:table-cell",
    "table:covered-table-cell",
    "table:table-header-rows",
    "draw:frame",
    "draw:text-box",
    "draw:custom-shape",
    "draw:g",
    "office:annotation",
    "text:tracked-changes",
    "text:changed-region",
    "text:deletion",
    "text:ruby",
    "text:ruby-base",
    "text:ruby-text",
    "svg:title",
    "svg:desc",
    "text:table-of-content",
    "text:index-body",
    "office:forms",
    "text:script",
    "text:drop-down",
    "text:placeholder",
    "text:title",
    "text:numbered-paragraph",
    "text:soft-page-break",
    "office:change-info",
    "text:p",
    "text:p",
    "text:span",
]
OPEN_ATTRIBUTES = (
    "", "", "", " text:c='3'", " text:c='99999999999'", " text:style-name='Title'",
    " text:style-name='T9'", " text:display='none'", " table:number-columns-repeated='1000000'",
)  # fmt: skip
OPEN_PARTS = ("styles.xml", "meta.xml", "Object 1/content.xml")
HIDES = "<style:style style:name='T9'><style:text-properties text:display='none'/></style:style>"


def _trees(
    elements: list[str], attributes: tuple[str, ...], text: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """XML of these elements within each other."""
    return st.recursive(
        text,
        lambda inner: st.builds(
            lambda name, said, below: f"<{name}{said}>{''.join(below)}</{name}>",
            st.sampled_from(elements),
            st.sampled_from(attributes),
            st.lists(inner, max_size=4),
        ),
        max_leaves=14,
    )


@st.composite
def _package(
    draw: st.DrawFn,
    make: Callable[[str, dict[str, str]], bytes],
    trees: st.SearchStrategy[str],
    parts: tuple[str, ...],
) -> Made:
    """A package whose document, and perhaps another part, is a random tree."""
    body = draw(trees)
    others = {
        part: f"<x:all xmlns:x='urn:x' {{n}}>{draw(trees)}</x:all>"
        for part in draw(st.lists(st.sampled_from(parts), unique=True, max_size=2))
    }
    return Made(make(body, others), " ".join([_texts(body), *map(_texts, others.values())]))


def _texts(xml: str) -> str:
    """What stands between tags."""
    return " ".join(piece.rpartition(">")[2] for piece in xml.split("<"))


_SPOKEN = st.one_of(SPEECH, WORDS).filter(lambda words: not set("<>&") & set(words))
DOCX = sometimes_broken_inside(
    _package(
        lambda body, parts: docx(f"<w:p><w:r><w:t>Asha: start</w:t></w:r></w:p>{body}", parts),
        _trees(WORD_ELEMENTS, WORD_ATTRIBUTES, _SPOKEN),
        WORD_PARTS,
    )
)
ODT = sometimes_broken_inside(
    _package(
        lambda body, parts: odt(f"<text:p>Asha: start</text:p>{body}", parts, HIDES),
        _trees(OPEN_ELEMENTS, OPEN_ATTRIBUTES, _SPOKEN),
        OPEN_PARTS,
    )
)
