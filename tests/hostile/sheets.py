"""Workbooks and tables that claim too much, compute, or never end."""

from collections.abc import Callable

from tests.hostile.case import ANY, EITHER, UNDER, Case
from tests.transcripts.made import row, xlsx

GOOD = row("ID", "What helped?", number=1) + row("R1", "Time.", number=2)
ONE = "<c t='str'><v>x</v></c>"
XLSX: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "a billion cells claimed": (
        lambda: xlsx(GOOD).replace(b"<sheetData>", b"<dimension ref='A1:XFD1048576'/><sheetData>"), EITHER
    ),
    "a billion cells joined": (lambda: xlsx(GOOD, below="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"), None),
    "a row beyond the last": (lambda: xlsx(GOOD + f"<row r='1048577'>{ONE}</row>"), "damaged"),
    "a row number of 5,000 digits": (lambda: xlsx(GOOD + f"<row r='{'9' * 5_000}'>{ONE}</row>"), EITHER),
    "a row number of 12 digits": (lambda: xlsx(GOOD + f"<row r='999999999999'>{ONE}</row>"), EITHER),
    "a row number below none": (lambda: xlsx(GOOD + f"<row r='-1'>{ONE}</row>"), EITHER),
    "a row number that is a word": (lambda: xlsx(GOOD + f"<row r='two'>{ONE}</row>"), EITHER),
    "a column beyond the last": (lambda: xlsx(GOOD + "<row r='3'><c r='XFE3' t='str'><v>x</v></c></row>"), "damaged"),
    "a column of many letters": (lambda: xlsx(GOOD + "<row r='3'><c r='ZZZZZZZZ3'/></row>"), "damaged"),
    "the last cell filled": (lambda: xlsx(GOOD + "<row r='1048576'><c r='XFD1048576' t='str'><v>x</v></c></row>"), "columns"),
    "a place that is none": (lambda: xlsx(GOOD + "<row r='3'><c r='A0' t='str'><v>x</v></c></row>"), "damaged"),
    "100,000 rows that end far out": (
        lambda: xlsx(GOOD + "".join(f"<row r='{at}'><c r='BXX{at}' t='str'><v>{at}</v></c></row>" for at in range(3, 9_000))),
        "cells are read",
    ),
    "300,000 empty cells far out": (lambda: xlsx(GOOD + "<row><c r='XFD1'/></row>" * 30_000), None),
    "a text that isn't there": (lambda: xlsx(GOOD + row("R2", "<c t='s'><v>7</v></c>")), "damaged"),
    "a text below none": (lambda: xlsx(GOOD + row("R2", "<c t='s'><v>-1</v></c>"), strings="<si><t>a</t></si>"), "damaged"),
    "a text of a word": (lambda: xlsx(GOOD + row("R2", "<c t='s'><v>one</v></c>"), strings="<si><t>a</t></si>"), "damaged"),
    "a formula that starts a program": (
        lambda: xlsx(GOOD + row("R2", "<c t='str'><f>cmd|'/C calc'!A0</f><v>=cmd|'/C calc'!A0</v></c>")), None
    ),
    "formulas without results": (lambda: xlsx(GOOD + row("R2", "<c><f>A1</f></c>") * 50), EITHER),
    "a formula that asks a server": (
        lambda: xlsx(GOOD + row("R2", "<c t='str'><f>WEBSERVICE(&quot;http://127.0.0.1&quot;)</f><v>x</v></c>")), None
    ),
    "a number of 5,000 digits": (lambda: xlsx(GOOD + row("R2", f"<c><v>{'9' * 5_000}</v></c>")), None),
    "no number": (lambda: xlsx(GOOD + row("R2", "<c><v>NaN</v></c>")), None),
    "an endless number": (lambda: xlsx(GOOD + row("R2", "<c><v>1e999999</v></c>")), None),
    "a day after the last": (
        lambda: xlsx(GOOD + row("R2", "<c s='0'><v>99999999999</v></c>"), styles="<cellXfs><xf numFmtId='14'/></cellXfs>"),
        None,
    ),
    "a style that isn't there": (lambda: xlsx(GOOD + row("R2", "<c s='99999999999'><v>1</v></c>")), None),
    "texts within texts, 50,000 deep": (
        lambda: xlsx(GOOD + row("R2", "<c t='inlineStr'><is>" + "<r>" * 5_000 + "<t>x</t>" + "</r>" * 5_000 + "</is></c>")),
        None,
    ),
    "rows out of order": (lambda: xlsx(row("R9", "late", number=9) + GOOD), None),
    "only a header": (lambda: xlsx(row("ID", "What helped?")), "no answers"),
    "no header": (lambda: xlsx(row("", "x") + row("R1", "y")), "no name"),
    "no sheet": (lambda: xlsx(GOOD).replace(b"<sheet name", b"<shoot name"), EITHER),
    "strings that are no XML": (lambda: xlsx(GOOD, strings="<si>"), "damaged"),
    "a rule of 20,000 choices": (
        lambda: xlsx(GOOD, below="<dataValidations><dataValidation><formula1>" + "&quot;a" * 20_000
                     + "</formula1></dataValidation></dataValidations>"), None
    ),
}  # fmt: skip
CSV: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "formulas": (lambda: b"ID,What helped?\nR1,=1+1\nR2,@SUM(A1)\nR3,+cmd|' /C calc'!A0\nR4,-2\n", None),
    "a quotation mark never closed": (lambda: b'ID,What helped?\nR1,"so\n' + b"and on\n" * 100_000, ANY),
    "nothing but quotation marks": (lambda: b'"' * 2_000_000, ANY),
    "two million columns": (lambda: b"a," * 2_000_000 + b"b\n1\n", "columns"),
    "rows of two million cells": (lambda: b"ID,Why?\n" + b"a," * 2_000_000 + b"b\n", "cells"),
    "a cell of 2 MB": (lambda: b"ID,Why?\nR1," + b"a" * 2_000_000, "longer than"),
    "101,000 rows": (lambda: b"ID,Why?\n" + b"".join(b"R%d,x\n" % at for at in range(101_000)), "rows"),
    "a million lines": (lambda: b"ID,Why?\n" + b"\n" * 1_000_000, "lines"),
    "columns of one name": (lambda: b"ID,Why?,Why?\nR1,a,b\n", "two columns"),
    "an empty header": (lambda: b",,\n1,2,3\n", ANY),
    "a respondent twice": (lambda: b"ID,Why?\nR1,a\nR1,b\n", "already answered"),
    "a null byte in a cell": (lambda: b"ID,Why?\nR1,a\0b\n", "null bytes"),
    "a separator line and nothing else": (lambda: b"sep=;\n", ANY),
    "cut in the middle of a letter": (lambda: "ID,Why?\nR1,café".encode()[:-1], EITHER),
}  # fmt: skip
CASES = [
    *(Case(name, "views.xlsx", make, says) for name, (make, says) in XLSX.items()),
    *(Case(name, "views.csv", make, says) for name, (make, says) in CSV.items()),
    Case(
        "one line of 24 MB",
        "views.csv",
        lambda: b"ID,Why?\nR1," + b"so it was " * (UNDER // 10),
        "longer than",
    ),
]
