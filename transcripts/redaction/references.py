"""Case numbers and the like: figures and letters that are said to be somebody's number."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of
from transcripts.redaction.finds import REFERENCE, Find, identifier

_NUMBER = r"(?:number|num|no\.?|n°|ref(?:erence)?\.?|id|i\.d\.|code|#)"
_WHOSE = any_of(
    """
    case crime incident log claim policy account hospital patient client referral passport licence
    license membership tenancy rent court housing file application customer student pupil payroll
    employee record reference ref visa benefit complaint booking prison prisoner pnc nomis dbs
    certificate collar shoulder badge warrant card driver learner asylum port ticket meter lac
    claimant applicant
    """
)
_BY_ITSELF = any_of("upn urn crn uln mosaic liquidlogic iban")
NUMBERED = re.compile(
    rf"(?<!\w)(?:(?:{_WHOSE})\.?[ ](?:file[ ]|case[ ]|record[ ]|certificate[ ])?{_NUMBER}|"
    rf"(?:my|your|his|her|their|our|mosaic|liquidlogic)[ ](?:id|ref|reference)|sort code|"
    rf"{_BY_ITSELF}|id(?=[ ]?[:#]))(?![^\W_])",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"(?<!\w)(?:case file|case|crime|file|reference|ref|account|passport|licen[cs]e|incident|log|"
    r"policy)(?![\w]| (?:of|to|for|group|by)\b)",
    re.IGNORECASE,
)
LINK = re.compile(
    r"(?:['’]s)?(?:\s(?:is|was|are|as|it['’]s|on|under|they gave (?:me|us)(?: was)?|number|no\.?|"
    r"for this)(?=\W)|[\s:,.=#(\"“-]{1,3}){0,4}",
    re.IGNORECASE,
)
_PART = r"(?:[A-Z]{1,6}[-/. ]?)?[0-9][0-9A-Z]{0,24}"
_CODE = re.compile(
    rf"(?<![^\W_])(?:[A-Z]{{1,6}}[-/ ])?{_PART}(?:[-/.][0-9A-Z]{{1,20}}){{0,8}}"
    rf"(?:[ ](?=[0-9A-Z]{{0,20}}[0-9])[0-9A-Z]{{2,20}}(?:[-/][0-9A-Z]{{1,20}}){{0,8}}){{0,4}}"
    r"(?:[ ]of[ ][0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)?(?![^\W_])"
)
_CODE_BEFORE = re.compile(
    rf"(?P<code>(?<![^\W_]){_PART}(?:[-/][0-9A-Z]{{1,20}}){{0,8}}(?![^\W_]))[ ,]{{1,2}}"
    rf"(?:as|is|was|for|that['’]?s)?[ ]?(?:the|my|our|his|her|a)[ ](?:{_WHOSE})[ ]{_NUMBER}",
)
_NO_CODE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-/](?:19|20)?[0-9]{2})?|"
    r"(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])[./-][0-9]{2,4}|"
    r"[0-9]{1,2}\.[0-9]{2}(?:-[0-9]{1,2}\.[0-9]{2})?"
)
"""A span of years, a date, a time."""
_IBAN = re.compile(
    r"(?<![^\W_])[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)"
)
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
    for match in _IBAN.finditer(text):
        yield identifier(text, match.start(), match.end(), REFERENCE)
    for match in _CODE_BEFORE.finditer(text):
        yield identifier(text, match.start("code"), match.end("code"), REFERENCE)


def _after(text: str, anchor: re.Match[str], fewest: int) -> Iterator[Find]:
    link = LINK.match(text, anchor.end())
    code = _CODE.match(text, link.end() if link else anchor.end())
    if code is not None and link is not None and link[0] and _is_one(text, code, fewest):
        yield identifier(text, code.start(), code.end(), REFERENCE)


def _is_one(text: str, code: re.Match[str], fewest: int) -> bool:
    digits = sum(one.isdigit() for one in code[0])
    if _COUNTED.match(text, code.end()) or _NO_CODE.fullmatch(code[0]):
        return False
    mixed = digits < len(code[0])
    return digits >= (3 if mixed else fewest)
