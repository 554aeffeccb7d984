"""Names and identifiers found in a draft: grouped by name, shown in context, decided by a person.

Pure functions over what was said of each find; a group is the same words of the same kind.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from capture.corrections.taking_out import MOST_PLACES, too_many_places
from capture.draft.said import FindSaid, Span
from capture.errors import Conflict, NotFound
from transcripts.manifest_entries import same_name
from transcripts.turns import Reading

_TITLES = {
    "person": "People",
    "place": "Places",
    "organisation": "Organisations",
    "name": "Words that look like names",
    "street address": "Street addresses",
    "e-mail address": "E-mail addresses",
    "web address": "Web addresses",
    "date of birth": "Dates of birth",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One find with the words around it, and the turn it stands in (None: in a heading)."""

    find: FindSaid
    key: str
    before: str
    words: str
    after: str
    turn: int | None
    starts_at: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """One name, wherever it stands; `finds` in the order of the text."""

    key: str
    kind: str
    words: str
    finds: tuple[FindSaid, ...]
    places: tuple[Place, ...] = ()
    taken_for: str | None = None
    """The whole name that this is taken for a part of."""
    doubted: str | None = None
    """The words with a title that the whole name never has: it may be somebody else."""

    @property
    def undecided(self) -> int:
        """Places that nobody decided."""
        return sum(find.accepted is None for find in self.finds)

    @property
    def replaced(self) -> int:
        """Places where something else will stand."""
        return sum(find.accepted is True for find in self.finds)

    @property
    def stays(self) -> int:
        """Places where the words stay."""
        return sum(find.accepted is False for find in self.finds)

    @property
    def instead(self) -> tuple[str, ...]:
        """What stands there instead: one thing, unless someone said otherwise for some places."""
        going = [find.instead for find in self.finds if find.accepted is not False]
        return tuple(dict.fromkeys(going or [find.instead for find in self.finds]))

    @property
    def state(self) -> str:
        """How it stands, to notice that a colleague decided meanwhile."""
        return state_of(self.finds)


def grouped(reading: Reading, finds: Sequence[FindSaid]) -> list[Group]:
    """Finds of the same kind and words together, in the order they first stand in the text."""
    groups: defaultdict[tuple[str, str], list[FindSaid]] = defaultdict(list)
    for find in finds:
        groups[find.kind, same_name(reading.text[find.start : find.end])].append(find)
    return [
        Group(key_of(own[0]), own[0].kind, reading.text[own[0].start : own[0].end], tuple(own))
        for own in groups.values()
    ]


def title_of(kind: str) -> str:
    """A kind of find as a heading."""
    return _TITLES.get(kind, f"{kind[:1].upper()}{kind[1:]}s")


def key_of(find: FindSaid) -> str:
    """A find's place, as forms name it."""
    return f"{find.start}-{find.end}"


def state_of(finds: Iterable[FindSaid]) -> str:
    """How finds stand, in few characters."""
    signs = {None: "u", True: "r", False: "s"}
    said = [f"{signs[find.accepted]}{find.instead}" for find in finds]
    return f"{len(said)}:" + "|".join(dict.fromkeys(said))


def group_of(reading: Reading, finds: Sequence[FindSaid], key: str) -> Group:
    """The group in which the find of this key is; NotFound when there is none."""
    for group in grouped(reading, finds):
        if any(key_of(find) == key for find in group.finds):
            return group
    raise NotFound("That find isn't in this file any more.", way_out="Load the page again.")


def check_still(finds: Sequence[FindSaid], was: str, words: str) -> None:
    """Conflict when these finds were decided otherwise since the page was made."""
    if state_of(finds) != was:
        raise Conflict(
            f"A colleague decided about “{words}” meanwhile, so nothing was changed.",
            way_out="It is shown as it is now.",
        )


def decided(
    finds: Sequence[FindSaid], these: Iterable[FindSaid], change: Callable[[FindSaid], FindSaid]
) -> tuple[FindSaid, ...]:
    """All finds, with these changed."""
    wanted = set(these)
    return tuple(change(find) if find in wanted else find for find in finds)


def added(
    finds: Sequence[FindSaid], spans: Iterable[Span], kind: str, instead: str
) -> tuple[FindSaid, ...]:
    """All finds, with these spans replaced as a person says; what they overlap gives way."""
    new = [FindSaid(start, end, kind, instead, accepted=True, sure=True) for start, end in spans]
    new.sort(key=lambda find: (find.start, find.end))
    starts = [find.start for find in new]
    reach = list(accumulate((find.end for find in new), max))

    def gives_way(find: FindSaid) -> bool:
        before = bisect_left(starts, find.end)  # those that begin before it ends
        return before > 0 and reach[before - 1] > find.start

    kept = (find for find in finds if not gives_way(find))
    return tuple(sorted([*kept, *new], key=lambda find: (find.start, find.end)))


def places_of(reading: Reading, words: str) -> list[Span]:
    """Wherever these words stand as words, in any case and white space.

    Raises Unfit where they stand in too many places to be a name.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    whole = r"\s+".join(parts)
    found = re.finditer(rf"(?<!\w){whole}(?!\w)", reading.text, re.IGNORECASE)
    spans = [one.span() for one in found]
    # A speaker's own name may stand before each of their turns.
    starts = [turn.start for turn in reading.turns]
    ends = [turn.end for turn in reading.turns]
    spoken = sum(bisect_right(starts, start) > bisect_right(ends, start) for start, _ in spans)
    if spoken > MOST_PLACES:
        raise too_many_places()
    return spans
