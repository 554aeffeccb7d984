"""Which of the themes found now are ones that stand already; plain values, the record stays out.

A theme is what it holds: passage → strength, 0 to 1. Two are the same when they share enough of
what was there the last time; what came since speaks neither for nor against.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Members = Mapping[int, float]
Shared = Mapping[tuple[int, int], tuple[int, float]]
"""(one, other) → how many passages they share, and the sum of the lesser strengths."""
Hold = Literal["open", "named", "closed"]

SAME_FROM = 1 / 3
"""Likeness from which two are one theme: two of equal size share half of what each holds."""
HELD_FROM = 0.5
"""Of the known passages whose place is in a found theme, so many that have theirs in closed ones
make it one of these."""
HELD_OF_ALL = 0.25
"""... unless what is held is so small a part of it that the rest is a subject of its own."""
SMALLEST = 3
SECOND = 0.95
"""Of its strength at home, at most so much elsewhere."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A theme that stands. An open one may change and go; one that is named stays in any case; a
    closed one was decided on by people: nothing is taken from it and nothing put into it."""

    key: int
    members: Members
    hold: Hold


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a found theme.

    kept: it is the standing theme `key`, which has `members` from now on. new: it stands beside the
    others with `members`; `key` is the one most of it was in, if any. locked: it is the closed
    theme `key`, which stays as it is; `offered` are the passages near it that it does not have.
    """

    what: Literal["kept", "new", "locked"]
    key: int | None
    members: Members
    offered: Members


@dataclass(frozen=True, slots=True)
class Gone:
    """An open theme that was not found again, and the found theme (its place) most of it is in."""

    key: int
    into: int | None


@dataclass(frozen=True, slots=True)
class Matched:
    """A fate for each found theme, in their order, and the open themes that are gone."""

    fates: tuple[Fate, ...]
    gone: tuple[Gone, ...]


def match(
    standing: Sequence[Standing], found: Sequence[Members], known: Collection[int]
) -> Matched:
    """Match themes found now with those that stand; ties go to the earlier of each.

    `known` are the passages that were there when the standing themes were found or filled.
    """
    known = set(known)
    may_change = [one for one in standing if one.hold != "closed"]
    fates, rest = _closed_again(standing, found, known)
    there = {at: {p: s for p, s in held.items() if p in known} for at, held in rest.items()}
    shared = _shared(there, may_change)
    same = _pairs(may_change, there, shared)
    came_from = _mostly({at: len(held) for at, held in there.items()}, shared)
    for place, members in rest.items():
        key = same.get(place)
        if key is not None:
            fates[place] = Fate("kept", key, members, {})
        else:
            whence = came_from.get(place)
            key = None if whence is None else may_change[whence].key
            fates[place] = Fate("new", key, members, {})
    lost = [one for one in may_change if one.hold == "open" and one.key not in same.values()]
    return Matched(tuple(fates[place] for place in range(len(found))), _gone(lost, found))


def _closed_again(
    standing: Sequence[Standing], found: Sequence[Members], known: set[int]
) -> tuple[dict[int, Fate], dict[int, Members]]:
    """The found themes that are closed ones, and what of the others may stand beside these."""
    closed = {one.key: one.members for one in standing if one.hold == "closed"}
    place_in = {p: standing[at].key for p, at in _places([s.members for s in standing]).items()}
    at_home = {p: closed[key][p] for p, key in place_in.items() if key in closed}
    own = _places(found)
    fates: dict[int, Fate] = {}
    rest: dict[int, Members] = {}
    for place, members in enumerate(found):
        mine = {passage for passage in members if own[passage] == place}
        held = {p: place_in[p] for p in mine if p in at_home}
        if held and (_is_closed(mine, held, known) or len(mine) - len(held) < SMALLEST):
            near = {p: s for p, s in members.items() if p in mine and p not in held}
            fates[place] = Fate("locked", _most(held.values()), {}, near)
        else:
            rest[place] = _beside(members, held, at_home)
    return fates, rest


