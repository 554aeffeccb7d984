"""National Insurance numbers: two letters that are given out, six digits, a letter A to D."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import said_after, said_before
from transcripts.redaction.finds import INSURANCE_NUMBER, Find, identifier

# HMRC's manual NIM39110: letters that are never used, and prefixes that are not given out.
_GIVEN = r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
_SHAPE = re.compile(
    r"(?<![^\W_])(?P<prefix>[A-Z][ .-]?[A-Z])[ .-]?(?:[0-9][ .-]?){5}[0-9]"
    r"(?:[ .-]?(?P<suffix>[A-D]))?(?![^\W_])",
    re.IGNORECASE,
)
_PREFIX = re.compile(_GIVEN)
SAID = re.compile(
    r"\bnational insurance\b|\bnino\b|\bn\.? ?i\.?(?= (?:no\b|num)|['’]s|:)", re.IGNORECASE
)
_SAID_SHORT = re.compile(r"\bN\.?I\.?\b")
NEAR = 60


def insurance_numbers(text: str) -> Iterator[Find]:
    """Every National Insurance number; one without its last letter, or whose first two are never
    given out, only where it is said to be one.
    """
    for match in _SHAPE.finditer(text):
        prefix = re.sub(r"[ .-]", "", match["prefix"])
        right = match["suffix"] and _PREFIX.fullmatch(prefix.upper())
        # In small letters "at 120000 a year" has the shape too.
        compact = right and len(match["prefix"]) == 2 and (prefix.isupper() or _joined(match[0]))
        if compact or _is_said(text, match):
            yield identifier(text, match.start(), match.end(), INSURANCE_NUMBER)


def _joined(words: str) -> bool:
    return not any(one in " -." for one in words)


def _is_said(text: str, match: re.Match[str]) -> bool:
    return (
        said_before(text, match.start(), SAID, within=NEAR)
        or said_before(text, match.start(), _SAID_SHORT, within=NEAR // 2)
        or said_after(text, match.end(), SAID, within=NEAR // 2)
    )
