"""Names for files that people download."""

import re
import unicodedata


def safe_name(study: str, ending: str) -> str:
    """A name like `quotes-scale-and-learn.docx`: plain letters that every system takes."""
    plain = unicodedata.normalize("NFKD", study).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].strip("-").lower()
    return f"quotes-{words}.{ending}" if words else f"quotes.{ending}"
