"""The quote bank on its way out: each module turns one bank into the bytes of one format."""

from collections.abc import Callable

from codebook.bank import QuoteBank
from codebook.exports.as_csv import to_csv
from codebook.exports.as_docx import to_docx
from codebook.exports.as_json import to_json

FORMATS: dict[str, tuple[Callable[[QuoteBank], bytes], str]] = {
    "docx": (
        to_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "json": (to_json, "application/json"),
}
"""Format -> what writes it, and its media type."""
