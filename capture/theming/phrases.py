"""Phrases worth showing: one to three whole words, no filler, no names of people."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from capture.theming.words import DESCRIBING, DETERMINERS, NUMBERS, STOP_WORDS, WORD, words_of

JOINING = frozenset(("of", "and", "to", "for", "the", "with", "in", "at", "on", "between"))
"""Small words that may stand inside a phrase of three ("lack of time"), never at its edge."""
SPEECH_MARKS = '.?!:;,()[]"“”…\n–—'
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "hon", "st", "rev"))
SHOWN_AS_NOUN = 0.15
"""A noun shows itself as one in at least this part of its uses."""
TELLING_SHARE = 0.02
"""In English about a word in twelve shows itself as a noun; with far fewer it is not English."""
_ENDS = '.?!:\n"“'
_TO_BREAKS = str.maketrans(dict.fromkeys(SPEECH_MARKS, "\n"))


def phrases_of(text: str) -> list[str]:
    """Every phrase of a text in lower case, repeated as often as it is said."""
    found: list[str] = []
    for clause in text.translate(_TO_BREAKS).split("\n"):
        found.extend(_in_clause(words_of(clause)))
    return found


def _in_clause(words: Sequence[str]) -> Iterator[str]:
    bears = [len(word) > 2 and word not in STOP_WORDS for word in words]
    inside = [bear or word in JOINING for bear, word in zip(bears, words, strict=True)]
    for i, word in enumerate(words):
        if not bears[i]:
            continue
        yield word
        if i + 1 < len(words) and bears[i + 1] and words[i + 1] != word:
            yield f"{word} {words[i + 1]}"
        if i + 2 < len(words) and bears[i + 2] and words[i + 2] != word and inside[i + 1]:
            yield f"{word} {words[i + 1]} {words[i + 2]}"


class Nouns:
    """Which words stand as nouns in a body of English text, told by the words around them.

    "The caseload is", "of supervision." show a noun; "it was lovely", "a big room", "they agreed"
    do not. Where hardly a word shows itself so, as in other languages, every word passes.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        clauses = [
            ["", "", *words_of(clause), ""]
            for text in texts
            for clause in text.translate(_TO_BREAKS).split("\n")
        ]
        said = Counter(word for clause in clauses for word in clause if word)
        bare = Counter(word for clause in clauses for word in _shown_as_nouns(clause, None))
        plain = {word for word in said if bare[word] >= SHOWN_AS_NOUN * said[word]}
        shown = Counter(word for clause in clauses for word in _shown_as_nouns(clause, plain))
        self._other = {word for word in said if shown[word] < SHOWN_AS_NOUN * said[word]}
        self._telling = bare.total() >= TELLING_SHARE * said.total()

    def is_noun_phrase(self, phrase: str) -> bool:
        """Say whether the last word is a noun and no word is a number or only describes."""
        *before, last = phrase.split()
        if any(word in NUMBERS for word in (*before, last)):
            return False
        if not self._telling:
            return True
        past = last.endswith("ed") and not last.endswith("eed")
        return not (past or last in self._other or last in DESCRIBING or last.endswith("'s"))


def _shown_as_nouns(words: Sequence[str], nouns: Set[str] | None) -> Iterator[str]:
    """Words between a determiner and an ending or small word; where nouns are known, also with a
    word between that is none of them ("a reflective group", but not "the worker drove")."""
    for i in range(2, len(words) - 1):
        if words[i + 1] and words[i + 1] not in STOP_WORDS:
            continue
        before = words[i - 1]
        described = nouns is not None and before not in nouns and before not in STOP_WORDS
        if before in DETERMINERS or (described and words[i - 2] in DETERMINERS):
            yield words[i]


class Spelling:
    """How words are written in a body of text: which are names, which are all capitals."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen = Counter(how for text in texts for how in _ways_of_writing(text))
        words = {word for word, _ in seen}
        self._capitals = {w for w in words if seen[w, "all"] > seen[w, "plain"] + seen[w, "inside"]}
        self._names = {
            w
            for w in words - self._capitals
            if seen[w, "inside"] > 3 * seen[w, "plain"]
            or (seen[w, "plain"] == 0 and seen[w, "first"] >= 2)
        }

    def is_name(self, phrase: str) -> bool:
        """Say whether a phrase is nothing but names ("Sarah Jones"), as far as capitals tell."""
        return all(word in self._names or word in JOINING for word in phrase.split())

    def holds_name(self, phrase: str) -> bool:
        """Say whether any of its words is a name."""
        return any(word.removesuffix("'s") in self._names for word in phrase.split())

    def written(self, phrase: str) -> str:
        """Give a phrase as it is usually written: "nhs trust" becomes "NHS trust"."""
        return " ".join(self._written(word) for word in phrase.split())

    def _written(self, word: str) -> str:
        if word in self._capitals:
            return word.upper()
        return word.capitalize() if word in self._names else word


def _ways_of_writing(text: str) -> Iterator[tuple[str, str]]:
    """Each word and how it is written: plain, all capitals, capital first or inside a sentence."""
    starts = True
    for match in WORD.finditer(text):
        word = match.group()
        low = word.lower().replace("’", "'")
        if len(word) > 1 and word.isupper():
            yield low, "all"
        elif not word[0].isupper():
            yield low, "plain"
        else:
            yield low, "first" if starts else "inside"
        starts = low not in TITLES and text[match.end() : match.end() + 1] in _ENDS
