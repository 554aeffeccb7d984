"""Rich text, after the Rich Text Format Specification 1.9.1."""

from tests.transcripts.places.place import WORD, Place

HEX = "".join(f"\\'{ord(letter):02x}" for letter in WORD)
CODES = "".join(f"\\u{ord(letter)}?" for letter in WORD)


def rtf(body: str, head: str = "") -> bytes:
    """A document with somebody speaking before this."""
    return f"{{\\rtf1\\ansi {head}\\pard Asha: Hello there.\\par {body}}}".encode("cp1252")


SPOKEN = {
    "a paragraph": f"\\pard {WORD}\\par",
    "after a line end in the source": f"\\pard Hm \n{WORD}\\par",
    "a word parted over groups": f"{{\\b {WORD[:4]}}}{{\\i {WORD[4:]}}}\\par",
    "a word parted by an optional hyphen": f"{WORD[:4]}\\-{WORD[4:]}\\par",
    "letters by their bytes": HEX,
    "letters by their numbers": CODES,
    "letters by their numbers without a second way": f"\\uc0 {CODES.replace('?', ' ')}",
    "after a letter with no second way": f"\\u8217 {{{WORD}}}",
    "after a letter whose second way is a control word": f"\\u8220\\ldblquote {WORD}",
    "after a letter whose second way is a control sign": f"\\u160\\~{WORD}",
    "after a tab": f"Hm\\tab {WORD}\\par",
    "after a line break": f"Hm\\line {WORD}\\par",
    "after a paragraph's end as a sign": f"Hm\\\n{WORD}\\par",
    "after a column's end": f"Hm\\column {WORD}\\par",
    "after a page's end": f"Hm\\page {WORD}\\par",
    "after a section's end": f"Hm\\sect {WORD}\\par",
    "after binary data": f"\\bin4 {{{{\\}}{WORD}",
    "after a stray backslash": f"\\'zz {WORD}",
    "a cell": f"\\trowd\\intbl {WORD}\\cell\\row\\pard x",
    "a cell in a cell": f"\\trowd\\intbl\\itap2 {WORD}\\nestcell{{\\*\\nesttableprops\\trowd\\nestrow}}"
    "{\\nonesttables\\par}\\intbl\\cell\\row\\pard x",
    "a text box": f"x{{\\shp{{\\*\\shpinst{{\\shptxt \\pard {WORD}\\par}}}}}}y",
    "a text box of Word 6": f"x{{\\*\\do\\dptxbx{{\\dptxbxtext \\pard {WORD}\\par}}}}y",
    "a text box written twice": f"x{{\\shp{{\\*\\shpinst{{\\shptxt {WORD}\\par}}}}{{\\shprslt{{\\*\\do"
    f"{{\\dptxbxtext {WORD}\\par}}}}}}}}y",
    "a box in a group of boxes": f"{{\\shpgrp{{\\*\\shpinst{{\\shp{{\\*\\shpinst{{\\shptxt {WORD}}}}}}}}}}}",
    "a footnote": f"x{{\\footnote\\pard\\chftn {WORD}\\par}}",
    "an endnote": f"x{{\\footnote\\ftnalt {WORD}}}",
    "the result of a field": f"{{\\field{{\\*\\fldinst HYPERLINK x}}{{\\fldrslt {{\\ul {WORD}}}}}}}",
    "what shows of an object": f"{{\\object\\objemb{{\\*\\objdata 0105}}{{\\result {WORD}}}}}",
    "in Unicode where both ways are given": f"{{\\upr{{zephirin}}{{\\*\\ud{{{WORD}}}}}}}",
    "in one way where both could be given": f"{{\\upr{{{WORD}}}}}",
    "a list's number": f"{{\\listtext {WORD}\\tab}}first\\par",
    "an old list's number": f"{{\\pntext {WORD}\\tab}}first\\par",
    "a tracked insertion": f"{{\\revised {WORD}}}",
    "after hidden text that is over": f"\\v no\\v0  {WORD}",
    "after hidden text that plain text ends": f"\\v no\\plain  {WORD}",
    "a heading by its level only": f"\\pard\\outlinelevel0 {WORD}\\par",
    "beside a bookmark": f"{{\\*\\bkmkstart a}}{WORD}{{\\*\\bkmkend a}}",
}  # fmt: skip
TOLD = {
    **{f"in {{\\{edge} }}": f"{{\\{edge} {WORD}\\par}}"
       for edge in ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")},
    "a box at the head of a page": f"{{\\header {{\\shp{{\\*\\shpinst{{\\shptxt {WORD}}}}}}}}}",
    "a watermark": "{\\header {\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv "
    f"{WORD}}}}}}}}}}}",
    "the background of each page": "{\\*\\background{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv "
    f"{WORD}}}}}}}}}}}",
    "a comment": f"x{{\\*\\atnid J}}{{\\*\\annotation {{\\*\\atndate 1}}{WORD}}}",
    "a tracked deletion": f"x {{\\deleted {WORD}}} y",
    "a tracked deletion that is over": f"x \\deleted {WORD}\\deleted0  y",
    "hidden text": f"x {{\\v {WORD}}} y",
    "a word for the index": f"x{{\\xe {WORD}}}",
    "a reference in the index": f"x{{\\xe y{{\\*\\txe {WORD}}}}}",
    "a word for the contents": f"x{{\\tc {WORD}}}",
    "how a field is filled": f"{{\\field{{\\*\\fldinst ASK {WORD}}}{{\\fldrslt x}}}}",
    "what a form's field holds": "{\\field{\\*\\fldinst FORMTEXT {\\*\\formfield{\\fftype0{\\*\\ffname a}"
    f"{{\\*\\ffdeftext {WORD}}}}}}}}}{{\\fldrslt x}}}}",
    "a choice in a form": f"{{\\*\\formfield{{\\fftype2{{\\*\\ffl {WORD}}}}}}}",
    "help for a form": f"{{\\*\\formfield{{{{\\*\\ffhelptext {WORD}}}}}}}",
    "the document's title": f"{{\\info{{\\author Jo}}{{\\title {WORD}}}{{\\subject x}}}}",
    "the document's company": f"{{\\info{{\\*\\company {WORD}}}}}",
    "a property of the user's": f"{{\\*\\userprops{{\\propname a}}\\proptype30{{\\staticval {WORD}}}}}",
    "a variable of a program": f"{{\\*\\docvar {{a}}{{{WORD}}}}}",
    "the description of a picture": "{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv "
    f"{WORD}}}}}}}89504e47}}}}",
    "a hint at a picture": f"{{\\pict{{\\*\\picprop{{\\sp{{\\sn wzTooltip}}{{\\sv {WORD}}}}}}}8950}}",
    "a formula": f"{{\\mmath{{\\*\\moMath{{\\mr {WORD}}}}}}}",
    "a drawing for older programs": f"{{\\shp{{\\*\\shpinst{{\\shptxt x}}}}{{\\shprslt {WORD}}}}}",
    "between the text and its notes": f"{{\\*\\ftnsep {WORD}}}",
    "after notes that go on": f"{{\\*\\aftncn {WORD}}}",
    "words in the numbers of a list": "{\\*\\listtable{\\list{\\listlevel{\\leveltext\\'0b"
    f"{WORD} \\'00;}}}}}}}}",
    "words before an old list's number": f"{{\\*\\pn\\pnlvlbody{{\\pntxtb {WORD}}}}}",
    "a part that no program has to know": f"{{\\*\\ours {WORD}}}",
}  # fmt: skip
PLACES = [
    *(Place(name, "talk.rtf", rtf(body), "turn") for name, body in SPOKEN.items()),
    *(Place(name, "talk.rtf", rtf(body), "told") for name, body in TOLD.items()),
]
