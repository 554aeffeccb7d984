"""The quote bank as CSV: a row a quote, for spreadsheets and for other programs."""

import csv
from io import StringIO

from codebook.quotes import Quote, QuoteBank

COLUMNS = (
    *("theme", "code", "stance", "quote", "attribution", "role", "place", "transcript", "file"),
    *("kind", "wave", "start", "end", "version", "passage", "confirmed by", "confirmed at"),
    "chosen",
)
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for Windows-1252 and breaks every apostrophe."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(bank: QuoteBank) -> bytes:
    """UTF-8 CSV; the last line says what was held back. Each attribute has its own column."""
    names = sorted({name for quote in bank.quotes for name in quote.attributes})
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([*COLUMNS, *map(harmless, names)])
    for quote in bank.quotes:
        writer.writerow([*_cells(quote), *(harmless(quote.attributes.get(n, "")) for n in names)])
    writer.writerow([])
    writer.writerow([f"Quote bank of {bank.study}. {bank.held_sentence}"])
    return (BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would be one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(quote: Quote) -> list[str | int]:
    texts = (
        *(quote.theme, quote.code, quote.stance or "", quote.text, quote.credit),
        *(quote.role or "", quote.place or "", quote.transcript or "", quote.file or ""),
        *(quote.kind, "" if quote.wave is None else str(quote.wave)),
    )
    return [
        *map(harmless, texts),
        *(quote.start, quote.end, quote.version, quote.passage_id),
        harmless("; ".join(quote.confirmed_by)),
        quote.confirmed_at.isoformat(timespec="seconds"),
        "yes" if quote.chosen else "no",
    ]
