"""Identifiers spelt out aloud, after words that say what is being spelt."""

import re
from collections.abc import Iterator

from transcripts.redaction.finds import (
    INSURANCE_NUMBER,
    POSTCODE,
    REFERENCE,
    REGISTRATION,
    Find,
    identifier,
)
from transcripts.redaction.insurance_numbers import SAID as INSURANCE_SAID
from transcripts.redaction.postcodes import SAID as POSTCODE_SAID
from transcripts.redaction.postcodes import is_whole
from transcripts.redaction.references import ALONE, NUMBERED
from transcripts.redaction.registrations import SAID as REGISTRATION_SAID
from transcripts.redaction.spelling import Spelt, spelt_from

_LINK = re.compile(
    r"(?:['’]s)?(?:[\s,:.]{1,3}|(?:number|no|plate|is|was|it['’]s|er+|erm+|um+|uh+|so|hang on|okay)"
    r"(?=[\s,:.])){0,8}",
    re.IGNORECASE,
)
_IS_THE_POSTCODE = re.compile(
    r"(?P<spelt>(?<!\w)(?:[a-z0-9-]{1,9}[ ,]{1,2}){4,9})"
    r"(?:(?:is|that['’]s|was|for)[ ])?(?:the|my|our|her|his)[ ]post ?code",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"(?P<it>[A-Z]{2}[0-9O]{6}[A-D]?)(?![0-9])")
_POSTCODE = re.compile(r"(?P<it>[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2})")
_REGISTRATION = re.compile(r"(?P<it>[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{1,3}[A-Z]{3})")
_REFERENCE = re.compile(r"(?P<it>[A-Z]{0,6}[-/]?[0-9O](?:[-/]?[0-9O]){2,})")
_AFTER = (
    (INSURANCE_SAID, _INSURANCE, INSURANCE_NUMBER),
    (re.compile(r"\bN\.?I\b|\b[nN] [iI]\b"), _INSURANCE, INSURANCE_NUMBER),
    (POSTCODE_SAID, _POSTCODE, POSTCODE),
    (REGISTRATION_SAID, _REGISTRATION, REGISTRATION),
    (NUMBERED, _REFERENCE, REFERENCE),
    (ALONE, _REFERENCE, REFERENCE),
)


def spelt_out(text: str) -> Iterator[Find]:
    """Everything spelt out after the word for it; what is written as such is found elsewhere."""
    for said, shape, kind in _AFTER:
        for anchor in said.finditer(text):
            link = _LINK.match(text, anchor.end())
            start = link.end() if link else anchor.end()
            yield from _shaped(text, spelt_from(text, start), shape, kind)
    for match in _IS_THE_POSTCODE.finditer(text):
        for word in re.finditer(r"(?<!\w)\w", match["spelt"]):
            spelt = spelt_from(text[: match.end("spelt")], match.start() + word.start())
            found = list(_shaped(text, spelt, _POSTCODE, POSTCODE))
            yield from found
            if found:
                break


def _shaped(text: str, spelt: Spelt, shape: re.Pattern[str], kind: str) -> Iterator[Find]:
    match = shape.match(spelt.characters)
    if match is None:
        return
    start, end = spelt.span(*match.span("it"))
    if kind == REFERENCE and not any(one.isalpha() for one in text[start:end]):
        return  # written in figures: found as such, or none
    if kind != POSTCODE or is_whole(match["it"]):
        yield identifier(text, start, end, kind)
