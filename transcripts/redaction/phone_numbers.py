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
    r"[ ,;]{0,3}(?P<open>\()?(?:ext(?:ension|n)?\b\.?|x)[ ]?(?:number |no\.? )?[0-9]{1,6}(?!\w)"
    r"(?(open)\))",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|landline|number|numbers|call(?:ed|ing)?|ring|rang|text"
    r"(?:ed)?|whatsapp|dial(?:led)?|reach|fax)\b(?:[^.?!\n]|\.(?=\S)){0,24}$",
    re.IGNORECASE,
)
_RINGING = re.compile(
    r"\b(?:(?:phone|telephone|mobile|landline|fax) (?:number )?(?:is|was)|"
    r"(?:tel(?:ephone)?|phone|mobile|landline|fax)[.:]|"
    r"(?:call|ring|rang|dial)(?: \w+(?: on)?)?|"
    r"(?:my|his|her|their|our|your|the) (?:new |old )?number is)[ :]{1,2}$",
    re.IGNORECASE,
)
_PLUS = re.compile(r"(?:\+|\bplus )$", re.IGNORECASE)
LONGEST_PLUS = 5
_MONEY_OR_POINT = frozenset("£$€.")
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
    return identifier(text, start, extension.end() if extension else end, PHONE_NUMBER)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """With the plus and the bracket that belong to it."""
    plus = _PLUS.search(text, max(0, start - LONGEST_PLUS), start)
    start = plus.start() if plus else start
    if start and text[start - 1] == "(" and ")" in text[start:end]:
        start -= 1
    return start, end


def _complete(text: str, run: Run, index: int) -> int | None:
    """The index after the number that begins at a piece, or None where none does."""
    start = run.pieces[index].start
    ahead = "".join(piece.digits for piece in run.pieces[index : index + 4])
    if ahead.startswith("0044"):
        return _international(run, index, len("0044"))
    if ahead.startswith("0"):
        return _with_area_code(text, run, index)
    if ahead.startswith("44") and said_before(text, start, _PLUS, within=LONGEST_PLUS):
        return _international(run, index, len("44"))
    asked = said_before(text, start, _ASKED_FOR, within=NEAR)
    after = joined(run.pieces, index, 10) if asked else None
    if after is not None and _MOBILE.fullmatch(_digits(run, index, after)):
        return after
    return _local(text, run, index)


def _international(run: Run, index: int, country: int) -> int | None:
    """After the country's digits, with or without the 0 that is left away abroad."""
    for more in (10, 11, 9):
        after = joined(run.pieces, index, country + more)
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
    pieces = run.pieces[index:after]
    start, end = pieces[0].start, pieces[-1].end
    if _DATE.match(text, start) or text[start - 1 : start] in _MONEY_OR_POINT:
        return False
    sizes = {len(piece.digits) for piece in pieces}
    in_figures = all(text[piece.start].isdigit() for piece in pieces)
    row = in_figures and max(sizes) < 3 and sizes != {1} and not pieces[0].digits.startswith("07")
    if said_before(text, start, _ASKED_FOR, within=NEAR):
        return True
    return not row and (run.spoken or text.count("\n", start, end) <= 1)


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
