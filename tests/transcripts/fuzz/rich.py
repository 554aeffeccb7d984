"""Rich text: control words of every kind around words, in groups within groups."""

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import SPEECH, TEXT, Made, sometimes_broken

# Behind these, words are read or told; behind the others of the odd ones nobody knows.
FORMATS = [
    r"\b",
    r"\b0",
    r"\par",
    r"\line",
    r"\tab",
    r"\plain",
    r"\pard",
    r"\cell",
    r"\row",
    r"\trowd\intbl",
    r"\intbl",
    r"\v",
    r"\v0",
    r"\deleted",
    r"\deleted0",
    r"\uc1",
    r"\f0",
    r"\f1",
    r"\ansicpg1252",
    r"\page",
    r"\sect",
    r"\emdash",
    r"\~",
    r"\_",
    r"\fs24",
    r"\lang2057",
    r"\nestcell",
    r"\column",
    r"\zwj",
    r"",
]
GROUPS = [
    r"{ {\b",
    r"{\footnote",
    r"{\*\annotation",
    r"{\header",
    r"{\footerf",
    r"{\info",
    r"{\*\fldinst",
    r"{\fldrslt",
    r"{\shptxt",
    r"{\xe",
    r"{\*\shpinst",
    r"{\*\unheardof",
    r"{\field",
    r"{\*\docvar",
    r"{\*\formfield",
    r"{\*\company",
    r"{\listtext",
    r"{\upr",
    r"{\*\ud ",
]
ODD = st.sampled_from(
    [r"\'e9", r"\u8364?", r"\u-10179?", r"\u-8704?", "\\", "{", "}", r"\*", r"\bin9 ", r"\bin99999999999 ",
     r"\uc0 ", r"\uc9 ", r"\ansicpg99999 ", r"\u-99999999 ", r"\pict ", r"{\fonttbl{\f1\fcharset204 A;}}",
     r"{\sp{\sn wzDescription}{\sv ", r"\'", r"\'zz", "\\\n", r"{\stylesheet ", r"{\*\pn{\pntxtb a}}"]
)  # fmt: skip


@st.composite
def _sound(draw: st.DrawFn) -> Made:
    """Words among formats in groups that are all closed."""
    pieces, words, deep = [], [], 0
    for _ in range(draw(st.integers(0, 16))):
        what = draw(st.sampled_from(["words", "words", "format", "open", "close"]))
        if what == "words":
            said = draw(SPEECH.filter(str.isascii))
            pieces.append(said)
            words.append(said)
        elif what == "format":
            pieces.append(f"{draw(st.sampled_from(FORMATS))} ")
        elif what == "open":
            pieces.append(f"{draw(st.sampled_from(GROUPS))} ")
            deep += 1
        elif deep:
            pieces.append("}")
            deep -= 1
    body = "".join(pieces) + "}" * deep
    sure = not any(group in body for group in (r"{\upr", r"{\*\ud", r"{\listtext", r"{\*\company"))
    data = f"{{\\rtf1\\ansi Asha: start\\par {body}\\par}}".encode()
    return Made(data, " ".join(words) if sure else None)


_ODD = st.lists(
    st.one_of(ODD, SPEECH, TEXT, st.sampled_from(FORMATS), st.sampled_from(GROUPS)), max_size=18
).map(
    lambda pieces: Made(("{\\rtf1 Asha: start\\par " + "".join(pieces)).encode("cp1252", "replace"))
)
RTF = sometimes_broken(st.one_of(_sound(), _ODD))
