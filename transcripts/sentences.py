"""Sentences of running speech. Only here is spaCy imported, and only when first used."""

import re
import threading
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n(?=\s*(?:[•·▪*–—-]|\d{1,2}[.)])\s)")
# What spaCy's English knows no exception for, and British and parliamentary speech is full of.
_ABBREVIATIONS = (
    "Hon. Rt. Cllr. Sgt. Insp. approx. dept. Dept. est. min. max. incl. excl. cf. fig. Fig. vol."
)
_LONGEST = 50_000_000
# spaCy takes a word apart in quadratic time; nobody's word is this long, but a hostile file's is.
_LONG_WORD = re.compile(r"\S{80}")
_ONE_AT_A_TIME = threading.Lock()


def sentences(text: str) -> list[Span]:
    """Offsets of the sentences of one turn, without surrounding white space, all words covered.

    A paragraph or a list item ends a sentence; "Mr.", "3.5" and "well ... I think" don't.
    """
    return sentences_of_all([text])[0]


def sentences_of_all(texts: list[str]) -> list[list[Span]]:
    """Like `sentences`, for many turns at once."""
    with _ONE_AT_A_TIME, _pipeline().memory_zone():
        return [_sentences(text) for text in texts]


@cache
def _pipeline() -> "Language":
    import spacy

    language = spacy.blank("en")
    language.max_length = _LONGEST
    language.add_pipe("sentencizer")
    tokenizer = cast("Tokenizer", language.tokenizer)
    for abbreviation in _ABBREVIATIONS.split():
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    return language


def _sentences(text: str) -> list[Span]:
    found: list[Span] = []
    for start, end in _paragraphs(text):
        found.extend(_within(text, start, end))
    return found


def _paragraphs(text: str) -> list[Span]:
    cuts = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    return list(pairwise(cuts))


def _within(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one paragraph; spaCy's, mended where a new one doesn't really begin."""
    mended: list[list[int]] = []
    for left, right in _split_by_spacy(text, start, end):
        if left >= right:
            continue
        if mended and not _begins(text, mended[-1][1], left):
            mended[-1][1] = right
        else:
            mended.append([left, right])
    return [(left, right) for left, right in mended]


def _split_by_spacy(text: str, start: int, end: int) -> Iterator[Span]:
    """spaCy's sentences, trimmed; an overlong word is handed over in parts that join up again."""
    cuts = [start, *(match.end() for match in _LONG_WORD.finditer(text, start, end)), end]
    for left, right in pairwise(cuts):
        for sentence in _pipeline()(text[left:right]).sents:
            yield _trimmed(text, left + sentence.start_char, left + sentence.end_char)


def _begins(text: str, end_before: int, start: int) -> bool:
    """Whether a sentence begins at `start`: after white space, and with no small letter."""
    return end_before < start and not text[start].islower()


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
