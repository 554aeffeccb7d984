"""The words around a place in the text: most identifiers are told by what is said beside them."""

import re
from collections.abc import Mapping


def said_before(text: str, at: int, pattern: re.Pattern[str], *, within: int) -> bool:
    """Whether `pattern` stands in the `within` characters before `at`."""
    return pattern.search(text, max(0, at - within), at) is not None


def said_after(text: str, at: int, pattern: re.Pattern[str], *, within: int) -> bool:
    """Whether `pattern` stands in the `within` characters from `at` on."""
    return pattern.search(text, at, at + within) is not None


def listed(words: str) -> tuple[str, ...]:
    """Words that are written down with white space between."""
    return tuple(words.split())


def by_word(listed_under: Mapping[str, str]) -> dict[str, str]:
    """Words listed under what they mean, turned round: what each word means."""
    return {word: means for means, words in listed_under.items() for word in words.split()}


def any_of(words: str) -> str:
    """A pattern for any of the words, which are separated by white space."""
    return "|".join(sorted(words.split(), key=lambda word: (-len(word), word)))
