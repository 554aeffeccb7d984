"""The quote bank laid out for its page. Everything here comes out of a `QuoteBank`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from codebook.bank import NO_THEME, HeldBack, Quote, QuoteBank, ThemeLine

PER_PAGE = 50
HELD_LISTED = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage under one theme, with each code by which it stands there."""

    quote: Quote
    codes: tuple[Quote, ...]
    also: tuple[tuple[int, str], ...]
    """Other themes it stands under: id and name."""

    @property
    def key(self) -> str:
        """Names the entry on its page."""
        return f"{self.quote.theme_id or 0}-{self.quote.passage_id}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A theme's entries on one page; `line` is None for those in no theme."""

    name: str
    line: ThemeLine | None
    holds: tuple[Entry, ...]
    against: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a bank."""

    shelves: tuple[Shelf, ...]
    entries: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Held:
    """Passages held back for one reason."""

    reason: str
    count: int
    passages: tuple[int, ...]
    """Their ids, no more than can be looked through."""


def page_of(whole: QuoteBank, bank: QuoteBank, number: int) -> Page:
    """A page of `bank`, which is a part of `whole`. A number too high gives the last page."""
    entries = entries_of(whole, bank.quotes)
    pages = max(1, -(-len(entries) // PER_PAGE))
    number = min(max(number, 1), pages)
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    lines = {line.id: line for line in bank.themes}
    shelves = tuple(
        _shelf(lines.get(theme_id or 0), tuple(of_theme))
        for theme_id, of_theme in groupby(shown, key=lambda entry: entry.quote.theme_id)
    )
    return Page(shelves, len(entries), number, pages)


def entries_of(whole: QuoteBank, quotes: Sequence[Quote]) -> list[Entry]:
    """Quotes brought together where one passage stands under one theme by several codes."""
    together: dict[tuple[int, bool, int], list[Quote]] = {}
    for quote in quotes:
        key = (quote.theme_id or 0, quote.against, quote.passage_id)
        together.setdefault(key, []).append(quote)
    themes: dict[int, dict[int, str]] = {}
    for quote in whole.quotes:
        if quote.theme_id is not None:
            themes.setdefault(quote.passage_id, {})[quote.theme_id] = quote.theme
    return [
        Entry(
            quote=said[0],
            codes=tuple(said),
            also=tuple(pair for pair in themes.get(passage_id, {}).items() if pair[0] != theme_id),
        )
        for (theme_id, _, passage_id), said in together.items()
    ]


def counts(bank: QuoteBank) -> dict[int, int]:
    """Passages quoted under each theme, by its id; 0 for those in none."""
    there = {(quote.theme_id or 0, quote.passage_id) for quote in bank.quotes}
    found: dict[int, int] = {}
    for theme_id, _ in there:
        found[theme_id] = found.get(theme_id, 0) + 1
    return found


def held_by_reason(held: Sequence[HeldBack]) -> list[Held]:
    """Held-back passages by reason, most first, each counted once."""
    by_reason: dict[str, dict[int, None]] = {}
    for one in held:
        by_reason.setdefault(one.reason, {})[one.passage_id] = None
    found = [
        Held(_said(reason), len(ids), tuple(ids)[:HELD_LISTED]) for reason, ids in by_reason.items()
    ]
    return sorted(found, key=lambda one: -one.count)


def _said(reason: str) -> str:
    return "in dispute between coders" if reason == "in dispute" else reason


def _shelf(line: ThemeLine | None, entries: tuple[Entry, ...]) -> Shelf:
    return Shelf(
        name=line.name if line else NO_THEME,
        line=line,
        holds=tuple(entry for entry in entries if not entry.quote.against),
        against=tuple(entry for entry in entries if entry.quote.against),
    )
