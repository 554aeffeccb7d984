"""Surveys: tables of any cells as comma-separated files and as workbooks."""

import csv
import io

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import (
    SPEECH,
    TEXT,
    Made,
    sometimes_broken,
    sometimes_broken_inside,
)
from tests.transcripts.made import row, xlsx

HEADER = ["ID", "Role", "What helped?", "What got in the way?"]
CELLS = st.one_of(
    SPEECH,
    TEXT.map(lambda text: "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")),
    st.sampled_from(["", "", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", 'a "b" c', "a;b,c", "1\n2"]),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6)


@st.composite
def _csv(draw: st.DrawFn) -> Made:
    """A survey saved with any separator and encoding; mostly every respondent has an id."""
    rows = draw(ROWS)
    if draw(st.integers(0, 9)):
        rows = [[f"R{at}", *cells[1:]] for at, cells in enumerate(rows)]
    sheet = io.StringIO(newline="")
    sign = draw(st.sampled_from([",", ";", "\t", "|"]))
    csv.writer(
        sheet, delimiter=sign, lineterminator=draw(st.sampled_from(["\r\n", "\n"]))
    ).writerows([HEADER, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    words = " ".join(cell for cells in rows for cell in cells)
    return Made(sheet.getvalue().encode(encoding, "replace"), words)


ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
ODD_CELLS = st.sampled_from(
    ["<c t='s'><v>0</v></c>", "<c t='s'><v>1</v></c>", "<c t='s'><v>9</v></c>", "<c t='b'><v>1</v></c>",
     "<c><v>44320</v></c>", "<c s='1'><v>44320.5</v></c>", "<c s='2'><v>1.5</v></c>", "<c s='99'><v>-1</v></c>",
     "<c><v>1E+999</v></c>", "<c><f>A1</f></c>", "<c><f>A1</f><v>2</v></c>", "<c t='e'><v>#N/A</v></c>",
     "<c r='C9' t='str'><v>kept</v></c>", "<c r='XFD1'/>", "<c r='A0'/>", "<c r='?'/>", "<c t='d'><v>2021</v></c>",
     "<c t='inlineStr'><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>", "<c>stray</c>", "<c t='?'><v>x</v></c>"]
)  # fmt: skip
STYLES = (
    "<numFmts><numFmt numFmtId='170' formatCode='[h]:mm'/></numFmts>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/></cellXfs>"
)


def _cell(text: str) -> str:
    return "".join(ESCAPES.get(sign, sign) for sign in text if sign.isprintable() or sign == "\n")


@st.composite
def _xlsx(draw: st.DrawFn) -> Made:
    """A workbook of texts, and perhaps cells of other kinds in any place and order."""
    rows = [[f"R{at}", *map(_cell, cells[1:])] for at, cells in enumerate(draw(ROWS))]
    words = " ".join(cell for cells in rows for cell in cells if not cell.startswith("<"))
    odd = draw(st.booleans())
    written = row(*HEADER, number=1)
    for at, cells in enumerate(rows, start=2):
        extra = draw(st.lists(ODD_CELLS, max_size=2)) if odd else []
        number = draw(st.sampled_from([at, at, at, None, 1048577, 7])) if odd else at
        written += row(*cells, *extra, number=number)
    others = {"Notes": row(draw(SPEECH.map(_cell)))} if draw(st.booleans()) else {}
    data = xlsx(
        written, strings="<si><t>one</t></si><si><t>two</t></si>", styles=STYLES, others=others
    )
    return Made(
        data, None if odd else words.replace("&amp;", " ").replace("&lt;", " ").replace("&gt;", " ")
    )


CSV = sometimes_broken(_csv())
XLSX = sometimes_broken_inside(_xlsx())
