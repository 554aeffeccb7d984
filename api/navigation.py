"""The rooms of a study, in the order a transcript travels. A room registers here, in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from api.policies import Access, allowed_on


@dataclass(frozen=True, slots=True)
class Room:
    """A place in a study's header; who sees it follows from its route's policy."""

    label: str
    path: str
    also: str = ""
    """Another path that leads further into it."""


ROOMS = (
    Room("Home", "/studies/{study_id}"),
    Room("Transcripts", "/studies/{study_id}/transcripts", also="/studies/{study_id}/upload"),
    Room("Candidate themes", "/studies/{study_id}/candidates"),
    Room("Review", "/studies/{study_id}/review"),
    Room("Codebook", "/studies/{study_id}/codebook"),
    Room("Themes", "/studies/{study_id}/themes"),
    Room("Quotes", "/studies/{study_id}/quotes"),
    Room("Register", "/studies/{study_id}/register"),
    Room("People", "/studies/{study_id}/people"),
)

FROM_EVERYWHERE = "/studies/{study_id}/search"
"""Reached from each room's header, and in none of them."""


@dataclass(frozen=True, slots=True)
class Door:
    """A link in the header."""

    label: str
    href: str
    here: bool


def doors(routes: Sequence[BaseRoute], access: Access, path: str) -> list[Door]:
    """The rooms this person's role opens; `here` marks the one the path is in."""
    study_id = access.study.id
    nowhere = f"{path}/".startswith(f"{FROM_EVERYWHERE.format(study_id=study_id)}/")
    depths = {room: _depth(room, study_id, path) for room in ROOMS if _opens(routes, room, access)}
    deepest = max(depths.values(), default=0)
    return [
        Door(room.label, room.path.format(study_id=study_id), 0 < depth == deepest and not nowhere)
        for room, depth in depths.items()
    ]


def _depth(room: Room, study_id: int, path: str) -> int:
    """How far into the path this room leads; 0 where it doesn't."""
    leads = [one.format(study_id=study_id) for one in (room.path, room.also) if one]
    inside = [one for one in leads if path == one or path.startswith(f"{one}/")]
    return max(map(len, inside), default=0)


def _opens(routes: Sequence[BaseRoute], room: Room, access: Access) -> bool:
    for route in routes:
        if not isinstance(route, APIRoute) or route.path != room.path:
            continue
        if "GET" in (route.methods or ()):
            allowed = allowed_on(route)
            return allowed is not None and access.may(allowed.policy)
    return False