def _gone(lost: Sequence[Standing], found: Sequence[Members]) -> tuple[Gone, ...]:
    sizes = {at: len(one.members) for at, one in enumerate(lost)}
    shared = _shared(dict(enumerate(found)), lost)
    went_to = _mostly(sizes, {(gone, at): told for (at, gone), told in shared.items()})
    return tuple(Gone(one.key, went_to.get(at)) for at, one in enumerate(lost))


def _like(lesser: float, one: float, other: float) -> float:
    """What two themes share, 0 to 1: lesser strengths over greater ones (weighted Jaccard).

    From the sums of the lesser strengths, and of each theme's own.
    """
    greater = one + other - lesser
    return round(lesser / greater, 9) if greater > 0 else 0.0


def _places(themes: Sequence[Members]) -> dict[int, int]:
    """Passage → where in `themes` it belongs most, the first of equals; all others are second."""
    most: dict[int, tuple[float, int]] = {}
    for place, members in enumerate(themes):
        for passage, strength in members.items():
            if passage not in most or strength > most[passage][0]:
                most[passage] = (strength, place)
    return {passage: place for passage, (_, place) in most.items()}


def _beside(members: Members, held: Collection[int], at_home: Members) -> Members:
    """What is left of a found theme: what is at home in a closed one is at most second here."""
    return {
        passage: min(strength, SECOND * at_home[passage]) if passage in at_home else strength
        for passage, strength in members.items()
        if passage not in held
    }


def _is_closed(mine: Collection[int], held: Collection[int], known: set[int]) -> bool:
    there = len(known.intersection(mine))
    return len(held) >= HELD_FROM * there and len(held) >= HELD_OF_ALL * len(mine)


def _pairs(
    standing: Sequence[Standing], found: Mapping[int, Members], shared: Shared
) -> dict[int, int]:
    """Found theme's place → standing theme's key; the likest pair first, each only once.

    One that is named stays in any case, so it goes on as what came of it, though that be less.
    """
    sums = {place: sum(members.values()) for place, members in found.items()}
    totals = [sum(one.members.values()) for one in standing]
    ways: list[tuple[bool, float, int, int, int]] = []
    for (place, order), (count, lesser) in shared.items():
        one = standing[order]
        like = _like(lesser, sums[place], totals[order])
        part = like < SAME_FROM
        if not part or (one.hold == "named" and 2 * count > len(found[place])):
            ways.append((part, -like, order, place, one.key))
    same: dict[int, int] = {}
    for *_, place, key in sorted(ways):
        if place not in same and key not in same.values():
            same[place] = key
    return same


def _shared(found: Mapping[int, Members], standing: Sequence[Standing]) -> Shared:
    """(found, standing) → how many passages they share, and the sum of their lesser strengths."""
    homes = defaultdict[int, list[tuple[int, float]]](list)
    for order, one in enumerate(standing):
        for passage, strength in one.members.items():
            homes[passage].append((order, strength))
    shared = defaultdict[tuple[int, int], tuple[int, float]](lambda: (0, 0.0))
    for place, members in found.items():
        for passage, strength in members.items():
            for order, there in homes[passage]:
                count, lesser = shared[place, order]
                shared[place, order] = (count + 1, lesser + min(strength, there))
    return shared


def _mostly(sizes: Mapping[int, int], shared: Shared) -> dict[int, int]:
    """For each of `sizes`, which other holds most of it; not there where none holds half."""
    most: dict[int, tuple[int, int]] = {}
    for (one, other), (count, _) in shared.items():
        if 2 * count > sizes[one]:
            most[one] = max(most.get(one, (0, 0)), (count, -other))
    return {one: -other for one, (_, other) in most.items()}


def _most(keys: Collection[int]) -> int:
    """The key that comes most often, the smallest of equals."""
    return min(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[0]
