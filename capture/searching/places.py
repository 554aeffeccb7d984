"""What was found, as places to read: neighbouring segments of one turn stand together."""

from collections.abc import Sequence
from dataclasses import dataclass

from capture.searching.search import Hit

LONGEST_PLACE = 3
"""Segments: more would be a page of its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """One to three neighbouring hits of a turn, in the order they were said."""

    hits: tuple[Hit, ...]
    nearest: Hit

    @property
    def by_words(self) -> bool:
        """Whether any of them holds the words."""
        return any(hit.by_words for hit in self.hits)


def places(hits: Sequence[Hit], *, by_transcript: bool = False) -> list[Found]:
    """Hits gathered into places, the nearest first; or by transcript, in the order of the text.

    The transcript in which the nearest place stands comes first.
    """
    gathered: list[list[Hit]] = []
    at: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        beside = (at.get((hit.turn_id, hit.position + step)) for step in (-1, 1))
        place = next((one for one in beside if one and len(one) < LONGEST_PLACE), None)
        if place is None:
            place = []
            gathered.append(place)
        place.append(hit)
        at[hit.turn_id, hit.position] = place
    found = [Found(tuple(sorted(one, key=lambda hit: hit.position)), one[0]) for one in gathered]
    if by_transcript:
        first = {hit.transcript_id: -rank for rank, hit in reversed(list(enumerate(hits)))}
        found.sort(key=lambda one: (-first[one.nearest.transcript_id], one.hits[0].position))
    return found
