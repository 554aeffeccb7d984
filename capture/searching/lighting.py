"""Which of a segment's words were asked for, so that they can be lit where they stand."""

import re
from collections.abc import Iterable, Sequence

from capture.searching.folding import Token, tokens
from capture.searching.question import Term

Span = tuple[int, int]
BEGIN, END = "\x02", "\x03"
"""Stand around what was found in indexed words, which hold no such signs."""


def lit(words: str, marked: str, terms: Iterable[Term]) -> tuple[Span, ...]:
    """Spans of a segment's words, in order, none touching another.

    `marked` is its folded text with BEGIN and END around what was found by stems; empty for none.
    Exact terms among `terms` are looked for here.
    """
    found = tokens(words)
    spans = [*_marked_spans(marked, found)]
    for term in terms:
        if term.exact:
            spans += _exact_spans(term.words, found)
    return _united(spans)


def _marked_spans(marked: str, found: Sequence[Token]) -> Iterable[Span]:
    """From marks in the folded text back to what was said."""
    places, at = [], 0
    for token in found:
        places.append((at, at + len(token.folded), token))
        at += len(token.folded) + 1
    for first, last in _ranges(marked):
        within = [token for start, end, token in places if start < last and end > first]
        if within:
            yield within[0].start, within[-1].end


def _ranges(marked: str) -> Iterable[Span]:
    """Where marks begin and end, counted without them."""
    at = begun = 0
    for part in re.split(f"([{BEGIN}{END}])", marked):
        if part == BEGIN:
            begun = at
        elif part == END:
            yield begun, at
        else:
            at += len(part)


def _exact_spans(phrase: Sequence[str], found: Sequence[Token]) -> Iterable[Span]:
    folded = [token.folded for token in found]
    for at in range(len(folded) - len(phrase) + 1):
        if folded[at : at + len(phrase)] == list(phrase):
            yield found[at].start, found[at + len(phrase) - 1].end


def _united(spans: Iterable[Span]) -> tuple[Span, ...]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)
