"""NHS numbers: ten digits of which the last checks the others, or ten that are said to be one."""

import re
from collections.abc import Iterable, Iterator

from transcripts.redaction.context import said_after, said_before
from transcripts.redaction.digits import Run, joined
from transcripts.redaction.finds import NHS_NUMBER, Find, identifier

LENGTH = 10
_SPELT = r"(?:\bn\.? ?h\.? ?s\b\.?|\ben aitch ess\b|\ben haitch ess\b)"
_SAID = re.compile(rf"{_SPELT}[ ']*(?:s )?(?:number|no\b|num\b|#|:)", re.IGNORECASE)
_OF_A_THING = re.compile(
    r"\b(?:po|invoice|order|item|serial|barcode|isbn|part|product)\b[^.?!\n]{0,12}$", re.IGNORECASE
)
BEFORE = 70
AFTER = 40
NEAR = 24


def nhs_numbers(text: str, found: Iterable[Run]) -> Iterator[Find]:
    """Every NHS number among the runs of digits."""
    for run in found:
        index = 0
        while index < len(run.pieces):
            after = joined(run.pieces, index, LENGTH)
            if after is not None and _is_one(text, run, index, after):
                start, end = run.pieces[index].start, run.pieces[after - 1].end
                yield identifier(text, start, end, NHS_NUMBER)
                index = after
            else:
                index += 1


def checks(digits: str) -> bool:
    """Whether the tenth of ten digits is right: modulus 11 (NHS Data Dictionary, "NHS Number")."""
    total = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _is_one(text: str, run: Run, index: int, after: int) -> bool:
    pieces = run.pieces[index:after]
    digits = "".join(piece.digits for piece in pieces)
    if digits.startswith("0") or text[pieces[0].start - 1 : pieces[0].start] in {"+", "£", "."}:
        return False
    if said_before(text, pieces[0].start, _SAID, within=BEFORE) or said_after(
        text, pieces[-1].end, _SAID, within=AFTER
    ):
        return True
    shape = [len(piece.digits) for piece in pieces]
    aloud = run.spoken and len(pieces) == len(run.pieces) and text[pieces[0].start].isalpha()
    if not checks(digits) or not (aloud or shape in ([3, 3, 4], [LENGTH])):
        return False
    return not said_before(text, pieces[0].start, _OF_A_THING, within=NEAR)
