"""Markdown: plain text once its marks for headings and emphasis are taken off."""

import re

from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.readers.numbered import without_line_numbers
from transcripts.turns import LeftOut, Reading, count_words

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LABEL_IN_MARKS = re.compile(r"^([*_])(?=\S)([^*_]{1,80}?)\1(?=:|\s*$)|^([*_])([^*_]{1,80}?:)\3")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_WHY = {
    _FRONT_MATTER: "what the file says of itself, above its text",
    _COMMENT: "a comment that a reader of the page doesn't see",
}


def read_md(name: str, data: bytes) -> Reading:
    """Read a .md file; front matter, comments and headings are listed as left out."""
    text = decode(name, data)
    hidden: list[LeftOut] = []
    for pattern, why in _WHY.items():
        text = _taken_out(text, pattern, why, hidden)
    text, numbers = without_line_numbers(text)
    lines: list[str] = []
    headings: set[int] = set()
    length = 0
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if heading:
            headings.add(length)
        lines.append(_plain(heading[1] if heading else line))
        length += len(lines[-1]) + 1
    text = "\n".join(lines)
    if not text.strip():
        raise RefusedFile(name, "", "there are no words in this file.", "Export it again.")
    turns, left_out = turns_among(text, lines_of(text, headings))
    return Reading(name, text, tuple(turns), (*hidden, *numbers, *left_out))


def _taken_out(text: str, pattern: re.Pattern[str], why: str, hidden: list[LeftOut]) -> str:
    for match in pattern.finditer(text):
        words = match[1].strip()
        line = text.count("\n", 0, match.start()) + 1
        if words:
            hidden.append(LeftOut(words, f"line {line}", why, count_words(words)))
    return pattern.sub("", text)


def _plain(line: str) -> str:
    """One line without the marks of quotes, emphasis and escapes."""
    line = _STRONG.sub(r"\2", _QUOTE.sub("", line))
    line = _LABEL_IN_MARKS.sub(lambda match: match[2] or match[4], line)
    return _ESCAPE.sub(r"\1", line)
