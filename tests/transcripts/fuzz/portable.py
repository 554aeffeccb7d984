"""PDF: pages of lines, programs that draw in odd ways, references that lead anywhere."""

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import SPEECH, WORDS, Made, sometimes_broken
from tests.transcripts.made import numbered, pdf, stream

PAGES = st.lists(st.lists(st.one_of(SPEECH, WORDS), max_size=6), min_size=1, max_size=4)
OPERATORS = st.sampled_from(
    ["BT", "ET", "/F1 11 Tf", "/F9 0 Tf", "(so) Tj", "[(a) -200 (b)] TJ", "<feff0041> Tj", "(x) '",
     "0 -14 Td", "1 0 0 1 50 700 Tm", "T*", "q", "Q", "/X Do", "BI /W 1 ID x EI", "/Span <</ActualText(w)>> BDC",
     "EMC", "1 0 0 1 9 9 cm", "14 TL", "3 Tr", "0 0 m", "(", ")", "[", "]", "<<", ">>", "9 9", "Tj", "TJ"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["1 0 R", "2 0 R", "3 0 R", "4 0 R", "5 0 R", "6 0 R", "99 0 R", "null", "true", "-1", "1e9", "(word)",
     "/Name", "[2 0 R 4 0 R]", "<</A 1 0 R>>", "<</Type/Pages/Kids[2 0 R 4 0 R]/Count 9>>", "[]", "<</S/J>>",
     "<</Names[(a) 6 0 R]>>", "<</First 6 0 R/Next 6 0 R>>", "[<</Subtype/Text/Contents(planted)>>]"]
)  # fmt: skip
KEYS = st.sampled_from(
    [
        "Pages",
        "Kids",
        "Count",
        "Parent",
        "Contents",
        "Resources",
        "Font",
        "XObject",
        "Annots",
        "Outlines",
        "First",
        "Next",
        "Title",
        "Names",
        "AcroForm",
        "Fields",
        "StructTreeRoot",
        "K",
        "Alt",
        "Metadata",
        "Length",
        "Filter",
        "Subtype",
        "Encoding",
        "ToUnicode",
        "Rotate",
        "MediaBox",
        "Type",
    ]
)


@st.composite
def _odd_program(draw: st.DrawFn) -> Made:
    """A page drawn by operators in any order, which may draw itself."""
    program = " ".join(draw(st.lists(OPERATORS, max_size=18)))
    form = (
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {0}>>/Font<</F1 3 0 R>>>>"
    )
    data = pdf(["Asha: start"], extra="|/XObject<</X {0}>>", objects=(stream(program, form),))
    return Made(data.replace(b"(Asha: start) Tj", f"(Asha: start) Tj ET {program} BT".encode()))


@st.composite
def _odd_references(draw: st.DrawFn) -> Made:
    """Six objects whose references lead anywhere."""
    bodies = ["<</Type/Catalog/Pages 2 0 R", "<</Type/Pages/Count 1/Kids[3 0 R]", "<</Type/Page/Contents 5 0 R",
              "<</Type/Font", "<<", "<<"]  # fmt: skip
    made = []
    for body in bodies:
        pairs = draw(st.lists(st.tuples(KEYS, VALUES), max_size=4))
        made.append(body + "".join(f"/{key} {value}" for key, value in pairs) + ">>")
    made[4] = stream("BT (Asha: start) Tj ET") if draw(st.booleans()) else made[4]
    return Made(numbered(made))


def _whole(lines: list[str]) -> list[str]:
    """The lines that a standard font has the letters for, and that part no word at their end."""
    return [line for line in lines if line.isascii() and not line.endswith("-")]


_SOUND = PAGES.map(
    lambda pages: Made(
        pdf(["Asha: start"], *map(_whole, pages)),
        " ".join(line for page in pages for line in _whole(page)),
    )
)
PDF = sometimes_broken(st.one_of(_SOUND, _odd_program(), _odd_references()))
