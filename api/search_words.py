"""What the search page says of what was found, and of how it was looked for."""

import re
from typing import Literal

from capture.searching.meaning import Meaning, Meant
from capture.searching.question import Question
from capture.searching.search import Hits

Looks = Literal["exact", "both", "starting", "busy", "amiss"]
"""Exactly as typed; by words and meaning; by words until the model is loaded or free, or alone."""
_LEFT_OUT = re.compile(r'(?<!\S)[-‐‑–−](?:["“”„«»][^"“”„«»]*["“”„«»]|\S+)')
_QUOTES = re.compile('["“”„«»]')


def looks(question: Question, meaning: Meaning, meant: Meant | None) -> Looks:
    """How it was looked for."""
    if not question.meaning:
        return "exact"
    if meant is not None:
        return "both"
    return meaning.state if meaning.state in ("amiss", "busy") else "starting"


def summary(found: Hits, question: Question, places: int, with_words: int) -> str:
    """What was found, in a sentence: how many places, and what they have."""
    if not places:
        return "Nobody says that."
    if not question.meaning:
        how = "exactly so" if question.phrases else "without it"
        return f"{places:,} {'place is' if places == 1 else 'places are'} {how}."
    near = places - with_words
    by_meaning = f"{near:,} more {'is' if near == 1 else 'are'} near in meaning"
    if not with_words:
        return f"Nobody uses these words; {by_meaning.replace(' more', '')}."
    by_words = f"{with_words:,} {'place has' if with_words == 1 else 'places have'}"
    by_words += f" {_how_many_words(found, question)}"
    found_so = f"{by_words}, {by_meaning}." if near else f"{by_words}."
    return f"{found_so}{_nobody_says(found, question)}"


def _nobody_says(found: Hits, question: Question) -> str:
    if not found.unsaid or len(found.unsaid) == len(question.words):
        return ""
    *others, last = [f"“{word}”" for word in found.unsaid]
    return f" Nobody says {', '.join(others)}{' or ' if others else ''}{last}."


def loosened(typed: str) -> str:
    """What was typed without its quotes, and without what was to be left out."""
    return " ".join(_QUOTES.sub(" ", _LEFT_OUT.sub(" ", typed)).split())


def _how_many_words(found: Hits, question: Question) -> str:
    many = len(question.words) + len(question.phrases)
    if many == 1:
        return "your word"
    if question.phrases:
        return "your words"
    if question.is_sentence:
        return "some of your words"
    if found.needed == many:
        return "all your words"
    return (
        "one or both of your words" if many == 2 else f"{found.needed} of your {many} words or more"
    )
