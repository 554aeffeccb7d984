"""Case numbers and the like: figures and letters that are said to be somebody's number."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of
from transcripts.redaction.finds import REFERENCE, Find, identifier

_NUMBER = r"(?:number|numbers|num|no\.?|n°|ref(?:erence)?\.?|id|i\.d\.|code|#)"
_WHOSE = any_of(
    """
    case crime incident log claim policy account hospital patient client referral referrals
    service-user passport licence license membership tenancy rent court housing file application
    customer student pupil payroll employee record reference ref visa benefit complaint booking
    """
)
NUMBERED = re.compile(
    rf"(?<!\w)(?:(?:{_WHOSE})[ ](?:file[ ]|case[ ]|record[ ])?{_NUMBER}|"
    rf"(?:my|your|his|her|their|our|mosaic|liquidlogic)[ ](?:id|ref|reference)|"
    rf"upn|urn|crn|uln|mosaic|liquidlogic|sort code)"
    rf"(?![^\W_])",
    re.IGNORECASE,
)
ALONE = re.compile(
    rf"(?<!\w)(?:case file|(?:{_WHOSE})|ref)(?![\w]| (?:of|to|for|group|by)\b)", re.IGNORECASE
)
LINK = re.compile(
    r"(?:['’]s)?(?:\s(?:is|was|are|as|it['’]s|on|under|they gave (?:me|us)(?: was)?|number|no\.?|"
    r"for this)(?=\W)|[\s:,.=#(\"“-]{1,3}){0,4}",
    re.IGNORECASE,
)
_PART = r"(?:[A-Z]{1,6}[-/. ]?)?[0-9][0-9A-Z]*"
_CODE = re.compile(
    rf"(?<![^\W_])(?:[A-Z]{{1,6}}[-/ ])?{_PART}(?:[-/.][0-9A-Z]+)*"
    rf"(?:[ ](?=[0-9A-Z]*[0-9])[0-9A-Z]{{2,}}(?:[-/][0-9A-Z]+)*){{0,4}}(?![^\W_])"
)
_CODE_BEFORE = re.compile(
    rf"(?P<code>(?<![^\W_]){_PART}(?:[-/][0-9A-Z]+)*(?![^\W_]))[ ,]{{1,2}}"
    rf"(?:as|is|was|for|that['’]?s)?[ ]?(?:the|my|our|his|her|a)[ ](?:{_WHOSE})[ ]{_NUMBER}",
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTED = re.compile(
    r"[ ](?:famil|people|children|of\b|cases?\b|times?\b|pages?\b|years?\b|minutes?\b|visits?\b)"
)
FEWEST_AFTER_NUMBER = 3
FEWEST_ALONE = 5


def references(text: str) -> Iterator[Find]:
    """Every number of a case, file, account and so on."""
    for anchor in NUMBERED.finditer(text):
        yield from _after(text, anchor, FEWEST_AFTER_NUMBER)
    for anchor in ALONE.finditer(text):
        yield from _after(text, anchor, FEWEST_ALONE)
    for match in _CODE_BEFORE.finditer(text):
        yield identifier(text, match.start("code"), match.end("code"), REFERENCE)


def _after(text: str, anchor: re.Match[str], fewest: int) -> Iterator[Find]:
    link = LINK.match(text, anchor.end())
    code = _CODE.match(text, link.end() if link else anchor.end())
    if code is not None and link is not None and link[0] and _is_one(text, code, fewest):
        yield identifier(text, code.start(), code.end(), REFERENCE)


def _is_one(text: str, code: re.Match[str], fewest: int) -> bool:
    digits = sum(one.isdigit() for one in code[0])
    if _COUNTED.match(text, code.end()) or _YEAR.fullmatch(code[0]):
        return False
    mixed = digits < len(code[0])
    return digits >= (3 if mixed else fewest)
