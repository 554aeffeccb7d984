"""The quote bank as CSV: a row a quote, for spreadsheets and for other programs."""

import csv
from io import StringIO

from codebook.bank import Quote, QuoteBank

COLUMNS = (
    *("theme", "for or against", "code", "stance", "quote", "attribution", "audience"),
    *("role", "place"),
    *("transcript", "file", "kind", "wave", "start", "end", "version", "passage"),
    *("confirmed by", "confirmed at", "chosen by", "people", "places"),
)
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for Windows-1252 and breaks every apostrophe."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(bank: QuoteBank) -> bytes:
    """UTF-8 CSV; the last line says what was held back. Each attribute has its own column."""
    names = sorted({name for quote in bank.quotes for name in quote.attributes})
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*COLUMNS, *map(harmless, names)])
    for quote in bank.quotes:
        writer.writerow([*_cells(quote), *(harmless(quote.attributes.get(n, "")) for n in names)])
    writer.writerow([])
    told = f"Quote bank of {bank.study}. {bank.audience_sentence} {bank.held_sentence}"
    writer.writerow([told])
    return (BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would be one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(quote: Quote) -> list[str]:
    return [
        *map(harmless, (quote.theme, "against" if quote.against else "for", quote.code)),
        *map(harmless, (quote.stance or "", quote.text, quote.credit, quote.audience)),
        *map(_cell, (quote.role, quote.place, quote.transcript, quote.file, quote.kind)),
        *map(_cell, (quote.wave, quote.start, quote.end, quote.version, quote.reference)),
        harmless("; ".join(quote.confirmed_by)),
        quote.confirmed_at.isoformat(timespec="seconds") if quote.confirmed_at else "",
        *map(_cell, (quote.chosen_by, quote.warrant.people or None, quote.warrant.places or None)),
    ]


def _cell(value: str | int | None) -> str:
    return "" if value is None else harmless(str(value))
