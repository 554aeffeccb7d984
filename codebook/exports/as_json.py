"""The quote bank as JSON, for other programs: the same facts as the CSV, with their types."""

import json
from typing import TypedDict

from codebook.bank import Quote, QuoteBank, ThemeLine


class ThemeFacts(TypedDict):
    """A theme in the report's order; numbers are those of the study's whole bank."""

    theme: str
    claim: str
    counter_evidence: str
    quotes: int
    against: int
    people: int
    places: int


class QuoteFacts(TypedDict):
    """One quote; what may not be said of whoever spoke is null."""

    theme: str
    against: bool
    code: str
    stance: str | None
    text: str
    attribution: str
    audience: str
    credit: str
    role: str | None
    place: str | None
    transcript: str | None
    file: str | None
    kind: str
    wave: int | None
    start: int | None
    end: int | None
    version: int | None
    passage: int | None
    attributes: dict[str, str]
    confirmed_by: list[str]
    confirmed_at: str | None
    chosen_by: str | None
    people: int
    places: int


def to_json(bank: QuoteBank) -> bytes:
    """UTF-8 JSON: study, for whom, themes, quotes in the report's order, what was held back."""
    whole = {
        "study": bank.study,
        "audience": bank.audience,
        "themes": [_theme(theme) for theme in bank.themes],
        "quotes": [_quote(quote) for quote in bank.quotes],
        "held_back": bank.held,
        "disputed": bank.disputed,
        "sentence": f"{bank.audience_sentence} {bank.held_sentence}",
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _theme(theme: ThemeLine) -> ThemeFacts:
    return {
        "theme": theme.name,
        "claim": theme.claim,
        "counter_evidence": theme.counter_evidence,
        "quotes": theme.quotes,
        "against": theme.against,
        "people": theme.people,
        "places": theme.places,
    }


def _quote(quote: Quote) -> QuoteFacts:
    at = quote.confirmed_at
    return {
        "theme": quote.theme,
        "against": quote.against,
        "code": quote.code,
        "stance": quote.stance,
        "text": quote.text,
        "attribution": quote.attribution,
        "audience": quote.audience,
        "credit": quote.credit,
        "role": quote.role,
        "place": quote.place,
        "transcript": quote.transcript,
        "file": quote.file,
        "kind": quote.kind,
        "wave": quote.wave,
        "start": quote.start,
        "end": quote.end,
        "version": quote.version,
        "passage": quote.reference,
        "attributes": dict(quote.attributes),
        "confirmed_by": list(quote.confirmed_by),
        "confirmed_at": at.isoformat(timespec="seconds") if at else None,
        "chosen_by": quote.chosen_by,
        "people": quote.warrant.people,
        "places": quote.warrant.places,
    }
