"""Names for files that people download."""

import re
import unicodedata

from codebook.sharing import INSIDE
from transcripts.turns import Audience


def safe_name(study: str, ending: str, audience: Audience = INSIDE) -> str:
    """A name like `quotes-scale-and-learn.docx`: plain letters that every system takes.

    What was made for the public says so: `quotes-scale-and-learn-public.docx`.
    """
    return _joined("quotes", study, "" if audience == INSIDE else audience, ending)


def map_name(study: str, granularity: str, ending: str) -> str:
    """A name for the map of themes at one granularity: `map-scale-and-learn-middle.svg`."""
    return _joined("map", study, granularity, ending)


def _joined(what: str, study: str, which: str, ending: str) -> str:
    plain = unicodedata.normalize("NFKD", study).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].strip("-").lower()
    return f"{'-'.join(part for part in (what, words, which) if part)}.{ending}"
