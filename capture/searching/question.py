"""What somebody typed to search for, as it is looked for; whatever is typed, it means something.

Words are looked for by their stems, any of them; "a phrase" in quotes stands exactly so; -word
and -"a phrase" must not be there. Nothing else has a meaning of its own: AND, * and NEAR are words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from capture.searching.folding import Token, tokens

LONGEST = 500
"""Characters of a question that are read."""
MOST_TERMS = 24
SENTENCE = 4
"""So many telling words are a sentence: not each of them is meant to be found."""
_QUOTES = '"“”„«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-‐‑–−](?=\S))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<plain>[^\s{_QUOTES}]+|[{_QUOTES}]))"
)
_JOINS = frozenset("'’ʼ-‐‑")
"""Between two words these make one: don't, well-being."""
_GRAMMAR = """
a about above after again all also am an and any are as at be been being but by can cannot could d
did didn do does doesn doing don done for from had hadn has hasn have haven having he her here hers
him his how i if in into is isn it its itself just ll m me more most my no nor not of off on or our
ours out over own re s same she should shouldn so some such t than that the their theirs them then
there these they this those through to too under until up us ve very was wasn we were weren what
when where which while who whom whose why will with won would wouldn you your yours
"""
GRAMMAR: frozenset[str] = frozenset(_GRAMMAR.split())
"""English words that say nothing of what is looked for, as long as other words do."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must stand together in this order: exactly so, or by their stems."""

    words: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`words`: any of them; `phrases`: all of them; `without`: none of them.

    `meaning` is what to look for by meaning, as it was typed; empty where only exact words count.
    """

    words: tuple[Term, ...] = ()
    phrases: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    meaning: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether it is said rather than listed, so that its rarer words tell what is meant."""
        return len(self.words) >= SENTENCE

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be looked for was typed."""
        return not (self.words or self.phrases or self.without)


def read_question(typed: str) -> Question:
    """Read what was typed; never an error."""
    words: list[Term] = []
    phrases: list[Term] = []
    without: list[Term] = []
    plain: list[str] = []
    said: list[str] = []
    for piece in _PIECE.finditer(typed[:LONGEST]):
        phrase = piece["phrase"]
        found = tokens(phrase or piece["plain"] or "")
        if not found:
            continue
        whole = Term(tuple(token.folded for token in found), exact=phrase is not None)
        if piece["minus"]:
            without.append(whole)
            continue
        said.append(phrase or piece["plain"])
        if phrase is not None:
            phrases.append(whole)
        else:
            plain.append(piece["plain"])
            words += _terms(piece["plain"], found)
    telling = [term for term in words if not GRAMMAR.issuperset(term.words)]
    return Question(
        words=_distinct(telling or words),
        phrases=_distinct(phrases),
        without=_distinct(without),
        meaning=" ".join(said) if plain else "",
    )


def telling_terms(text: str) -> tuple[Term, ...]:
    """The words of a passage that tell what it is about, each once, in order."""
    found = _terms(text, tokens(text))
    return tuple(dict.fromkeys(term for term in found if not GRAMMAR.issuperset(term.words)))


def _distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def _terms(text: str, found: list[Token]) -> Iterator[Term]:
    """What is looked for of a stretch: words, and pairs of letters where no spaces are written."""
    for run in _runs(text, found):
        folded = tuple(token.folded for token in run)
        if len(run) > 2 and run[0].kind == "letter":
            yield from (Term(pair) for pair in pairwise(folded))
        else:
            yield Term(folded)


def _runs(text: str, found: list[Token]) -> Iterator[list[Token]]:
    """Tokens that were typed as one: don't, well-being, letters of an unspaced script."""
    run: list[Token] = []
    for token in found:
        if run and not _joined(text, run[-1], token):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _joined(text: str, before: Token, after: Token) -> bool:
    between = text[before.end : after.start]
    kinds = (before.kind, after.kind)
    words, letters = (kinds == (one, one) for one in ("word", "letter"))
    return (words and between in _JOINS) or (letters and not between)
