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


ROOMS = (
    Room("Home", "/studies/{study_id}"),
    Room("Transcripts", "/studies/{study_id}/transcripts"),
    Room("Candidate themes", "/studies/{study_id}/candidates"),
    Room("Review", "/studies/{study_id}/review"),
    Room("Codebook", "/studies/{study_id}/codebook"),
    Room("Themes", "/studies/{study_id}/themes"),
    Room("Quotes", "/studies/{study_id}/quotes"),
    Room("Register", "/studies/{study_id}/register"),
    Room("People", "/studies/{study_id}/people"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """A link in the header."""

    label: str
    href: str
    here: bool


def doors(routes: Sequence[BaseRoute], access: Access, path: str) -> list[Door]:
    """The rooms this person's role opens; `here` marks the one the path is in."""
    found = [
        Door(room.label, room.path.format(study_id=access.study.id), here=False)
        for room in ROOMS
        if _opens(routes, room, access)
    ]
    inside = [d.href for d in found if path == d.href or path.startswith(f"{d.href}/")]
    nearest = max(inside, key=len, default="")
    return [Door(d.label, d.href, d.href == nearest) for d in found]


def _opens(routes: Sequence[BaseRoute], room: Room, access: Access) -> bool:
    for route in routes:
        if not isinstance(route, APIRoute) or route.path != room.path:
            continue
        if "GET" in (route.methods or ()):
            allowed = allowed_on(route)
            return allowed is not None and access.may(allowed.policy)
    return False
