"""UK phone numbers: with area code or +44, spaced in any way, with an extension, spoken."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import said_before
from transcripts.redaction.digits import Piece, Run, joined
from transcripts.redaction.finds import PHONE_NUMBER, Find, identifier

# Without the leading 0: geographic, corporate, mobile, freephone and special rates (Ofcom's plan).
_NATIONAL = re.compile(r"1[1-9]\d{7,8}|2[03489]\d{8}|3[0347]\d{8}|5[56]\d{8}|500\d{6}|7[1-9]\d{8}")
_SERVICE = re.compile(r"80[08]\d{6,7}|8[47][0-5]\d{7}|9[018]\d{8}")
_MOBILE = re.compile(r"7[1-9]\d{8}")
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}([./-])\d{1,2}\2\d{1,2}")
_EXTENSION = re.compile(
    r"[ ,;]{0,3}\(?(?:ext(?:ension|n)?\b\.?|x)[ ]?(?:number |no\.? )?(?P<number>[0-9]{1,6})(?!\w)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|landline|number|numbers|call(?:ed|ing)?|ring|rang|text"
    r"(?:ed)?|whatsapp|dial(?:led)?|reach|fax)\b(?:[^.?!\n]|\.(?=\S)){0,24}$",
    re.IGNORECASE,
)
_RINGING = re.compile(
    r"\b(?:(?:phone|telephone|mobile|landline|fax) (?:number )?(?:is|was)|tel(?:ephone)?[.:]|"
    r"(?:call|ring|rang|dial)(?: \w+(?: on)?)?|number is)[ :]{1,2}$",
    re.IGNORECASE,
)
LOCAL = range(6, 9)
"""Digits of a number that is said without its area code."""
NEAR = 40


def phone_numbers(text: str, found: Iterator[Run] | list[Run]) -> Iterator[Find]:
    """Every phone number among the runs of digits."""
    for run in found:
        index = 0
        while index < len(run.pieces):
            after = _complete(text, run, index)
            if after is not None:
                yield _find(text, run.pieces[index], run.pieces[after - 1])
            index = after or index + 1


def _find(text: str, first: Piece, last: Piece) -> Find:
    start, end = _whole(text, first.start, last.end)
    extension = _EXTENSION.match(text, end)
    return identifier(text, start, extension.end("number") if extension else end, PHONE_NUMBER)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """With the plus and the bracket that belong to it."""
    if start and text[start - 1] == "+":
        start -= 1
    if start and text[start - 1] == "(" and ")" in text[start:end]:
        start -= 1
    return start, end


def _complete(text: str, run: Run, index: int) -> int | None:
    """The index after the number that begins at a piece, or None where none does."""
    piece = run.pieces[index]
    if piece.digits.startswith(("44", "0044")):
        return _international(text, run, index)
    if piece.digits.startswith("0"):
        return _with_area_code(text, run, index)
    asked = said_before(text, piece.start, _ASKED_FOR, within=NEAR)
    after = joined(run.pieces, index, 10) if asked else None
    if after is not None and _MOBILE.fullmatch(_digits(run, index, after)):
        return after
    return _local(text, run, index)


def _international(text: str, run: Run, index: int) -> int | None:
    pieces = run.pieces
    known = text[max(0, pieces[index].start - 1)] == "+" or pieces[index].digits.startswith("00")
    country = 4 if pieces[index].digits.startswith("00") else 2
    for more in (10, 11, 9, 10) if known else ():
        after = joined(pieces, index, country + more)
        if after is None:
            continue
        if _is_national(_digits(run, index, after)[country:].removeprefix("0")):
            return after
    return None


def _with_area_code(text: str, run: Run, index: int) -> int | None:
    pieces = run.pieces
    for count in (11, 10):
        after = joined(pieces, index, count)
        if after is None or not _is_national(_digits(run, index, after)[1:]):
            continue
        if count == 10 and after < len(pieces) and not run.spoken:
            continue  # goes on with more figures: a row of them
        if _looks_written(text, run, index, after):
            return after
    return None


def _looks_written(text: str, run: Run, index: int, after: int) -> bool:
    """Not a date, a row of small figures, or a part of something longer."""
    first, last = run.pieces[index], run.pieces[after - 1]
    if _DATE.match(text, first.start) or text[first.start - 1 : first.start] in {
        "£",
        "$",
        "€",
        ".",
    }:
        return False
    if run.spoken or said_before(text, first.start, _ASKED_FOR, within=NEAR):
        return True
    small = len(first.digits) < 3 and first.digits != "07"
    return not small and text[first.start : last.end].count("\n") <= 1


def _local(text: str, run: Run, index: int) -> int | None:
    """A number without its area code, where the words before it are those of ringing someone."""
    if index or not said_before(text, run.pieces[0].start, _RINGING, within=NEAR):
        return None
    count = sum(len(piece.digits) for piece in run.pieces)
    return len(run.pieces) if count in LOCAL else None


def _is_national(digits: str) -> bool:
    return bool(_NATIONAL.fullmatch(digits) or _SERVICE.fullmatch(digits))


def _digits(run: Run, first: int, after: int) -> str:
    return "".join(piece.digits for piece in run.pieces[first:after])
