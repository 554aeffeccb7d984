"""Street addresses: flat, number and street; a house or block; a street without a number."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of, listed, said_before
from transcripts.redaction.everyday_words import EVERYDAY
from transcripts.redaction.finds import STREET_ADDRESS, Find, identifier
from transcripts.redaction.name_words import GENERIC

STREETS = """
    road rd street lane ln avenue ave close drive crescent terrace grove gardens mews
"""
"""Last words that make a street of a name, without a number before it."""
NUMBERED_STREETS = """
    st dr cres gdns ct way court place row walk rise view green square parade wharf yard quay hill
    park vale broadway embankment drove gate approach villas cottages buildings mansions passage
    path brae wynd loan causeway end fold croft bank corner chase circus dene downs field fields
    garth glade glen heath heights knoll lawn meadow meadows nook oval paddock pastures ridge side
    spinney warren wood woods orchard strand esplanade promenade vista
"""
"""Last words that do so after a house's number."""
BLOCKS = "house court lodge tower towers point heights mansions flats buildings cottage"
WELSH = "heol ffordd stryd lôn lon maes clos rhodfa cwrt bryn tan"
"""First words of Welsh streets."""

_SURE = any_of(STREETS)
_TYPE = any_of(STREETS + NUMBERED_STREETS)
_ONES = any_of("one two three four five six seven eight nine")
_TENS = any_of("twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBER_WORD = (
    rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:a|one|two)[ ]hundred(?:[ ]and[ ][a-z]{3,9}(?:-[a-z]{3,5})?)?)"
)
_NUMBER = rf"(?i:[0-9]{{1,4}}[a-z]?(?:[-–/][0-9]{{1,4}}[a-z]?)?|{_NUMBER_WORD})"
_CAPITAL = r"[A-Z][\w'’.-]{0,24}"
_NAME = rf"(?:(?:St\.?|Old|New|The|Upper|Lower|[A-Z]{{1,2}}[\w'’-]{{1,24}})[ ]){{0,2}}{_CAPITAL}"
_FLAT = (
    r"(?:(?i:Flat|Apartment|Apt|Unit|Room|Studio|Plot|Caravan)[ ]"
    rf"(?:{_NUMBER}(?:[ ]?[A-Z]\b)?|[A-Z]\b),?[ ])"
)
_BLOCK = rf"(?:{_CAPITAL}[ ](?:{_CAPITAL}[ ])?(?i:{any_of(BLOCKS)}),?[ ])"
_STREET = (
    rf"(?:{_NAME}[ ](?i:{_TYPE})|The[ ](?i:{_TYPE})|"
    rf"(?i:{any_of(WELSH)})(?:[ ](?:y|yr|[A-Z][\w'’-]+)){{1,3}})"
)
_WRITTEN = re.compile(
    rf"(?<![\w£$€.,:/-]){_FLAT}?{_BLOCK}?{_NUMBER},?[ ]{_STREET}(?![\w’'])",
)
_IN_BLOCK = re.compile(
    rf"(?<!\w){_FLAT}{_CAPITAL}[ ](?:{_CAPITAL}[ ])?(?i:{any_of(BLOCKS)}|{_TYPE})(?![\w’'])"
)
_BARE = re.compile(rf"(?<![\w’'])(?:{_BLOCK})?{_NAME}[ ](?i:{_SURE})(?![\w’'])")
_SMALL_WORD = r"[a-z'’]{2,20}"
_SMALL = re.compile(
    rf"(?<![\w£$€.,:/-])(?:(?:flat|apartment|apt|unit)[ ]{_NUMBER},?[ ])?{_NUMBER},?[ ]"
    rf"(?P<name>{_SMALL_WORD}(?:[ ]{_SMALL_WORD})?)[ ](?:{_TYPE})(?![\w’'])",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(
    rf"(?<![\w£$€.,:/-]){_NUMBER},?[ ][A-Z][a-z]{{2,14}}(?:way|gate|side|croft|bank|field|mead)"
    r"(?![\w’'])"
)
_LIVING = re.compile(
    r"\b(?:at|to|from|on|in|address(?:['’]s| is| was)?|number|lives?|living|lived|is)[ ,:]{1,2}$",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|address|home|house|mov(?:e|ed|es|ing)|stay(?:s|ed|ing)?|round|back)\b"
    r"[^.?!\n]{0,16}\b(?:at|to|is|was|of|into)[ :]{1,2}$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    listed(
        """
        the a an our your my his her their its this that these those and or of in on at to from up
        down along by for with mile miles minute minutes hour hours day days week weeks month months
        year years bed bedroom lane lanes car family families people kids children one two three
        other same different whole main busy long short bus court park foot feet out per as so
        """
    )
)
_ALSO_IN_STREETS = frozenset(listed("high old great long little"))
_KNOWN_TO_ALL = frozenset(
    {
        "downing street",
        "coronation street",
        "sesame street",
        "wall street",
        "fleet street",
        "high street",
        "the high street",
    }
)
_NOT_BEFORE_A_SMALL_STREET = EVERYDAY | GENERIC | _NO_NAME
_BEFORE_A_NAME = re.compile(
    r"(?:The|A|An|This|That|On|In|At|To|From|Our|My|Your|His|Her|Their|And|But|So|We|I|They|He|"
    r"She|It|Then|When|Near|By|Past|Down|Up|Along|Off|Turn|Into|Take|Go|Walk)[ ]"
)
NEAR = 32


def street_addresses(text: str) -> Iterator[Find]:
    """Every street address; a street without house number or flat is marked as less sure."""
    for match in (*_WRITTEN.finditer(text), *_IN_BLOCK.finditer(text)):
        if _names_a_street(match[0]):
            yield identifier(text, match.start(), match.end(), STREET_ADDRESS)
    for match in _BARE.finditer(text):
        yield from _bare(text, match)
    for match in _SMALL.finditer(text):
        if _is_small_one(text, match):
            yield identifier(text, match.start(), match.end(), STREET_ADDRESS)
    for match in _ONE_WORD.finditer(text):
        if said_before(text, match.start(), _HOME, within=NEAR):
            yield identifier(text, match.start(), match.end(), STREET_ADDRESS)


def _names_a_street(words: str) -> bool:
    """Whether anything in an address is a name: not so in "18, Family Court"."""
    capitals = [word.casefold().strip(".,") for word in words.split() if word[0].isupper()]
    return not all(word in GENERIC for word in capitals) or " The " in words


def _is_small_one(text: str, match: re.Match[str]) -> bool:
    """Whether a number and a street in small letters are where someone lives."""
    words = set(match["name"].lower().split())
    if words == {"the"}:
        return said_before(text, match.start(), _HOME, within=NEAR)
    if words & _NO_NAME or words & (EVERYDAY - _ALSO_IN_STREETS):
        return False
    return said_before(text, match.start(), _LIVING, within=NEAR)


def _bare(text: str, match: re.Match[str]) -> Iterator[Find]:
    start = match.start()
    while (other := _BEFORE_A_NAME.match(text, start, match.end())) is not None:
        start = other.end()
    words = text[start : match.end()]
    if " " not in words or words.casefold() in _KNOWN_TO_ALL:
        return
    name, street = words.rsplit(" ", 1)
    if street.islower() and (name.isupper() or name.casefold() in _NOT_BEFORE_A_SMALL_STREET):
        return  # "Main road", "Bus lane", "an NHS drive"
    yield identifier(text, start, match.end(), STREET_ADDRESS, sure=False)
