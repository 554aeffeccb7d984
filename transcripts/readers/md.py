"""Markdown: plain text once its marks for headings and emphasis are taken off."""

import re

from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.readers.numbered import without_line_numbers
from transcripts.turns import LeftOut, Reading, count_words

_FRONT_MATTER = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|=+[ \t]*)")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?")
_STRONG = re.compile(r"\*\*|__")
_LABEL_IN_MARKS = re.compile(r"^([*_])(?=\S)([^*_]{1,80}?)\1(?=:|\s*$)|^([*_])([^*_]{1,80}?:)\3")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_WHY_ABOVE = "what the file says of itself, above its text"
_WHY_COMMENT = "a comment that a reader of the page doesn't see"


def read_md(name: str, data: bytes) -> Reading:
    """Read a .md file; front matter, comments and headings are listed as left out."""
    text = decode(name, data)
    hidden: list[LeftOut] = []
    above = _FRONT_MATTER.match(text)
    if above:
        hidden += _told(above[2], 1, _WHY_ABOVE)
        text = text[above.end() :]
    text = _without_comments(text, hidden)
    text, numbers = without_line_numbers(text)
    lines: list[str] = []
    headings: set[int] = set()
    length = 0
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if heading:
            headings.add(length)
        lines.append(_plain(line[heading.end() :].rstrip(" \t#") if heading else line))
        length += len(lines[-1]) + 1
    text = "\n".join(lines)
    if not text.strip():
        raise RefusedFile(name, "", "there are no words in this file.", "Export it again.")
    turns, left_out = turns_among(text, lines_of(text, headings))
    return Reading(name, text, tuple(turns), (*hidden, *numbers, *left_out))


def _without_comments(text: str, hidden: list[LeftOut]) -> str:
    """The text without comments, which are told; one that is never closed is no comment."""
    kept: list[str] = []
    at, line = 0, 1
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        line += text.count("\n", at, start)
        hidden += _told(text[start + 4 : end], line, _WHY_COMMENT)
        line += text.count("\n", start, end)
        at = end + 3
    return "".join(kept) + text[at:]


def _told(words: str, line: int, why: str) -> list[LeftOut]:
    words = words.strip()
    return [LeftOut(words, f"line {line}", why, count_words(words))] if words else []


def _plain(line: str) -> str:
    """One line without the marks of rules, quotes, emphasis and escapes."""
    if _RULE.fullmatch(line):
        return ""
    line = _without_strong(_QUOTE.sub("", line))
    line = _LABEL_IN_MARKS.sub(lambda match: match[2] or match[4], line)
    return _ESCAPE.sub(r"\1", line)


def _without_strong(line: str) -> str:
    """The line without pairs of ** or __ that stand close around something."""
    opened: dict[str, int] = {}
    taken: list[int] = []
    for found in _STRONG.finditer(line):
        mark, at = found[0], found.start()
        before = opened.get(mark)
        if before is not None and at > before + 2 and not line[at - 1].isspace():
            taken += [before, at]
            del opened[mark]
        elif before is None and line[at + 2 : at + 3].strip():
            opened[mark] = at
    pieces: list[str] = []
    last = 0
    for at in sorted(taken):
        pieces.append(line[last:at])
        last = at + 2
    return "".join(pieces) + line[last:]
