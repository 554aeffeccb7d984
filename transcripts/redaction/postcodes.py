"""UK postcodes: valid shapes in an area there is; a first half alone where it is called one."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of, said_before
from transcripts.redaction.finds import POSTCODE, Find, identifier

AREAS = """
AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN
LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP
SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
# Royal Mail's rules: the last half is a digit and two letters, never C, I, K, M, O or V.
_OUTWARD = rf"(?:{any_of(AREAS)})(?:[0-9][0-9A-HJ-NP-Z]?)"
_INWARD = r"[0-9O][ABD-HJLNP-UW-Z]{2}"
_FULL = re.compile(
    rf"(?<![^\W_])(?:(?P<outward>{_OUTWARD})(?P<gap>[ \u00a0]{{0,2}}|[\n-])(?P<inward>{_INWARD})"
    rf"|GIR ?0AA)(?![^\W_])",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?<![^\W_]){_OUTWARD}(?![^\W_])", re.IGNORECASE)
_PARTED = re.compile(
    rf"(?<![^\W_])(?:{any_of(AREAS)})[ ][0-9][0-9A-Z]?[ ]?{_INWARD}(?![^\W_])", re.IGNORECASE
)
SAID = re.compile(r"\bpost[ -]?codes?\b", re.IGNORECASE)
_BEFORE_PART = re.compile(
    r"\bpost ?code(?:s|['’]s)?(?:\s+(?:is|are|was|were|of|in|the|area|district|begins?|starts?|"
    r"starting|beginning|with|that|it))*[\s:,]{1,2}[\"'“(]?$",
    re.IGNORECASE,
)
_AFTER_PART = re.compile(r"[ -](?:area )?post ?codes?\b", re.IGNORECASE)
_OF_A_THING = re.compile(
    r"\b(?:model|product|part|form|item|order|serial|version|catalogue|stock)"
    r"(?: (?:number|code|no\.?))?[ :#]{1,2}$",
    re.IGNORECASE,
)
_ORDINAL_OR_UNIT = re.compile(r"1st|2nd|3rd|\dth|\d(?:hr|gb|tb|ft|lb|xl|pt|yr|hz)", re.IGNORECASE)
NEAR = 40


def postcodes(text: str) -> Iterator[Find]:
    """Every postcode in the text."""
    for match in _FULL.finditer(text):
        if _is_one(text, match):
            yield identifier(text, match.start(), match.end(), POSTCODE)
    for match in _PARTED.finditer(text):
        if said_before(text, match.start(), SAID, within=NEAR):
            yield identifier(text, match.start(), match.end(), POSTCODE)
    for said in SAID.finditer(text):
        yield from _parts(text, said)


def _is_one(text: str, match: re.Match[str]) -> bool:
    if match["outward"] is None or said_before(text, match.start(), SAID, within=NEAR):
        return True
    if said_before(text, match.start(), _OF_A_THING, within=NEAR) or match["inward"][0] in "oO":
        return False
    if _ORDINAL_OR_UNIT.fullmatch(match["inward"]) and not match["inward"].isupper():
        return False
    outward, inward = match["outward"], match["inward"]
    if outward.isupper() and inward.isupper():
        return True
    even = outward[1:].islower() or not any(one.isalpha() for one in outward[1:])
    return (even or outward.isupper()) and inward.islower() and match["gap"] not in {"\n", "-"}


def _parts(text: str, said: re.Match[str]) -> Iterator[Find]:
    """First halves beside the word "postcode"."""
    for match in _PART.finditer(text, max(0, said.start() - 12), said.end() + NEAR):
        before = said_before(text, match.start(), _BEFORE_PART, within=2 * NEAR)
        after = _AFTER_PART.match(text, match.end()) is not None
        if before or after:
            yield identifier(text, match.start(), match.end(), POSTCODE)


def is_whole(characters: str) -> bool:
    """Whether characters without gaps are a whole postcode: "LS999ZZ"."""
    return _FULL.fullmatch(characters) is not None
