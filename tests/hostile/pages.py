"""Web pages and rich text that never end what they begin."""

from tests.hostile.case import ANY, EITHER, TOO_MANY, UNDER, Case

TALK = "<p>Asha: Hello there.</p>"
LONG = 60_000
HTML = {
    "signs that open": "<" * LONG, "tags that open": "<a " * LONG, "end tags that open": "</" * LONG,
    "declarations that open": "<!" * LONG, "comments that open": "<!--" * LONG, "sections that open": "<![" * LONG,
    "CDATA that opens": "<![CDATA[" * LONG, "instructions that open": "<?" * LONG, "references that open": "&" * LONG,
    "numbers that open": "&#" * LONG, "quotation marks that open": "<a b='" * LONG, "values that open": "<a b=" * LONG,
    "attributes": "<a " + 'b="x" ' * LONG + ">", "slashes": "<a/" * LONG, "equals signs": "<a " + "=" * LONG,
    "scripts that open": "<script>" * LONG, "a script that almost ends": "<script>" + "</s" * LONG,
    "a title that almost ends": "<title>" + "</titl" * LONG, "types that open": "<!DOCTYPE " * LONG,
    "entities defined": "<!DOCTYPE a [" + "<!ENTITY b 'c'>" * 10_000 + "]>", "a comment of dashes": "<!--" + "-" * LONG,
    "blocks within blocks": "<div>" * 20_000, "tables within tables": "<table><tr><td>" * 5_000,
    "menus within menus": "<nav>" * 20_000, "a number of 5,000 digits": "&#" + "9" * 5_000 + ";",
    "a number of 5,000 zeros": "&#" + "0" * 5_000 + "65;", "a name of 1 MB": f"<{'a' * 1_000_000}>",
    "an attribute of 10 MB": f"<a b='{'c' * 10_000_000}'>", "a text kept as it is": "<pre>" + " " * LONG + "x",
    "everything struck out": "<s>" + "so it was " * 1000, "half a letter": "&#xD800;&#xDFFF;", "a null by number": "a&#0;b",
    "more than a million tags": "<b>" * 1_000_001, "words in 20,000 tags": "<b>a</b>" * 20_000,
    "a picture among its letters": "<img src='data:image/png;base64,!!!broken'>", "a page in a page": "<iframe srcdoc='<p>x'>" * 9_000,
}  # fmt: skip
CHARSETS = (
    "utf-7",
    "utf-16",
    "punycode",
    "idna",
    "unicode_escape",
    "zlib",
    "rot13",
    "undefined",
    "klingon",
    "cp037",
)
RTF = {
    "groups that open": "{" * 900, "groups beyond counting": "{" * 5_000, "groups that close": "}" * 100_000,
    "binary data that never ends": "\\bin999999999 so", "binary data of a negative length": "\\bin-5 so",
    "binary data of a length of 5,000 digits": f"\\bin{'9' * 5_000} so", "backslashes": "\\" * LONG,
    "quotation marks": "\\'" * LONG, "letters that aren't there": "\\u99999999999999? \\u-99999999999?",
    "halves of letters": "\\u-10240? \\u-9216? \\u-10240?", "letters to skip beyond counting": "\\uc999999 \\u8217 abc",
    "a code page that isn't there": "\\ansicpg99999 \\'e9", "a code page that packs": "\\ansicpg-1 \\'e9",
    "a control word of 1 MB": "\\" + "a" * 1_000_000, "a number of 5,000 digits": f"\\fs{'9' * 5_000} so",
    "pictures within pictures": "{\\pict " * 900, "notes within notes": "{\\footnote a" * 900,
    "boxes within boxes": "{\\shptxt a" * 900, "fields within fields": "{\\field{\\*\\fldinst a" * 400,
    "tables without an end": "\\trowd\\intbl a\\cell" * 5_000, "rows without cells": "\\row" * 20_000,
    "more than three million marks": "\\b" * 3_000_001, "notes, 10,000 of them": "{\\footnote a}" * 10_000,
    "fonts, 20,000 of them": "{\\fonttbl" + "{\\f1\\fcharset204 A;}" * 20_000 + "}",
    "hidden and shown": "\\v a\\v0 b" * 10_000, "an object of digits": "{\\object{\\*\\objdata " + "0f" * 2_000_000 + "}}",
    "digits that are none": "\\'zz\\'g0\\'", "both ways of everything": "{\\upr{a}{\\*\\ud{b}}}" * 8_000,
}  # fmt: skip
CASES = [
    *(
        Case(name, "talk.html", lambda text=TALK + text: text.encode(), EITHER)
        for name, text in HTML.items()
    ),
    *(
        Case(
            f"said to be in {charset}",
            "talk.html",
            lambda charset=charset: f"<meta charset={charset}>{TALK}".encode(),
            None,
        )
        for charset in CHARSETS
    ),
    Case(
        "words that only seem to be in punycode",
        "talk.html",
        lambda: b"<meta charset=punycode>" + b"a-" * 1_000_000,
        EITHER,
    ),
    *(
        Case(
            name,
            "talk.rtf",
            lambda text=f"{{\\rtf1 Asha: Hello.\\par {text}": text.encode(),
            "nested" if "beyond counting" in name and "groups" in name else EITHER,
        )
        for name, text in RTF.items()
    ),
    *(
        Case(
            f"cut at {tenth}/10",
            "talk.rtf",
            lambda tenth=tenth: (
                b"{\\rtf1\\ansi {\\fonttbl{\\f0 Arial;}}\\pard Asha: caf\\'e9 \\u8217?\\par}"
            )[: 7 * tenth],
            EITHER,
        )
        for tenth in range(1, 10)
    ),
    Case("only its first word", "talk.rtf", lambda: b"{\\rtf", ANY),
    Case(
        "one line of 24 MB",
        "talk.rtf",
        lambda: b"{\\rtf1 " + b"so it was " * (UNDER // 10 - 10),
        TOO_MANY,
        slow=True,
    ),
    Case(
        "a table of 60,000 cells",
        "talk.html",
        lambda: TALK.encode() + b"<table>" + b"<tr><td>a<td>b" * 30_000,
        EITHER,
        slow=True,
    ),
]
