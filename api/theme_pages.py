"""What the themes' pages are given: gathered here, so that the routes stay thin."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.policies import AUTHORS, RESEARCHERS, Access
from api.quote_pages import Entry, entries_of
from codebook.bank import ThemeLine
from codebook.choices import codes_to_choose
from codebook.code_paths import CodePath, code_paths
from codebook.quotes import Filters, quote_bank
from codebook.theme_grounds import candidates_to_rest_on, candidates_under, codes_under
from codebook.themes import find_theme, themes_of

QUOTES_SHOWN = 6
"""A theme's page shows a handful; the quote bank has them all."""


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme as it stands in the list."""

    line: ThemeLine
    codes: tuple[CodePath, ...]


def list_page(session: Session, access: Access) -> dict[str, Any]:
    """The themes in the report's order, each with its codes and what its quotes amount to."""
    bank = quote_bank(session, access.study.id, access.study.name)
    codes = code_paths(session, access.study.id)
    under = codes_under(session, [line.id for line in bank.themes])
    cards = [
        ThemeCard(line, tuple(sorted((codes[c] for c in under[line.id]), key=lambda c: c.order)))
        for line in bank.themes
    ]
    return {"cards": cards, "edits": access.may(AUTHORS), "quotes": access.may(AUTHORS)}


def theme_page(session: Session, access: Access, theme_id: int) -> dict[str, Any]:
    """One theme: what it says, what it rests on, and the quotes for and against it."""
    study_id = access.study.id
    theme = find_theme(session, study_id, theme_id)
    whole = quote_bank(
        session, study_id, access.study.name, Filters(theme_ids=frozenset({theme_id}))
    )
    line = whole.themes[0]
    codes = code_paths(session, study_id)
    under = [codes[code_id] for code_id in codes_under(session, [theme_id])[theme_id]]
    entries = entries_of(whole, whole.quotes) if access.may(AUTHORS) else []
    resting = candidates_under(session, theme_id)
    order = themes_of(session, study_id)
    at = order.index(theme)
    return {
        "theme": theme,
        "line": line,
        "codes": sorted(under, key=lambda code: code.order),
        "candidates": resting,
        "other_codes": codes_to_choose(session, study_id),
        "other_candidates": _groups(session, study_id, {one.id for one in resting}),
        "holds": _first([one for one in entries if not one.quote.against]),
        "against": [one for one in entries if one.quote.against],
        "held_sentence": whole.held_sentence,
        "rests_changed": False,
        "edits": access.may(AUTHORS),
        "finds": access.may(RESEARCHERS),
        "number": at + 1,
        "total": len(order),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }


def _first(entries: list[Entry]) -> list[Entry]:
    """A handful: those chosen for the report first, then in the bank's order."""
    return sorted(entries, key=lambda one: not one.quote.chosen)[:QUOTES_SHOWN]


def _groups(session: Session, study_id: int, resting: set[int]) -> list[dict[str, Any]]:
    """Candidate themes by granularity, in the shape the finder takes."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in candidates_to_rest_on(session, study_id):
        if one.id not in resting:
            option = {"value": one.id, "label": one.name or one.label}
            option["hint"] = ", ".join(one.keyphrases)
            groups.setdefault(one.granularity, []).append(option)
    return [{"label": label, "options": options} for label, options in groups.items()]
