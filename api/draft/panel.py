"""The panel of names and identifiers: undecided ones first, each with the words around it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.draft.finds import Group, Place, grouped, key_of, title_of
from api.draft.same_person import taken_for
from api.draft.text import turn_at
from capture.draft.said import FindSaid, Span
from transcripts.replacing import OFF_THE_RECORD
from transcripts.turns import Reading

HIDDEN = f"[{OFF_THE_RECORD}]"
AROUND = 56
"""Characters shown on either side of a find."""
PLACES_SHOWN = 20
GROUPS_SHOWN = 40
DECIDED_SHOWN = 400
_LAST = ("person", "place", "organisation", "name")
"""Kinds that come after the identifiers, in this order."""


@dataclass(frozen=True, slots=True)
class KindOfFind:
    """Groups of one kind, undecided ones."""

    kind: str
    title: str
    groups: tuple[Group, ...]
    undecided: int
    """Groups of this kind that wait, those not shown included."""


@dataclass(frozen=True, slots=True)
class FindPanel:
    """Everything the panel shows."""

    kinds: tuple[KindOfFind, ...]
    decided: tuple[Group, ...]
    undecided: int
    replaced: int
    stays: int
    more: int
    """Undecided groups that follow when these are decided."""


def panel(reading: Reading, finds: Sequence[FindSaid], hidden: Sequence[Span] = ()) -> FindPanel:
    """The finds, grouped, undecided ones first and with the words around them, but for what is
    hidden: stretches off the record that nobody asked to see."""
    groups = taken_for(reading, grouped(reading, finds))
    waiting = sorted((g for g in groups if g.undecided), key=_by_kind)
    shown = waiting[:GROUPS_SHOWN]
    by_kind: defaultdict[str, list[Group]] = defaultdict(list)
    for group in shown:
        by_kind[group.kind].append(_with_places(reading, group, hidden))
    decided = [group for group in groups if not group.undecided][:DECIDED_SHOWN]
    return FindPanel(
        tuple(
            KindOfFind(kind, title_of(kind), tuple(own), sum(g.kind == kind for g in waiting))
            for kind, own in by_kind.items()
        ),
        tuple(decided),
        undecided=sum(find.accepted is None for find in finds),
        replaced=sum(find.accepted is True for find in finds),
        stays=sum(find.accepted is False for find in finds),
        more=len(waiting) - len(shown),
    )


def _by_kind(group: Group) -> tuple[int, str, bool]:
    """Identifiers first, then names; in each kind those the finder is sure of."""
    kind = group.kind
    order = _LAST.index(kind) + 1 if kind in _LAST else 0
    return order, kind, not any(find.sure for find in group.finds)


def _with_places(reading: Reading, group: Group, hidden: Sequence[Span]) -> Group:
    first = sorted(group.finds, key=lambda find: (find.accepted is not None, find.start))
    places = tuple(_place(reading, find, hidden) for find in first[:PLACES_SHOWN])
    return replace(group, places=places)


def _place(reading: Reading, find: FindSaid, hidden: Sequence[Span]) -> Place:
    text, number = reading.text, turn_at(reading, find.start)
    turn = reading.turns[number - 1] if number else None
    low, high = (turn.start, turn.end) if turn else (0, len(text))
    begin, end = max(low, find.start - AROUND), min(high, find.end + AROUND)
    if begin > low:
        begin = text.find(" ", begin, find.start) + 1 or find.start
    if end < high:
        end = max(text.rfind(" ", find.end, end), find.end)
    before = _without(text, (begin, find.start), hidden)
    after = _without(text, (find.end, end), hidden)
    return Place(
        find,
        key_of(find),
        f"… {before}" if begin > low else before,
        text[find.start : find.end],
        f"{after} …" if end < high else after,
        number,
        turn.starts_at if turn else None,
    )


def _without(text: str, span: Span, hidden: Sequence[Span]) -> str:
    """A span of the text, with a mark where words of it are hidden."""
    at, last = span
    shown = ""
    for start, end in hidden:
        if start < last and end > at:
            shown += text[at : max(at, start)] + HIDDEN
            at = min(end, last)
    return shown + text[at:last]
