"""Phrases worth showing: one to three whole words, no filler, no names of people."""

from collections import Counter
from collections.abc import Iterator, Sequence

from capture.words import STOP_WORDS, WORD, words_of

JOINING = frozenset(("of", "and", "to", "for", "the", "with", "in", "at", "on", "between"))
"""Small words that may stand inside a phrase of three ("lack of time"), never at its edge."""
SPEECH_MARKS = '.?!:;,()[]"“”…\n–—'
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


class Spelling:
    """How words are written in a body of text: which are names, which are all capitals."""

    def __init__(self, texts: Sequence[str]) -> None:
        plain: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        shouted: Counter[str] = Counter()
        for text in texts:
            starts_sentence = True
            for match in WORD.finditer(text):
                word, low = match.group(), match.group().lower().replace("’", "'")
                if len(word) > 1 and word.isupper():
                    shouted[low] += 1
                elif not word[0].isupper():
                    plain[low] += 1
                elif not starts_sentence:
                    capital[low] += 1
                starts_sentence = text[match.end() : match.end() + 1] in '.?!:\n"“'
        self._capitals = {word for word, n in shouted.items() if n > plain[word] + capital[word]}
        self._names = {
            word
            for word, n in capital.items()
            if n > 3 * plain[word] and word not in self._capitals
        }

    def is_name(self, phrase: str) -> bool:
        """Say whether a phrase is nothing but names ("Sarah Jones"), as far as capitals tell."""
        return all(word in self._names or word in JOINING for word in phrase.split())

    def written(self, phrase: str) -> str:
        """Give a phrase as it is usually written: "nhs trust" becomes "NHS trust"."""
        return " ".join(self._written(word) for word in phrase.split())

    def _written(self, word: str) -> str:
        if word in self._capitals:
            return word.upper()
        return word.capitalize() if word in self._names else word
