"""A codebook as it was written and not yet checked: what each format's reader hands on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

DEFAULT_FACET = "Codes"
"""The one facet of a codebook that names none."""


@dataclass(slots=True)
class DraftFacet:
    """A facet as written; an empty key is made from the name."""

    place: str
    name: str
    key: str = ""
    description: str = ""
    takes_stance: bool = False


@dataclass(slots=True)
class DraftCode:
    """A code as written: `facet` and `parent` are names or keys, "" where not said."""

    place: str
    name: str = ""
    key: str = ""
    facet: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    parent: str = ""


@dataclass(slots=True)
class DraftBook:
    """Everything one file said, in its order."""

    name: str
    facets: list[DraftFacet] = field(default_factory=list)
    codes: list[DraftCode] = field(default_factory=list)


def tidy_name(text: str) -> str:
    """The name on one line: control characters dropped, runs of white space made one space."""
    return " ".join(_printable(text).split())


def tidy_text(text: str) -> str:
    """Running text: control characters dropped, line ends made LF, no white space around."""
    return _printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same_name(text: str) -> str:
    """What two spellings of one name share: neither case, width nor spacing counts."""
    return unicodedata.normalize("NFKC", tidy_name(text)).casefold()


def key_from(name: str, taken: Iterable[str]) -> str:
    """A key made from a name: lower case, words joined by hyphens, numbered if already taken."""
    stem = re.sub(r"[\W_]+", "-", same_name(name)).strip("-") or "code"
    used = set(taken)
    if stem not in used:
        return stem
    number = 2
    while f"{stem}-{number}" in used:
        number += 1
    return f"{stem}-{number}"


def _printable(text: str) -> str:
    # Tabs and line feeds are layout; the other controls would break a page or a .docx.
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
