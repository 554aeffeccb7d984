"""From a draft to a book: names and keys settled, references resolved, every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from codebook.book_faults import Fault, RefusedCodebook
from codebook.drafts import DEFAULT_FACET, DraftBook, DraftCode, DraftFacet, key_from, same_name
from codebook.entries import Book, CodeEntry, Facet

LONGEST_NAME = 120
"""Characters in a code's or facet's name: beyond this it is a definition in the wrong place."""

_KEY = re.compile(r"[^\W_][\w-]*")
_WAY_OUT = "Nothing of this file was kept. Correct it and bring it again."


def settle(draft: DraftBook, file_name: str) -> Book:
    """The book a draft stands for; raises RefusedCodebook with every fault found."""
    if not draft.codes:
        fault = Fault("", "It has no codes, only headings or blank lines.")
        raise RefusedCodebook(file_name, [fault], "Add at least one code with a definition.")
    if not draft.facets:
        draft.facets.append(DraftFacet("", DEFAULT_FACET))
    faults = [*_entry_faults(draft.facets, "facet"), *_entry_faults(draft.codes, "code")]
    faults += _missing_definitions(draft.codes)
    _fill_keys(draft.facets)
    _fill_keys(draft.codes)
    facet_keys, code_keys = _lookup(draft.facets), _lookup(draft.codes)
    faults += _facet_faults(draft, facet_keys)
    faults += _parent_faults(draft.codes, code_keys)
    if faults:
        raise RefusedCodebook(file_name, faults, _WAY_OUT)
    faults += _tree_faults(draft, facet_keys, code_keys)
    if faults:
        raise RefusedCodebook(file_name, faults, _WAY_OUT)
    return Book(
        draft.name,
        tuple(Facet(f.key, f.name, f.description, f.takes_stance) for f in draft.facets),
        tuple(_entry(code, draft, facet_keys, code_keys) for code in draft.codes),
    )


def _entry(
    code: DraftCode, draft: DraftBook, facets: Mapping[str, str], codes: Mapping[str, str]
) -> CodeEntry:
    return CodeEntry(
        key=code.key,
        name=code.name,
        facet=_facet_of(code, draft, facets),
        definition=code.definition,
        use_when=code.use_when,
        not_when=code.not_when,
        examples=code.examples,
        counter_examples=code.counter_examples,
        parent=codes[same_name(code.parent)] if code.parent else None,
    )


def _entry_faults(
    entries: Sequence[DraftCode] | Sequence[DraftFacet], noun: str
) -> Iterator[Fault]:
    """Names missing, overlong or given twice; keys ill-formed or given twice."""
    names: dict[str, DraftCode | DraftFacet] = {}
    keys: dict[str, DraftCode | DraftFacet] = {}
    for entry in entries:
        if not entry.name:
            yield Fault(entry.place, f"This {noun} has no name.")
        elif len(entry.name) > LONGEST_NAME:
            yield Fault(
                entry.place,
                f"The name beginning “{entry.name[:40]}…” has {len(entry.name)} characters; "
                f"a name may have {LONGEST_NAME}. The rest belongs in the definition.",
            )
        elif (first := names.setdefault(same_name(entry.name), entry)) is not entry:
            yield Fault(entry.place, f"Two {noun}s have the name “{entry.name}”{_also(first)}.")
        if entry.key and not _KEY.fullmatch(entry.key):
            yield Fault(
                entry.place,
                f"The key “{entry.key}” may hold only letters, digits, hyphens and underscores.",
            )
        elif entry.key and (first := keys.setdefault(same_name(entry.key), entry)) is not entry:
            yield Fault(entry.place, f"Two {noun}s have the key “{entry.key}”{_also(first)}.")


def _also(first: DraftCode | DraftFacet) -> str:
    return f": it is already used at {first.place}"


def _missing_definitions(codes: Sequence[DraftCode]) -> Iterator[Fault]:
    for code in codes:
        if not code.definition:
            named = f"The code “{code.name}”" if code.name else "This code"
            yield Fault(code.place, f"{named} has no definition.")


def _fill_keys(entries: Sequence[DraftCode] | Sequence[DraftFacet]) -> None:
    taken = {same_name(entry.key) for entry in entries if entry.key}
    for entry in entries:
        if not entry.key:
            entry.key = key_from(entry.name, taken)
            taken.add(same_name(entry.key))


def _lookup(entries: Sequence[DraftCode] | Sequence[DraftFacet]) -> dict[str, str]:
    """Key of every entry by its key and by its name; a key wins over another entry's name."""
    by_name = {same_name(entry.name): entry.key for entry in entries}
    return by_name | {same_name(entry.key): entry.key for entry in entries}


def _facet_of(code: DraftCode, draft: DraftBook, facets: Mapping[str, str]) -> str:
    return facets[same_name(code.facet)] if code.facet else draft.facets[0].key


def _facet_faults(draft: DraftBook, facets: Mapping[str, str]) -> Iterator[Fault]:
    known = ", ".join(facet.name for facet in draft.facets)
    for code in draft.codes:
        if code.facet and same_name(code.facet) not in facets:
            yield Fault(
                code.place,
                f"The code “{code.name}” stands in the facet “{code.facet}”, "
                f"which this codebook does not describe. It has: {known}.",
            )
        elif not code.facet and len(draft.facets) > 1:
            yield Fault(
                code.place, f"The code “{code.name}” names no facet. Choose one of: {known}."
            )


def _parent_faults(codes: Sequence[DraftCode], keys: Mapping[str, str]) -> Iterator[Fault]:
    for code in codes:
        if code.parent and same_name(code.parent) not in keys:
            yield Fault(
                code.place,
                f"The code “{code.name}” has the parent “{code.parent}”, "
                "and no code here has that name or key.",
            )


def _tree_faults(
    draft: DraftBook, facets: Mapping[str, str], keys: Mapping[str, str]
) -> Iterator[Fault]:
    """Parents that lead back to where they began, or into another facet."""
    by_key = {code.key: code for code in draft.codes}
    parents = {code.key: keys[same_name(code.parent)] for code in draft.codes if code.parent}
    told: set[str] = set()
    for code in draft.codes:
        ring = _ring_from(code.key, parents)
        if ring and not told.intersection(ring):
            told.update(ring)
            route = " → ".join(f"“{by_key[key].name}”" for key in (*ring, ring[0]))
            yield Fault(code.place, f"The parents run in a circle: {route}.")
        elif code.key in parents:
            parent = by_key[parents[code.key]]
            if _facet_of(parent, draft, facets) != _facet_of(code, draft, facets):
                yield Fault(
                    code.place,
                    f"The code “{code.name}” and its parent “{parent.name}” "
                    "stand in different facets.",
                )


def _ring_from(start: str, parents: Mapping[str, str]) -> list[str]:
    """The keys of the circle that `start` is part of, beginning with it; empty if none."""
    route, key = [start], parents.get(start)
    while key is not None and key not in route:
        route.append(key)
        key = parents.get(key)
    return route if key == start else []
