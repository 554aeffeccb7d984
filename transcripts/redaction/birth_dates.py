"""Full dates of birth: day, month and year beside words of being born. Other dates stay."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of
from transcripts.redaction.finds import DATE_OF_BIRTH, Find, identifier

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
_DAY = rf"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?|{_ORDINAL})"
_TEEN = r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_TENS = any_of("twenty thirty forty fifty sixty seventy eighty ninety")
_ONE = any_of("one two three four five six seven eight nine")
_SMALL = rf"(?:(?:{_TENS})(?:[ -](?:{_ONE}))?|{_TEEN}|(?:oh|o)[ -](?:{_ONE})|{_ONE})"
_YEAR = (
    rf"(?:(?:19|20)[0-9]{{2}}|['’]?[0-9]{{2}}|nineteen[ -]{_SMALL}|twenty[ -]{_SMALL}|"
    rf"two[ ]thousand(?:[ -](?:and[ -])?{_SMALL})?)"
)
_DATE = re.compile(
    rf"""(?:(?<![\w/.-])|(?<=dob))
    (?: {_DAY} [ -] (?:of[ ])? {_MONTH} ,? [ -] {_YEAR}
      | {_MONTH} [ ] (?:the[ ])? {_DAY} ,? [ ] {_YEAR}
      | (?:{_ORDINAL}) [ ] of [ ] the [ ] (?:{_ORDINAL}) ,? [ ] {_YEAR}
      | (?:0?[1-9]|[12][0-9]|3[01]) (?P<mark>[ ]?[./-][ ]?) (?:0?[1-9]|[12][0-9]|3[01]) (?P=mark)
        (?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})
      | (?:19|20)[0-9]{{2}} (?P<dash>[./-]) (?:0[1-9]|1[0-2]) (?P=dash) (?:0[1-9]|[12][0-9]|3[01])
    ) (?![\w/-]|\.[0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_BIRTH = (
    r"\bborn\b|\bd\.?[ ]?o\.?[ ]?b(?![a-z])\.?|\bdates?[ -]of[ -]birth\b|\bbirth ?(?:date|day)s?\b|"
    r"\(b\.|\bb\.(?= [0-9])|\bturn(?:s|ed|ing)? [0-9]{1,2} (?=on\b)"
)
_BEFORE = re.compile(rf"(?:{_BIRTH})(?P<gap>[^\f]{{0,42}})$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:and|but|so|then|because|we|they|met|meeting|review|panel|party|opened|moved|since|"
    r"until|before|after|when|cake|of (?!birth))\b|[.!;](?=\s)|\d{4}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"""[^\w\n]{0,4} (?:(?:is|was|that['’]?s|that[ ]is|it['’]s|as|for)\s)?
        (?: (?:(?:my|his|her|our|their|the|a|\w+['’]s)\s)?
            (?:date[ ]of[ ]birth|d\.?o\.?b\b|birth[ ]?(?:day|date))
          | (?:(?:is|was)\s)?(?:when\s)?(?:i|he|she|they|you|[a-z]+)\s(?:was|were)\sborn
          | born\b )""",
    re.VERBOSE | re.IGNORECASE,
)
REACH = 60


def birth_dates(text: str) -> Iterator[Find]:
    """Every full date with words of birth before or after it."""
    for match in _DATE.finditer(text):
        if _born_before(text, match.start()) or _AFTER.match(text, match.end()):
            yield identifier(text, match.start(), match.end(), DATE_OF_BIRTH)


def _born_before(text: str, start: int) -> bool:
    """Whether words of birth lead up to here, and nothing else happens in between."""
    for match in _BEFORE.finditer(text, max(0, start - REACH), start):
        if _ELSEWHERE.search(match["gap"]) is None:
            return True
    return False
