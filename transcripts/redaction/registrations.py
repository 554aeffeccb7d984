"""Car registrations: the present shape wherever it stands, older ones where a car is spoken of."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import listed, said_after, said_before
from transcripts.redaction.finds import REGISTRATION, Find, identifier

# Two letters, the half-year (02-29, 51-79), three letters; DVLA's scheme since 2001.
_PRESENT = re.compile(
    r"(?<![^\W_])[A-Z]{2}(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])[ -]?[A-Z]{3}(?![^\W_])",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"(?<![^\W_])(?:[A-Z]{2}[ ][0-9]{2}[ ][A-Z]{3}|[A-HJ-NP-TV-Y][ ]?[0-9]{1,3}[ ]?[A-Z]{3}"
    r"|[A-Z]{3}[ ]?[0-9]{1,3}[ ]?[A-Z]"
    r"|[A-Z]{1,3}[ ]?[0-9]{1,4}|[0-9]{1,4}[ ]?[A-Z]{1,3}|Q[0-9]{1,3}[ ]?[A-Z]{3})(?![^\W_])"
)
SAID = re.compile(
    r"\breg(?:istration)?\b(?! office)|\bnumber plates?\b|\bplates?\b|\blicence plate\b",
    re.IGNORECASE,
)
_CAR = re.compile(r"\b(?:car|van|bike|motorbike|lorry|taxi)(?:['’]s|s)?\b", re.IGNORECASE)
_LINKED = re.compile(
    r"(?:\breg(?:istration)?|\bplate)(?:['’]s|\s+(?:no\.?|number|plate|mark|is|was))*[\s:,]{1,2}$",
    re.IGNORECASE,
)
_WORDS = frozenset(
    listed("THE AND FOR BUT NOT ALL ONE DAY WAS ARE YOU CAN HAS HAD HER HIS OUR OUT")
)
NEAR = 40


def registrations(text: str) -> Iterator[Find]:
    """Every car registration; in small letters only where one is spoken of."""
    for match in _PRESENT.finditer(text):
        said = said_before(text, match.start(), SAID, within=NEAR) or said_after(
            text, match.end(), SAID, within=NEAR
        )
        car = said_before(text, match.start(), _CAR, within=NEAR // 2)
        if said or car or (match[0].isupper() and match[0][-3:] not in _WORDS):
            yield identifier(text, match.start(), match.end(), REGISTRATION, sure=said)
    for match in _OLDER.finditer(text):
        if said_before(text, match.start(), _LINKED, within=NEAR) or (
            len(match[0]) >= 7 and said_before(text, match.start(), _CAR, within=NEAR // 2)
        ):
            yield identifier(text, match.start(), match.end(), REGISTRATION)
