"""Plain text, Markdown and captions: lines of every shape in any order and encoding."""

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import SPEECH, TEXT, Made, sometimes_broken

LINES = st.lists(
    st.one_of(
        SPEECH,
        TEXT,
        st.sampled_from(
            ["[Asha] 11:02:09", "00:12:31 Asha", "0:0:1.0 --> 0:0:2.0", "(0:09) hi", "1 ", "2. Tom:",
             "Interviewer [0:10]: why?", "Note: the tape", "Head of service: well", "", "", "10:30"]
        ),
    ),
    max_size=16,
)  # fmt: skip
MARKED = st.sampled_from(
    ["**Asha:** hi", "# T", "---", "+++", "***", "<!--", "-->", "```", "> quoted", "_Tom:_", "| a | b |",
     "|--|--|", "[x](y)", "\\*", "__a", "**", "===", "1. b", "![a](b)", "- [ ] c", "a **b** c__"]
)  # fmt: skip
JOINS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", " "])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


def encoded(lines: st.SearchStrategy[list[str]]) -> st.SearchStrategy[Made]:
    """Lines put together as a file."""
    return st.builds(
        lambda pieces, between, encoding: Made(
            between.join(pieces).encode(encoding), between.join(pieces)
        ),
        lines,
        JOINS,
        ENCODINGS,
    )


TXT = sometimes_broken(encoded(LINES))
MD = sometimes_broken(encoded(st.lists(st.one_of(MARKED, SPEECH, TEXT), max_size=16)))

NAMES = st.sampled_from(["Asha", "Tom (Housing)", "Bell &amp; Sons", "Oak, Jo", "P2"])
SPOKEN = st.one_of(
    SPEECH,
    st.builds("<v {}>{}".format, NAMES, SPEECH),
    st.builds("<v.loud {}>{}</v>".format, NAMES, SPEECH),
    st.builds("<i>{}</i>".format, SPEECH),
    st.builds("<c.red>{}</c> <00:01.000>{}".format, SPEECH, SPEECH),
    st.builds("{{\\an8}}{}".format, SPEECH),
    st.builds("x < {} > y".format, SPEECH),
)
CLOCKS = {
    "vtt": lambda a, b: f"{a // 60:02}:{a % 60:02}.000 --> {b // 60:02}:{b % 60:02}.500",
    "srt": lambda a, b: f"00:{a // 60:02}:{a % 60:02},000 --> 00:{b // 60:02}:{b % 60:02},9",
    "sbv": lambda a, b: f"0:{a // 60:02}:{a % 60:02}.000,0:{b // 60:02}:{b % 60:02}.000",
}


@st.composite
def _captions(draw: st.DrawFn, suffix: str) -> Made:
    """Cues, with names or without, between blocks that are none."""
    blocks: list[str] = []
    words: list[str] = []
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(["cue", "cue", "cue", "named", "note", "stray", "file"]))
        said = draw(st.lists(SPOKEN, min_size=1, max_size=3))
        begins, lasts = draw(st.integers(0, 3000)), draw(st.integers(0, 600))
        times = CLOCKS[suffix](begins, begins + lasts)
        if kind in {"cue", "named"}:
            name = draw(st.sampled_from(["", "", "7", "8f14e45f-ceea-467f-a8d2-0c6b9a1b2c3d/1-0"]))
            blocks.append("\n".join([*([name] if name else []), times, *said]))
            words += said
        elif kind == "note" and suffix == "vtt":
            blocks.append("NOTE " + "\n".join(said))
        elif kind == "file" and suffix == "vtt":
            blocks.append("WEBVTT")
        elif kind == "stray":
            blocks.append("\n".join(said))
    head = ["WEBVTT"] if suffix == "vtt" else []
    text = draw(st.sampled_from(["\n\n", "\n\n\n", "\n"])).join([*head, *blocks])
    return Made(text.encode(draw(ENCODINGS)), _bare(" ".join(words)))


def _bare(words: str) -> str:
    """Words without the signs that are no letters of theirs."""
    for sign in ("<v ", "<v.loud ", "</v>", "<i>", "</i>", "<c.red>", "</c>", "{\\an8}", "&amp;"):
        words = words.replace(sign, " ")
    return words


VTT, SRT, SBV = (sometimes_broken(_captions(suffix)) for suffix in ("vtt", "srt", "sbv"))
