"""The quote bank as JSON, for other programs: the same facts as the CSV, with their types."""

import json
from dataclasses import asdict
from typing import Any

from codebook.quotes import Quote, QuoteBank


def to_json(bank: QuoteBank) -> bytes:
    """UTF-8 JSON: study, quotes in the report's order, and what was held back and why."""
    whole = {
        "study": bank.study,
        "quotes": [_quote(quote) for quote in bank.quotes],
        "held_back": dict(sorted(bank.held.items())),
        "disputed": bank.disputed,
        "sentence": bank.held_sentence,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _quote(quote: Quote) -> dict[str, Any]:
    plain = asdict(quote)
    del plain["theme_id"], plain["code_id"]
    return {
        **plain,
        "attributes": dict(quote.attributes),
        "confirmed_by": list(quote.confirmed_by),
        "confirmed_at": quote.confirmed_at.isoformat(timespec="seconds"),
        "credit": quote.credit,
    }
