"""E-mail and web addresses as they are said: "jo dot brand at example dot org"."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of, listed
from transcripts.redaction.digits import ONES, TEENS, TENS
from transcripts.redaction.electronic import ENDINGS
from transcripts.redaction.finds import EMAIL, WEB_ADDRESS, Find, identifier

_WORD = r"[\w'’]{1,30}"
_LOCAL = r"[\w'’]{1,30}(?:[.-][\w'’]{1,30}){0,4}"
_JOIN = r"(?:dot|underscore|dash|hyphen|full[ ]stop|plus)"
_FIGURES = rf"(?:[ ](?:{any_of(' '.join([*ONES, *TEENS, *TENS]))}|double|[0-9]{{1,4}}))"
_HOST = (
    rf"{_WORD}(?:[ ](?:dash|hyphen)[ ]{_WORD}){{0,3}}"
    rf"(?:[ ](?:dot|full[ ]stop|point)[ ]{_WORD}){{1,5}}"
)
_EMAIL = re.compile(
    rf"""(?<![\w.@]) (?P<local> (?: [a-z][ ](?:for|as[ ]in)[ ]{_WORD},?[ ] ){{0,3}} {_LOCAL}
                                         (?: [ ]{_JOIN}[ ]{_WORD} | {_FIGURES} ){{0,6}} )
         ,? [ ] at [ ] (?P<host> {_HOST} | [\w-]{{2,40}}(?:\.[\w-]{{2,30}}){{1,4}} )""",
    re.VERBOSE | re.IGNORECASE,
)
_WEB = re.compile(
    rf"""(?<![\w.@]) (?: (?:www|double[ -]u[ ]double[ -]u[ ]double[ -]u|w[ ]w[ ]w)[ ]dot[ ] )?
         {_HOST} (?:[ ](?:forward[ ])?slash[ ]{_WORD}){{0,4}}""",
    re.VERBOSE | re.IGNORECASE,
)
_KNOWN_ENDING = re.compile(rf"(?:{any_of(ENDINGS)})", re.IGNORECASE)
_LOOKING = frozenset(
    listed("""
    look looking looked be is it us them up page site website find me him her here there was live
    that this on stuff all information out group one see people
    """)
)
_PLAIN = frozenset(
    listed("""
    the a an to on at in of for is was it it's its go look see try use and or with from by my our
    your their his her that this there then have has we i you they called no not
    """)
)
_BACK = re.compile(r"(?P<word>[\w'’]{2,20})[ ]$")
MOST_WORDS_BEFORE = 2


def spoken_addresses(text: str) -> Iterator[Find]:
    """Every address with its dots said aloud."""
    for match in _EMAIL.finditer(text):
        yield from _email(text, match)
    for match in _WEB.finditer(text):
        end = _end(match[0])
        if end and _names_a_site(match[0].split()[0]):
            start = match.start()
            if match[0][:1] not in "wWdD" or not re.match(
                r"www|w w|double", match[0], re.IGNORECASE
            ):
                start = _with_words_before(text, start)
            yield identifier(text, start, match.start() + end, WEB_ADDRESS)


def _email(text: str, match: re.Match[str]) -> Iterator[Find]:
    written = "." in match["host"] and " " not in match["host"]
    end = len(match["host"]) if written else _end(match["host"])
    simple = match["local"].isalpha()
    if not end or (simple and match["local"].casefold() in _LOOKING):
        return
    if written and simple:
        return  # "we met at example.org": a place on the web
    yield identifier(text, match.start("local"), match.start("host") + end, EMAIL)


def _end(host: str) -> int:
    """How much of what looks like a spoken host is one: up to its last ending, 0 when none."""
    parts = list(re.finditer(r"[ ](?:dot|full[ ]stop|point)[ ](?P<part>[\w'’]+)", host))
    ends = [one.end() for one in parts if _KNOWN_ENDING.fullmatch(one["part"])]
    if not ends:
        return 0
    slashes = re.match(r"(?:[ ](?:forward[ ])?slash[ ][\w'’]+)+", host[ends[-1] :])
    return ends[-1] + (slashes.end() if slashes else 0)


def _names_a_site(words: str) -> bool:
    """Whether words before a dot are part of a site's name, not of what is said about it."""
    return words.casefold() not in _PLAIN and "'" not in words and "’" not in words


def _with_words_before(text: str, start: int) -> int:
    """The start with up to two words before it that may be part of the site's name."""
    for _ in range(MOST_WORDS_BEFORE):
        match = _BACK.search(text, max(0, start - 22), start)
        if match is None or not _names_a_site(match["word"]):
            return start
        start = match.start("word")
    return start
