"""Decisions about names in a draft, from what a form sent to the finds as they then stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel

from api.draft.finds import added, check_still, decided, group_of, key_of, places_of, title_of
from api.draft.marked import MarkedWords, span_of
from capture.draft.said import FindSaid, Span
from capture.errors import NotFound, Unfit
from capture.people_said import line
from transcripts.turns import Reading

Finds = tuple[FindSaid, ...]
KINDS = ("person", "place", "organisation", "name")
"""What a person may say that words are, which the aid missed."""


class Decided(BaseModel):
    """What was decided of a find, of all that is the same name, or of all of a kind."""

    act: Literal["accept", "refuse", "change", "undo"]
    one: str = ""
    """A find by its place."""
    group: str = ""
    """A name by the place of any of its finds."""
    kind: str = ""
    was: str = ""
    """How they stood when the page was made."""
    instead: str = ""


class ReplacedWords(MarkedWords):
    """Words the aid missed: selected, or written as they stand in the text."""

    said: str = ""
    instead: str = ""
    kind: Literal["person", "place", "organisation", "name"] = "person"
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finds as they stand now, those places that changed, and what was done, in a sentence."""

    finds: Finds
    places: tuple[Span, ...]
    done: str


def decide(reading: Reading, finds: Finds, asked: Decided) -> Outcome:
    """What was asked for, done. Raises NotFound, Unfit, or Conflict where a colleague decided."""
    if asked.kind:
        these = [f for f in finds if f.kind == asked.kind and f.accepted is None]
        called = title_of(asked.kind)
    else:
        these, called = _named(reading, finds, asked)
    if asked.act == "change":
        instead = in_brackets(asked.instead)
        these = [find for find in these if find.accepted is not False] or these
        after = decided(finds, these, lambda f: replace(f, instead=instead, accepted=True))
        return Outcome(after, _spans(these), f"{called}: {instead} will stand there.")
    accepted = {"accept": True, "refuse": False, "undo": None}[asked.act]
    if asked.act != "undo" and not asked.one:
        these = [find for find in these if find.accepted is None] or these
    after = decided(finds, these, lambda f: replace(f, accepted=accepted))
    done = {"accept": "will be replaced", "refuse": "stays", "undo": "is undecided again"}
    return Outcome(after, _spans(these), f"{called} {done[asked.act]}.")


def replace_words(reading: Reading, finds: Finds, asked: ReplacedWords) -> Outcome:
    """Words replaced that the aid missed, there alone or wherever they stand."""
    instead = in_brackets(asked.instead)
    if asked.said.strip():
        spans = places_of(reading, asked.said)
        if not spans:
            raise Unfit(
                f"“{' '.join(asked.said.split())[:60]}” doesn't stand in this text.",
                way_out="Write it as it stands there.",
            )
    else:
        spans = [_trimmed(reading.text, *span_of(reading, asked))]
        if asked.everywhere:
            words = reading.text[slice(*spans[0])]
            spans = sorted({*spans, *places_of(reading, words)})
    after = added(finds, spans, asked.kind, instead)
    words = reading.text[slice(*spans[0])]
    times = "once" if len(spans) == 1 else f"{len(spans):,} times"
    return Outcome(after, tuple(spans), f"{words}, {times}: {instead} will stand there.")


def in_brackets(typed: str) -> str:
    """What is to stand instead, in square brackets; Unfit when it says nothing, or too much."""
    said = line(typed.strip().strip("[]"), "What stands there instead")
    if said is None:
        raise Unfit("Nothing was said to stand there instead.", way_out="Write what it is: school.")
    return f"[{said}]"


def _named(reading: Reading, finds: Finds, asked: Decided) -> tuple[list[FindSaid], str]:
    group = group_of(reading, finds, asked.one or asked.group)
    these = [find for find in group.finds if not asked.one or key_of(find) == asked.one]
    if not these:
        raise NotFound("That find isn't in this file any more.", way_out="Load the page again.")
    if asked.was:
        check_still(these, asked.was, group.words)
    return these, group.words


def _spans(finds: Sequence[FindSaid]) -> tuple[Span, ...]:
    return tuple((find.start, find.end) for find in finds)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
