"""The scheme people code with: codes, the facets they stand in, and the book that holds both."""

from __future__ import annotations

from dataclasses import dataclass

SIDE_FACETS = frozenset({"level", "journey"})
"""Facets that say where and when rather than what: they accompany other codes."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way of looking at a passage, such as practice or conditions.

    `takes_stance` is true where a decision also says enabler, barrier, tension or none.
    """

    key: str
    name: str
    description: str = ""
    takes_stance: bool = False


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code as a coder reads it; `facet` and `parent` are keys within the same book."""

    key: str
    name: str
    facet: str
    definition: str
    use_when: str = ""
    not_when: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook: its facets and codes in reading order, every key unique."""

    name: str
    facets: tuple[Facet, ...]
    codes: tuple[CodeEntry, ...]
