"""Which of the themes found now are ones that stand already; plain values, the record stays out.

A theme is what it holds: passage → strength, 0 to 1. Two are the same when they share enough of
what was there the last time; what came since speaks neither for nor against.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Members = Mapping[int, float]
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
    closed = {one.key for one in standing if one.hold == "closed"}
    may_change = [one for one in standing if one.hold != "closed"]
    place_in = {p: standing[at].key for p, at in _places([s.members for s in standing]).items()}
    own = _places(found)
    homes = {
        p: s
        for one in standing
        if one.hold == "closed"
        for p, s in one.members.items()
        if place_in[p] == one.key
    }
    fates: dict[int, Fate] = {}
    rest: dict[int, Members] = {}
    for place, members in enumerate(found):
        mine = {passage for passage in members if own[passage] == place}
        held = {p: place_in[p] for p in mine if place_in.get(p) in closed}
        if held and (_is_closed(mine, held, known) or len(mine) - len(held) < SMALLEST):
            near = {p: s for p, s in members.items() if p in mine and p not in held}
            fates[place] = Fate("locked", _most(held.values()), {}, near)
        else:
            rest[place] = _beside(members, held, homes)
    same = _pairs(may_change, rest, known)
    for place, members in rest.items():
        if place in same:
            fates[place] = Fate("kept", same[place], members, {})
        else:
            fates[place] = Fate("new", _came_from(members, may_change, known), members, {})
    lost = [one for one in may_change if one.hold == "open" and one.key not in same.values()]
    return Matched(
        tuple(fates[place] for place in range(len(found))),
        tuple(Gone(one.key, _went_to(one.members, found)) for one in lost),
    )


def likeness(a: Members, b: Members) -> float:
    """What two themes share, 0 to 1: lesser strengths over greater ones (weighted Jaccard)."""
    passages = sorted(a.keys() | b.keys())
    greater = sum(max(a.get(p, 0.0), b.get(p, 0.0)) for p in passages)
    lesser = sum(min(a.get(p, 0.0), b.get(p, 0.0)) for p in passages)
    return round(lesser / greater, 9) if greater else 0.0


def _places(themes: Sequence[Members]) -> dict[int, int]:
    """Passage → where in `themes` it belongs most, the first of equals; all others are second."""
    most: dict[int, tuple[float, int]] = {}
    for place, members in enumerate(themes):
        for passage, strength in members.items():
            if passage not in most or strength > most[passage][0]:
                most[passage] = (strength, place)
    return {passage: place for passage, (_, place) in most.items()}


def _beside(members: Members, held: Collection[int], homes: Members) -> Members:
    """What is left of a found theme: what is at home in a closed one is at most second here."""
    return {
        passage: min(strength, SECOND * homes[passage]) if passage in homes else strength
        for passage, strength in members.items()
        if passage not in held
    }


def _is_closed(mine: Collection[int], held: Collection[int], known: set[int]) -> bool:
    there = len(known.intersection(mine))
    return len(held) >= HELD_FROM * there and len(held) >= HELD_OF_ALL * len(mine)


def _pairs(
    standing: Sequence[Standing], found: Mapping[int, Members], known: set[int]
) -> dict[int, int]:
    """Found theme's place → standing theme's key; the likest pair first, each only once.

    One that is named stays in any case, so it goes on as what came of it, though that be less.
    """
    ways: list[tuple[bool, float, int, int, int]] = []
    for place, members in found.items():
        there = {passage: s for passage, s in members.items() if passage in known}
        for order, one in enumerate(standing):
            shared = len(there.keys() & one.members.keys())
            like = likeness(there, one.members) if shared else 0.0
            part = like < SAME_FROM
            if not part or (one.hold == "named" and 2 * shared > len(there)):
                ways.append((part, -like, order, place, one.key))
    same: dict[int, int] = {}
    for *_, place, key in sorted(ways):
        if place not in same and key not in same.values():
            same[place] = key
    return same


def _came_from(members: Members, standing: Sequence[Standing], known: set[int]) -> int | None:
    """The standing theme that most of a new one's known passages were in."""
    there = known & members.keys()
    shares = [(len(there & one.members.keys()), -one.key) for one in standing]
    most, key = max(shares, default=(0, 0))
    return -key if 2 * most > len(there) else None


def _went_to(members: Members, found: Sequence[Members]) -> int | None:
    """The found theme that holds most of one that is gone."""
    shares = [(len(members.keys() & one.keys()), -place) for place, one in enumerate(found)]
    most, place = max(shares, default=(0, 0))
    return -place if 2 * most > len(members) else None


def _most(keys: Collection[int]) -> int:
    """The key that comes most often, the smallest of equals."""
    return min(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[0]
