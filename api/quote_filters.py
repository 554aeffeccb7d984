"""The quote bank's filters in an address: read from the query, and written into links."""

from collections.abc import Iterable
from urllib.parse import urlencode

from fastapi import Request

from capture.errors import Unfit
from codebook.quotes import Filters, audience_of
from transcripts.turns import Audience

FOR = "for"
ATTRIBUTE = "attribute:"
"""Before an attribute's name, so that none can be taken for one of ours."""
LONGEST_NUMBER = 15


def read_filters(request: Request) -> Filters:
    """The filters an address asks for; each may be given several times, empty is all.

    Raises Unfit where a number is none.
    """
    asked = [(name, value) for name, value in request.query_params.multi_items() if value]
    attributes: dict[str, frozenset[str]] = {}
    for name, value in asked:
        if name.startswith(ATTRIBUTE):
            known = attributes.get(name.removeprefix(ATTRIBUTE), frozenset())
            attributes[name.removeprefix(ATTRIBUTE)] = known | {value}
    return Filters(
        theme_ids=_numbers("theme", asked),
        code_ids=_numbers("code", asked),
        kinds=_words("kind", asked),
        waves=_numbers("wave", asked),
        places=_words("place", asked),
        roles=_words("role", asked),
        stances=_words("stance", asked),
        attributes=attributes,
        chosen_only=bool(_words("chosen", asked)),
    )


def read_audience(request: Request) -> Audience:
    """For whom the address asks: the programme, unless it says otherwise. Raises Unfit."""
    return audience_of(request.query_params.get(FOR) or "programme")


def query_of(request: Request, *, but: Iterable[str] = (), **changes: object) -> str:
    """The address's query with some of it changed or left out, from `?` on; "" when empty."""
    left_out = {*but, *changes, "page"}
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if value and name not in left_out
    ]
    kept += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"?{urlencode(kept)}" if kept else ""


def _words(name: str, asked: list[tuple[str, str]]) -> frozenset[str]:
    return frozenset(value for key, value in asked if key == name)


def _numbers(name: str, asked: list[tuple[str, str]]) -> frozenset[int]:
    found = _words(name, asked)
    for value in found:
        if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
            raise Unfit(
                f"The address asks for a {name} that is not a number.",
                way_out="Open the quotes again and choose from the list.",
            )
    return frozenset(map(int, found))
