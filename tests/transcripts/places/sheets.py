"""Surveys: Excel workbooks, after ECMA-376 (SpreadsheetML), and comma-separated files."""

from tests.transcripts.made import row, xlsx
from tests.transcripts.places.place import WORD, Place

HEADER = row("ID", "Role", "What helped?", number=1)
ANSWER = row("R1", "nurse", "Time.", number=2)


def answered(*cells: str) -> str:
    """A sheet whose second respondent gives these cells as answers."""
    return HEADER + ANSWER + row("R2", "nurse", *cells, number=3)


def cell(inner: str, attributes: str = "") -> str:
    """A cell with XML of its own."""
    return f"<c {attributes}>{inner}</c>"


STRINGS = f"<si><t>{WORD}</t></si>"
RICH = f"<si><r><rPr><b/></rPr><t>{WORD[:4]}</t></r><r><t>{WORD[4:]}</t></r></si>"
ESCAPED = "".join(f"_x{ord(letter):04X}_" for letter in WORD)
SPOKEN = {
    "a text in the cell": xlsx(answered(WORD)),
    "a text in the cell, in pieces": xlsx(
        answered(cell(f"<is><r><t>{WORD[:4]}</t></r><r><t>{WORD[4:]}</t></r></is>", "t='inlineStr'"))
    ),
    "a shared text": xlsx(answered(cell("<v>0</v>", "t='s'")), strings=STRINGS),
    "a shared text in pieces": xlsx(answered(cell("<v>0</v>", "t='s'")), strings=RICH),
    "a shared text with a reading aid": xlsx(
        answered(cell("<v>0</v>", "t='s'")),
        strings=f"<si><t>{WORD}</t><rPh><t>aid</t></rPh></si>",
    ),
    "the result of a formula": xlsx(answered(cell(f"<f>A1</f><v>{WORD}</v>", "t='str'"))),
    "an error that is a word": xlsx(answered(cell(f"<v>{WORD}</v>", "t='e'"))),
    "letters by their numbers": xlsx(answered(ESCAPED)),
    "a second line of a cell": xlsx(answered(f"Hm&#10;{WORD}")),
    "a row that comes before its time": xlsx(
        HEADER + row("R2", "nurse", WORD, number=3) + ANSWER
    ),
    "a row that is there twice": xlsx(HEADER + ANSWER + row("R3", "nurse", WORD, number=2)),
    "a cell that is there twice": xlsx(
        HEADER + "<row r='2'><c r='A2'><v>1</v></c>"
        "<c r='C2' t='str'><v>Yes</v></c>" + cell(f"<v>{WORD}</v>", "r='C2' t='str'") + "</row>"
    ),
    "cells out of order": xlsx(
        HEADER + "<row r='2'>" + cell(f"<v>{WORD}</v>", "r='C2' t='str'") + "<c r='A2'><v>1</v></c></row>"
    ),
    "a row without a number": xlsx(HEADER + ANSWER + row("R2", "nurse", WORD)),
    "a hidden row": xlsx(HEADER + ANSWER + row("R2", "x", WORD).replace("<row", "<row hidden='1'")),
    "words where a number should be": xlsx(answered(cell(f"<v>{WORD}</v>"))),
}  # fmt: skip
SHAPES = f"<x {{n}}><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></x>"
COMMENT = "<comments xmlns='x'><comment><text><r><t>{}</t></r></text></comment></comments>"
PIVOT = f"<pivotCacheDefinition><sharedItems><s v='{WORD}'/></sharedItems></pivotCacheDefinition>"
GOOD = HEADER + ANSWER
TOLD = {
    "another sheet": xlsx(GOOD, others={"Sheet2": row(WORD)}),
    "a sheet's name": xlsx(GOOD, title=WORD),
    "the head of a page": xlsx(GOOD, below=f"<headerFooter><oddHeader>&amp;C{WORD}</oddHeader></headerFooter>"),
    "the foot of a page": xlsx(GOOD, below=f"<headerFooter><evenFooter>&amp;L{WORD}</evenFooter></headerFooter>"),
    "a hint at a cell": xlsx(
        GOOD, below=f"<dataValidations><dataValidation prompt='{WORD}'/></dataValidations>"
    ),
    "what is said of a wrong answer": xlsx(
        GOOD, below=f"<dataValidations><dataValidation error='{WORD}'/></dataValidations>"
    ),
    "a choice at a cell": xlsx(
        GOOD,
        below="<dataValidations><dataValidation><formula1>&quot;"
        f"{WORD}&quot;</formula1></dataValidation></dataValidations>",
    ),
    "a hint at a link": xlsx(GOOD, below=f"<hyperlinks><hyperlink ref='A1' tooltip='{WORD}'/></hyperlinks>"),
    "a rule for how cells look": xlsx(
        GOOD,
        below=f"<conditionalFormatting><cfRule text='{WORD}'/></conditionalFormatting>",
    ),
    "other figures": xlsx(GOOD, below=f"<scenarios><scenario comment='{WORD}'/></scenarios>"),
    "a reading aid": xlsx(
        answered(cell("<v>0</v>", "t='s'")),
        strings=f"<si><t>base</t><rPh><t>{WORD}</t></rPh></si>",
    ),
    "a shared text in no cell": xlsx(GOOD, strings=STRINGS),
    "words in a number's form": xlsx(
        GOOD,
        styles=f"<numFmts><numFmt numFmtId='170' formatCode='0 &quot;{WORD}&quot;'/></numFmts>",
    ),
    "text outside any cell": xlsx(GOOD + row("R2").replace("</row>", f"{WORD}</row>")),
    "text in a cell outside its value": xlsx(answered(cell(f"<v>1</v>{WORD}"))),
    "a sheet that the workbook doesn't know": xlsx(
        GOOD,
        parts={"xl/worksheets/sheet9.xml": f"<worksheet><row><c><v>{WORD}</v></c></row></worksheet>"},
    ),
    "a comment": xlsx(GOOD, parts={"xl/comments1.xml": COMMENT.format(WORD)}),
    "a comment that is answered": xlsx(
        GOOD,
        parts={"xl/threadedComments/threadedComment1.xml": f"<x><y><text>{WORD}</text></y></x>"},
    ),
    "a text box": xlsx(GOOD, parts={"xl/drawings/drawing1.xml": SHAPES}),
    "an old text box": xlsx(GOOD, parts={"xl/drawings/vmlDrawing1.vml": f"<xml><div>{WORD}</div></xml>"}),
    "the description of a picture": xlsx(
        GOOD, parts={"xl/drawings/drawing1.xml": f"<x><cNvPr id='1' name='x' descr='{WORD}'/></x>"}
    ),
    "a chart": xlsx(GOOD, parts={"xl/charts/chart1.xml": SHAPES}),
    "a category of a chart": xlsx(
        GOOD, parts={"xl/charts/chart1.xml": f"<c:x {{n}}><c:pt><c:v>{WORD}</c:v></c:pt></c:x>"}
    ),
    "a diagram": xlsx(GOOD, parts={"xl/diagrams/data1.xml": SHAPES}),
    "a summary": xlsx(GOOD, parts={"xl/pivotCache/pivotCacheDefinition1.xml": PIVOT}),
    "what another workbook said": xlsx(
        GOOD, parts={"xl/externalLinks/externalLink1.xml": f"<x><cell><v>{WORD}</v></cell></x>"}
    ),
    "data of somebody's own": xlsx(GOOD, parts={"customXml/item1.xml": f"<a>{WORD}</a>"}),
    "the document's title": xlsx(
        GOOD,
        parts={"docProps/core.xml": f"<x xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{WORD}"
               "</dc:title></x>"},
    ),
}  # fmt: skip
TABLE = "ID,Role,What helped?\nR1,nurse,Time.\n"
CSV_SPOKEN = {
    "a cell": f"{TABLE}R2,nurse,{WORD}\n",
    "a cell in quotation marks": f'{TABLE}R2,nurse,"Yes, {WORD}"\n',
    "a second line of a cell": f'{TABLE}R2,nurse,"Hm\n{WORD}"\n',
    "beside a quotation mark": f'{TABLE}R2,nurse,"a ""{WORD}"""\n',
    "a cell that looks like a formula": f"{TABLE}R2,nurse,={WORD}\n",
    "the last cell of a file without a last line end": f"{TABLE}R2,nurse,{WORD}",
    "between semicolons": f"{TABLE.replace(',', ';')}R2;nurse;{WORD}\n",
    "between tabs": TABLE.replace(",", "\t") + f"R2\tnurse\t{WORD}\n",
    "where the first line names the separator": f"sep=|\n{TABLE.replace(',', '|')}R2|nurse|a,b {WORD}\n",
}
CSV_TOLD = {
    "a respondent who answers nothing": f"{TABLE}{WORD},nurse,\n",
}
PLACES = [
    *(Place(name, "views.xlsx", data, "turn") for name, data in SPOKEN.items()),
    *(Place(name, "views.xlsx", data, "told") for name, data in TOLD.items()),
    *(Place(name, "views.csv", text.encode(), "turn") for name, text in CSV_SPOKEN.items()),
    *(Place(name, "views.csv", text.encode(), "told") for name, text in CSV_TOLD.items()),
]
