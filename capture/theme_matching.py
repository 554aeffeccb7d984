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
"""Of a found theme's known passages, so many in closed themes make it one of them."""
HELD_OF_ALL = 0.25
"""... unless what is held is so small a part of it that the rest is a subject of its own."""
SMALLEST = 3


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
    closed = [one for one in standing if one.hold == "closed"]
    may_change = [one for one in standing if one.hold != "closed"]
    fates: dict[int, Fate] = {}
    rest: dict[int, Members] = {}
    for place, members in enumerate(found):
        held = _held(members, closed)
        left = {passage: s for passage, s in members.items() if passage not in held}
        if held and (_is_closed(members, held, known) or len(left) < SMALLEST):
            fates[place] = Fate("locked", _most(held.values()), {}, left)
        else:
            rest[place] = left
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


def _held(members: Members, closed: Sequence[Standing]) -> dict[int, int]:
    """Passages whose place is in a closed theme, and in which. A weaker second home is no claim."""
    held: dict[int, int] = {}
    for passage, strength in members.items():
        homes = [(one.members[passage], one.key) for one in closed if passage in one.members]
        if homes and max(homes)[0] >= 0.9 * strength:
            held[passage] = max(homes, key=lambda home: (home[0], -home[1]))[1]
    return held


def _is_closed(members: Members, held: Collection[int], known: set[int]) -> bool:
    there = len(known & members.keys())
    return len(held) >= HELD_FROM * there and len(held) >= HELD_OF_ALL * len(members)


def _pairs(
    standing: Sequence[Standing], found: Mapping[int, Members], known: set[int]
) -> dict[int, int]:
    """Found theme's place → standing theme's key; the likest pair first, each only once."""
    ways: list[tuple[float, int, int, int]] = []
    for place, members in found.items():
        there = {passage: s for passage, s in members.items() if passage in known}
        for order, one in enumerate(standing):
            if not there.keys().isdisjoint(one.members):
                ways.append((-likeness(there, one.members), order, place, one.key))
    same: dict[int, int] = {}
    for unlike, _, place, key in sorted(ways):
        if -unlike >= SAME_FROM and place not in same and key not in same.values():
            same[place] = key
    return same


def _came_from(members: Members, standing: Sequence[Standing], known: set[int]) -> int | None:
    """The standing theme that half of a new one's known passages were in."""
    there = known & members.keys()
    shares = [(len(there & one.members.keys()), -one.key) for one in standing]
    most, key = max(shares, default=(0, 0))
    return -key if most and 2 * most >= len(there) else None


def _went_to(members: Members, found: Sequence[Members]) -> int | None:
    """The found theme that holds at least half of one that is gone."""
    shares = [(len(members.keys() & one.keys()), -place) for place, one in enumerate(found)]
    most, place = max(shares, default=(0, 0))
    return -place if most and 2 * most >= len(members) else None


def _most(keys: Collection[int]) -> int:
    """The key that comes most often, the smallest of equals."""
    return min(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[0]
