"""The control words of rich text that matter: signs, and where the words of a group go.

After the Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""


def _words(*listed: str) -> frozenset[str]:
    return frozenset(word for line in listed for word in line.split())


SIGNS = {
    "par": "\n", "sect": "\n", "page": "\n", "column": "\n", "line": "\n", "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
    "zwbo": "\u200b", "zwnbo": "\u2060",
}  # fmt: skip
SYMBOLS = {"~": " ", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}

_EDGE = "text at the {} of each page"
_NOTES = "words between the text and its notes"
_INDEX = "words of an index"
_FORM = "what a field of a form holds"
_ABOUT = "what the document says of itself"
NUMBERS = "words in the numbers of a list"
TOLD = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), _EDGE.format("head")),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), _EDGE.format("foot")),
    **dict.fromkeys(("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"), _NOTES),
    **dict.fromkeys(("xe", "txe", "rxe"), _INDEX),
    **dict.fromkeys(("tc", "tcn"), "words of a table of contents"),
    **dict.fromkeys(("info", "userprops"), _ABOUT),
    **dict.fromkeys(("leveltext", "pntxta", "pntxtb"), NUMBERS),
    "annotation": "a comment in the margin",
    "fldinst": "how a field is filled",
    "formfield": _FORM,
    "docvar": "what the document keeps for its programs",
    "moMath": "a formula",
    "moMathPara": "a formula",
    "shprslt": "a drawing as older programs show it",
}
"""Groups whose words are told, and why they are no part of the talk."""
HIDDEN = {"v": "hidden text", "deleted": "deleted under tracked changes"}
UNKNOWN = "a part of the document that no program has to know"
DRAWN = _words("wzDescription wzTooltip gtextUNICODE")
"""The properties of a drawing that hold words: its description, and words drawn as a picture."""

SPACED = _words("info userprops docvar formfield sv")
"""Groups of groups: what stands in two of them is two words."""
SILENT = _words(
    "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator pict objdata",
    "objclass objname objalias objsect datafield themedata colorschememapping latentstyles",
    "datastore xmlnstbl revtbl atnid atnauthor atndate atntime atnicn atnparent atnref",
    "atrfstart atrfend bkmkstart bkmkend filetbl mmathPr wgrffmtfilter pgptbl pgp fontemb",
    "fontfile panose falt fname blipuid bliptag passwordhash protusertbl nonshppict",
    "nonesttables author operator manager hlinkbase ffname ffformat ffentrymcr ffexitmcr",
    "template private private1 htmltag mhtmltag xmlopen xmlclose xmlattr xmlattrname",
    "xmlattrvalue factoidname listname liststylename pn pnseclvl listpicture writereservation",
    "writereservhash oldcprops oldpprops oldsprops oldtprops defchp defpap mailmerge ebcstart",
    "ebcend lsdlockedexcept cxnames nextfile shpname levelnumbers gridtbl hl hlfr hlloc hlsrc",
    "windowcaption aftnnrlc keycode mmconnectstr ts",
)
"""Groups that hold no words of anybody: tables of fonts, pictures, names of people who saved."""
SPOKEN_AFTER_STAR = _words(
    "shpinst ud upr pntext shppict do picprop background nesttableprops shpgrp category company",
    "ffdeftext ffl ffhelptext ffstattext",
)
"""Groups that older programs pass over, but whose words are the document's own."""
CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""How the letters of a font are written, where not as the rest of the document."""
CODE_PAGES = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
