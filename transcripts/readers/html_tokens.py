"""The source of a web page as tags, text and comments, cut up as a browser does.

Not Python's own parser: on pages that are broken on purpose it takes time that grows with the
square of their length, or gives up. Here every letter is looked at once or twice, and no word
falls between two tokens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from transcripts.readers.entities import unescaped

_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_TEXT_ONLY = frozenset({"title", "textarea"})
"""As `_RAW`, no tags inside; but character references are read."""

KNOWN_TAGS = frozenset(
    word
    for listed in (
        "a abbr acronym address annotation applet area article aside audio b base basefont bdi",
        "bdo bgsound big blink blockquote body br button canvas caption center cite code col",
        "colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset",
        "figcaption figure font footer form frame frameset head header hgroup hr html i iframe",
        "image img input ins isindex kbd keygen label legend li link listing maction main map",
        "mark marquee math menu menuitem merror meta meter mfrac mi mmultiscripts mn mo mover",
        "mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup",
        "mtable mtd mtext mtr multicol munder munderover nav nextid nobr noembed noframes none",
        "noscript object ol optgroup option output p param picture plaintext pre progress q rb",
        "rp rt rtc ruby s samp script search section select semantics slot small source spacer",
        "span strike strong style sub summary sup svg table tbody td template textarea tfoot th",
        "thead time title tr track tt u ul var video wbr xmp",
    )
    for word in listed.split()
) | {f"h{size}" for size in range(1, 7)}
"""Elements of HTML and MathML, old ones too."""

_TAG_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_BETWEEN = re.compile(r"[\s/]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*")
_BARE_VALUE = re.compile(r"[^\s>]*")
_COMMENT_END = re.compile(r"--!?>")


@dataclass(frozen=True, slots=True)
class Token:
    """A tag (`name`, `attributes`), or the `words` of text or of a comment."""

    kind: Literal["start", "end", "text", "comment"]
    line: int
    name: str = ""
    words: str = ""
    attributes: tuple[tuple[str, str | None], ...] = ()
    closed: bool = False
    """Whether the tag ends what it begins: `<br/>`."""


def tokens(source: str) -> Iterator[Token]:
    """Every token of a page in order; a tag that the page breaks off in is text."""
    at, line, counted = 0, 1, 0
    while at < len(source):
        opened = source.find("<", at)
        end = len(source) if opened < 0 else opened
        if end > at:
            yield Token("text", line, words=unescaped(source[at:end]))
        line += source.count("\n", counted, end)
        at = counted = end
        if at >= len(source):
            return
        token, at = _marked(source, at, line)
        yield token
        if token.kind == "start" and not token.closed and token.name in _RAW | _TEXT_ONLY:
            line += source.count("\n", counted, at)
            counted = at
            end = _end_of(source, token.name, at)
            words = source[at:end]
            yield Token("text", line, words=words if token.name in _RAW else unescaped(words))
            at = end


def _marked(source: str, at: int, line: int) -> tuple[Token, int]:
    """The token that begins with the < at this place, and where it ends."""
    if source.startswith("<!--", at):
        # A browser takes `<!-->` for a whole comment.
        found = _COMMENT_END.search(source, at + 2)
        end = found.start() if found else len(source)
        words = source[at + 4 : max(at + 4, end)]
        return Token("comment", line, words=words), found.end() if found else end
    name = _TAG_NAME.match(source, at + 1)
    if name:
        return _tag(source, at, line, name)
    if source[at + 1 : at + 2] in {"!", "?", "/"}:
        end = source.find(">", at)
        end = len(source) if end < 0 else end
        return Token("comment", line, words=source[at + 2 : end]), end + 1
    return Token("text", line, words="<"), at + 1


def _tag(source: str, at: int, line: int, name: re.Match[str]) -> tuple[Token, int]:
    attributes: list[tuple[str, str | None]] = []
    here = name.end()
    while True:
        before = here
        here = _after(_BETWEEN, source, here)
        if here >= len(source):
            break
        if source[here] == ">":
            kind: Literal["start", "end"] = "end" if source[at + 1] == "/" else "start"
            closed = source[before:here].endswith("/")
            token = Token(kind, line, name[1].lower(), "", tuple(attributes), closed)
            return token, here + 1
        key = source[here : (here := _after(_ATTRIBUTE, source, here))].lower()
        equals = _after(_SPACE, source, here)
        value = None
        if source[equals : equals + 1] == "=":
            value, here = _value(source, _after(_SPACE, source, equals + 1))
        attributes.append((key, value))
    # Broken off inside a tag: everything from its < on is only letters.
    return Token("text", line, words=unescaped(source[at:])), len(source)


def _value(source: str, at: int) -> tuple[str, int]:
    quote = source[at : at + 1]
    if quote in {'"', "'"}:
        end = source.find(quote, at + 1)
        end = len(source) if end < 0 else end
        return unescaped(source[at + 1 : end]), end + 1
    end = _after(_BARE_VALUE, source, at)
    return unescaped(source[at:end]), end


def _end_of(source: str, name: str, at: int) -> int:
    """Where the end tag of a text without tags begins; the page's end where there is none."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
    return found.start() if found else len(source)


def _after(pattern: re.Pattern[str], source: str, at: int) -> int:
    match = pattern.match(source, at)
    return match.end() if match else at
