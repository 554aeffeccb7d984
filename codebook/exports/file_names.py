"""Names for files that people download."""

import re
import unicodedata

from codebook.sharing import INSIDE
from transcripts.turns import Audience


def safe_name(study: str, ending: str, audience: Audience = INSIDE) -> str:
    """A name like `quotes-scale-and-learn.docx`: plain letters that every system takes.

    What was made for the public says so: `quotes-scale-and-learn-public.docx`.
    """
    plain = unicodedata.normalize("NFKD", study).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].strip("-").lower()
    parts = ["quotes", words, "" if audience == INSIDE else audience]
    return f"{'-'.join(part for part in parts if part)}.{ending}"
