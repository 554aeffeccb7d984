"""E-mail addresses, web addresses and names on social media, as they are written."""

import re
from collections.abc import Iterator

from transcripts.redaction.context import any_of, listed
from transcripts.redaction.finds import EMAIL, HANDLE, WEB_ADDRESS, Find, identifier

ENDINGS = "com org net uk info edu io eu ie scot wales cymru example nhs gov ac me co biz tv ly be"
"""What a web address may end in here; more would make one of every missing space."""

_LOCAL = r"[^\W_](?:[\w.+%'’-]{0,62}[^\W])?"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(
    rf"""(?<![\w.+%-]) {_LOCAL} (?:@\n?|[ ]@[ ]) {_LABEL}(?:\.{_LABEL}){{1,6}}
       | (?<![\w.+%-]) {_LOCAL} (?:[ ]@|@[ ]) (?:{_LABEL}\.){{1,5}}(?:{any_of(ENDINGS)})(?!\w)
       | (?<![\w.+%-]) {_LOCAL} [ ]?[\[(][ ]?(?:at|@|a)[ ]?[\])][ ]? {_LABEL}
         (?: (?: \. | [ ]?[\[(][ ]?dot[ ]?[\])][ ]? ) {_LABEL} ){{1,6}}""",
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = r"(?:[/?#:][^\s<>\"”“]{0,2000})?"
_WEB = re.compile(
    rf"""(?: https?:// [^\s<>"”“]{{1,2000}}
           | (?<![\w.@-]) www\.{_LABEL}(?:\.{_LABEL}){{1,5}}{_TAIL}
           | (?<![\w.@-]) (?:{_LABEL}\.){{1,5}} (?:{any_of(ENDINGS)}) (?![\w@-]|\.[^\W_])
             {_TAIL} )""",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILING = ".,;:!?'’)]}>…*_"
_NO_ADDRESS = re.compile(r"(?:[a-z]\.){1,3}[a-z]{1,2}|[\d.]+", re.IGNORECASE)

_HANDLE = re.compile(r"(?<![\w@./])(?:@|u/)(?P<name>[^\W\d_][\w.]{1,29})(?!@|\w)")
_EVERYDAY = frozenset(listed("home work school all everyone everybody least last the night lunch"))
_PLACE = (
    r"(?:insta(?:gram)?|ig|twitter|snap(?:chat)?|tik ?tok|facebook|discord|telegram|reddit|xbox)"
)
_NAMED = re.compile(
    rf"""\b{_PLACE}(?:['’]s|\s+(?:name|account|handle|user(?:name)?|is|was|as|under|called)){{0,3}}
         [\s:]{{1,2}} (?P<after>[\w.]{{3,30}})
       | \b(?:user ?name|handle)(?:['’]s|\s+(?:is|was)){{0,1}}[\s:]{{1,2}} (?P<called>[\w.]{{3,30}})
       | \b(?P<before>[\w.]{{3,30}}) \s on \s {_PLACE}\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MADE_UP = re.compile(r"(?=.*[^\W\d_])(?:.*[\d_]|.*\.\w).*")


def emails(text: str) -> Iterator[Find]:
    """Every e-mail address, also "jo [at] example [dot] org"."""
    for match in _EMAIL.finditer(text):
        end = match.start() + len(match[0].rstrip(_TRAILING))
        yield identifier(text, match.start(), end, EMAIL)


def web_addresses(text: str) -> Iterator[Find]:
    """Every web address, with or without what stands before the name of the site."""
    for match in _WEB.finditer(text):
        words = match[0].rstrip(_TRAILING)
        if _NO_ADDRESS.fullmatch(words) is None:
            yield identifier(text, match.start(), match.start() + len(words), WEB_ADDRESS)


def handles(text: str) -> Iterator[Find]:
    """Names on social media: after an @, or made-up words beside the name of a service."""
    for match in _HANDLE.finditer(text):
        if match["name"].casefold() not in _EVERYDAY:
            end = match.start() + len(match[0].rstrip("."))
            yield identifier(text, match.start(), end, HANDLE)
    for match in _NAMED.finditer(text):
        group = match.lastgroup or ""
        words = match[group].rstrip(".")
        if _MADE_UP.fullmatch(words):
            start = match.start(group)
            yield identifier(text, start, start + len(words), HANDLE)
