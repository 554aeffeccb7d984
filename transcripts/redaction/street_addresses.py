"""Street addresses: flat, number and street; a house or block; a street without a number."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of, listed, said_before
from transcripts.redaction.finds import STREET_ADDRESS, Find, identifier

_TYPES = any_of(
    """
    Road Rd Street St Lane Ln Avenue Ave Close Drive Crescent Cres Terrace Grove Gardens Gdns Way
    Court Ct Place Mews Row Walk Rise View Green Square Parade Wharf Yard Quay Hill Park Vale
    Broadway Embankment Drove Gate Approach Villas Cottages Buildings Mansions Passage
    """
)
_SURE_TYPES = any_of(
    """
    Road Rd Street Lane Avenue Ave Close Drive Crescent Terrace Grove Gardens Mews
    """
)
"""Streets that are called one by their last word alone, without a number before them."""
_BLOCKS = any_of("House Court Lodge Tower Towers Point Heights Mansions Flats Buildings Cottage")
_ONES = listed("one two three four five six seven eight nine")
_NUMBER_WORD = (
    rf"(?:(?:{any_of('twenty thirty forty fifty sixty seventy eighty ninety')})"
    rf"(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_ONES)}|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:a|one|two)[ ]hundred(?:[ ]and[ ][a-z-]{2,12})?)"
)
_NUMBER = rf"(?:[0-9]{{1,4}}[A-Za-z]?(?:[-–/][0-9]{{1,4}}[A-Za-z]?)?|{_NUMBER_WORD})"
_CAPITAL = r"[A-Z][\w'’.-]{0,24}"
_NAME = rf"(?:(?:St\.?|Old|New|The|Upper|Lower|[A-Z]{{1,2}}[\w'’-]{{1,24}})[ ]){{0,2}}{_CAPITAL}"
_FLAT = rf"(?:(?:Flat|Apartment|Apt|Unit|Room|Studio)[ ]{_NUMBER}(?:[ ]?[A-Z]\b)?,?[ ])"
_BLOCK = rf"(?:{_CAPITAL}[ ](?:{_CAPITAL}[ ])?(?:{_BLOCKS}),?[ ])"
_STREET = rf"(?:{_NAME}[ ](?:{_TYPES})|The[ ](?:{_TYPES}))"
_WRITTEN = re.compile(
    rf"""(?<![\w£$€.:/-]) (?i:{_FLAT})? {_BLOCK}?
         (?i:{_NUMBER}) ,? [ ] {_STREET} (?![\w’'])""",
    re.VERBOSE,
)
_IN_BLOCK = re.compile(
    rf"(?<![\w])(?i:{_FLAT.replace(',?[ ])', '),?[ ]')}){_CAPITAL}[ ](?:{_CAPITAL}[ ])?"
    rf"(?:{_BLOCKS}|{_TYPES})(?![\w’'])"
)
_BARE = re.compile(rf"(?<![\w’'])(?:{_BLOCK})?{_NAME}[ ](?:{_SURE_TYPES})(?![\w’'])")
_LOWER = re.compile(
    rf"(?<![\w£$€.:/-]){_NUMBER},?[ ](?P<name>[a-z'’]{{3,20}}(?:[ ][a-z'’]{{3,20}})?)[ ]"
    rf"(?:{_TYPES})(?![\w’'])",
    re.IGNORECASE,
)
_LIVING = re.compile(
    r"\b(?:(?:at|to|from|on|in|address(?:['’]s| is| was)?|number|lives?|living|lived)[ ,:]{1,2})$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    listed("""
    the a an our your my his her their its this that these those and or of in on at to from up
    down along by for with mile miles minute minutes hour hours day days week weeks month months
    year years bed bedroom lane lanes car family families people kids children one two three other
    same different whole main busy long short bus court park foot feet
    """)
)
_KNOWN_TO_ALL = frozenset(
    """downing street|coronation street|sesame street|wall street|fleet street|high street|
    the high street|oxford street|harley street""".replace("\n    ", "").split("|")
)
_NOT_A_STREET_BEFORE = re.compile(
    r"^(?:The|A|An|This|That|On|In|At|To|From|Our|My|Your|His|Her|Their|And|But|So|We|I|They|He|"
    r"She|It|Then|When|Near|By|Past|Down|Up|Along|Off|Turn|Into|Take|Go|Walk)[ ]"
)


def street_addresses(text: str) -> Iterator[Find]:
    """Every street address; a street without house number or flat is marked as less sure."""
    for match in (*_WRITTEN.finditer(text), *_IN_BLOCK.finditer(text)):
        yield identifier(text, match.start(), match.end(), STREET_ADDRESS)
    for match in _BARE.finditer(text):
        yield from _bare(text, match)
    for match in _LOWER.finditer(text):
        if not _NO_NAME & set(match["name"].lower().split()) and said_before(
            text, match.start(), _LIVING, within=24
        ):
            yield identifier(text, match.start(), match.end(), STREET_ADDRESS)


def _bare(text: str, match: re.Match[str]) -> Iterator[Find]:
    start = match.start()
    while (other := _NOT_A_STREET_BEFORE.match(text[start : match.end()])) is not None:
        start += other.end()
    words = text[start : match.end()]
    if " " in words and words.casefold() not in _KNOWN_TO_ALL:
        yield identifier(text, start, match.end(), STREET_ADDRESS, sure=False)
