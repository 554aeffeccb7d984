"""Filters of the quote bank: a part of a bank, worked out from the bank alone. Pure.

Filters go only by what a quote may say of whoever spoke: to filter an unattributed quote by role
would say the role after all. For the same reason held-back passages are narrowed by theme, code,
stance, kind and wave, and never by who spoke.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from codebook.bank import HeldBack, Quote, QuoteBank


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the bank is wanted; empty means all. Attributes by name, each with its values.

    In `theme_ids` 0 stands for quotes in no theme, in `stances` "none" for quotes without one.
    """

    theme_ids: frozenset[int] = frozenset()
    code_ids: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    waves: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    stances: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen_only: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to: only what the bank's quotes say of themselves."""

    kinds: tuple[str, ...]
    waves: tuple[int, ...]
    places: tuple[str, ...]
    roles: tuple[str, ...]
    stances: tuple[str, ...]
    codes: tuple[tuple[int, str], ...]
    attributes: Mapping[str, tuple[str, ...]]


def narrow(bank: QuoteBank, wanted: Filters) -> QuoteBank:
    """The part of a bank that is wanted, with what was held back from that part."""
    if wanted == Filters():
        return bank
    return replace(
        bank,
        quotes=tuple(q for q in bank.quotes if _fits(q, wanted) and _said_by(q, wanted)),
        themes=tuple(t for t in bank.themes if not wanted.theme_ids or t.id in wanted.theme_ids),
        held_back=tuple(held for held in bank.held_back if _fits(held, wanted)),
        narrowed=True,
    )


def choices(bank: QuoteBank) -> Choices:
    """The values to choose from in a study's whole bank."""
    quotes = bank.quotes
    names = sorted({name for quote in quotes for name in quote.attributes})
    codes = {quote.code_id: quote.code for quote in quotes if quote.code_id is not None}
    return Choices(
        kinds=_sorted(quote.kind for quote in quotes),
        waves=tuple(sorted({quote.wave for quote in quotes if quote.wave is not None})),
        places=_sorted(quote.place for quote in quotes),
        roles=_sorted(quote.role for quote in quotes),
        stances=_sorted(quote.stance for quote in quotes),
        codes=tuple(sorted(codes.items(), key=lambda pair: pair[1])),
        attributes={name: _sorted(q.attributes.get(name) for q in quotes) for name in names},
    )


def _fits(one: Quote | HeldBack, wanted: Filters) -> bool:
    return (
        (not wanted.theme_ids or (one.theme_id or 0) in wanted.theme_ids)
        and (not wanted.code_ids or one.code_id in wanted.code_ids)
        and (not wanted.stances or (one.stance or "none") in wanted.stances)
        and (not wanted.kinds or one.kind in wanted.kinds)
        and (not wanted.waves or one.wave in wanted.waves)
        and (not wanted.chosen_only or one.chosen)
    )


def _said_by(quote: Quote, wanted: Filters) -> bool:
    return (
        (not wanted.roles or quote.role in wanted.roles)
        and (not wanted.places or quote.place in wanted.places)
        and all(
            not values or quote.attributes.get(name) in values
            for name, values in wanted.attributes.items()
        )
    )


def _sorted(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}))
