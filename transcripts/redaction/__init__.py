"""Names and identifiers in a text: found as an aid, decided by a person.

`find` looks for what stands for one person or household in Britain (numbers, addresses, dates of
birth), for the names a study knows, and for capitalised words that look like names. What it can't
find is told in docs/names.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transcripts.redaction.birth_dates import birth_dates
from transcripts.redaction.digits import runs
from transcripts.redaction.electronic import emails, handles, web_addresses
from transcripts.redaction.finds import IDENTIFIERS, NAMES, Find, KnownName, settled
from transcripts.redaction.insurance_numbers import insurance_numbers
from transcripts.redaction.known_names import known_names
from transcripts.redaction.name_shapes import name_shapes
from transcripts.redaction.nhs_numbers import nhs_numbers
from transcripts.redaction.phone_numbers import phone_numbers
from transcripts.redaction.postcodes import postcodes
from transcripts.redaction.references import references
from transcripts.redaction.registrations import registrations
from transcripts.redaction.spelt_out import spelt_out
from transcripts.redaction.spoken_addresses import spoken_addresses
from transcripts.redaction.street_addresses import street_addresses

__all__ = ["IDENTIFIERS", "NAMES", "Find", "KnownName", "find", "identifiers"]


def find(
    text: str, known: Sequence[KnownName] = (), *, more: Sequence[Find] = ()
) -> tuple[Find, ...]:
    """Every name and identifier in `text`, in its order; none overlaps another.

    `more` are finds from elsewhere, which give way to all but what only looks like a name.
    """
    shapes = list(name_shapes(text))
    nouns = {(one.start, one.end, one.kind): one.noun for one in shapes}
    named = [replace(one, noun=nouns.get((one.start, one.end, one.kind))) for one in more]
    found = [*known_names(text, known), *identifiers(text), *named, *shapes]
    return settled(found, len(text))


def identifiers(text: str) -> Iterator[Find]:
    """Everything that is an identifier by its shape or by the words around; may overlap."""
    digits = list(runs(text))
    yield from nhs_numbers(text, digits)
    yield from phone_numbers(text, digits)
    yield from insurance_numbers(text)
    yield from postcodes(text)
    yield from emails(text)
    yield from web_addresses(text)
    yield from street_addresses(text)
    yield from birth_dates(text)
    yield from references(text)
    yield from registrations(text)
    yield from spelt_out(text)
    yield from spoken_addresses(text)
    yield from handles(text)
