"""What a cell of an Excel workbook shows: numbers, days and times as a person reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from xml.etree.ElementTree import Element

from transcripts.readers.package_xml import local

_LAST_DAY = 2_958_465
"""31 December 9999, counted as Excel counts."""
_BUILT_IN = dict.fromkeys((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)), "y") | {
    18: "h", 19: "h", 20: "h", 21: "h", 45: "m:s", 46: "[h]", 47: "m:s",
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_COLOUR = re.compile(r"\[[^\]]*\]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Form = Literal["number", "time", "length"]


@dataclass(frozen=True, slots=True)
class Forms:
    """How the cells of each style are shown, and from when the workbook counts its days."""

    by_style: tuple[Form, ...] = ()
    since_1904: bool = False

    def of(self, style: str | None) -> Form:
        """How a cell of this style shows its number."""
        at = int(style) if style and style.isdecimal() and len(style) < 7 else 0
        return self.by_style[at] if at < len(self.by_style) else "number"


def forms_of(styles: Element | None, *, since_1904: bool) -> Forms:
    """The forms a workbook's styles give to numbers."""
    codes: dict[str, str] = {}
    forms: list[Form] = []
    for group in styles if styles is not None else ():
        if local(group) == "numFmts":
            codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in group}
        elif local(group) == "cellXfs":
            forms = [_form(item.get("numFmtId", "0"), codes) for item in group]
    return Forms(tuple(forms), since_1904)


def words_in_forms(styles: Element) -> str:
    """Words that a form puts beside its numbers: `0 "people"`."""
    codes = {item.get("formatCode", "") for item in styles.iter() if local(item) == "numFmt"}
    quoted = (words for code in sorted(codes) for words in re.findall(r'"([^"]*)"', code))
    return " ".join(words for words in quoted if re.search(r"[^\W\d_]{2}", words))


def number_shown(written: str, form: Form, *, since_1904: bool) -> str:
    """A number as it is shown; what is no number stays as it was written."""
    try:
        number = float(written)
    except ValueError:
        return written
    if form != "number" and 0 <= number <= _LAST_DAY:
        return _length(number) if form == "length" else _moment(number, since_1904=since_1904)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return str(number) if abs(number) < 1e15 else written


def day_shown(written: str) -> str:
    """A day or time in ISO 8601, a midnight left away."""
    return re.sub(r"T00:00(?::00(?:\.0+)?)?Z?$", "", written)


def unescaped_text(text: str) -> str:
    """Text of a cell, its control characters read (`_x000D_`) and its line ends made LF."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    allowed = code >= 0x20 and not 0xD800 <= code < 0xE000
    return chr(code) if allowed or code in {9, 10, 13} else ""


def _form(number: str, codes: Mapping[str, str]) -> Form:
    built_in = _BUILT_IN.get(int(number), "") if number.isdecimal() and len(number) < 6 else ""
    code = _LITERAL.sub("", codes.get(number, built_in))
    if _LENGTH.search(code):
        return "length"
    plain = _COLOUR.sub("", code).partition(";")[0].lower().replace("general", "")
    return "time" if re.search(r"[dmyhs]", plain) else "number"


def _moment(number: float, *, since_1904: bool) -> str:
    """A day, a time of day, or both."""
    # Excel believes in 29 February 1900; days before it are one off.
    begun = (1904, 1, 1) if since_1904 else (1899, 12, 31 if number < 60 else 30)
    whole = round(number * 86_400)
    try:
        moment = datetime(*begun) + timedelta(seconds=whole)  # noqa: DTZ001 - it knows no zones
    except OverflowError:
        return str(number)
    if number < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if whole % 86_400 == 0 else moment.isoformat()


def _length(number: float) -> str:
    seconds = round(number * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
