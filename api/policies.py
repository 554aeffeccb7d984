"""Who may do what. Every route says its policy with `allow`; one that doesn't is refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Depends, params
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from capture.models import ROLES, Study, User

STATIC = "/static"
MIB = 1024 * 1024
BODY_LIMIT = 1 * MIB
"""Bytes a request may carry, unless its route says more."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule for letting people in: nobody asked, anyone signed in, or some roles of a study."""

    name: str
    signed_in: bool = True
    roles: frozenset[str] | None = None
    """Roles held in the study named in the path; None asks for no role."""


def _roles(name: str, roles: Iterable[str]) -> Policy:
    return Policy(name, roles=frozenset(roles))


PUBLIC = Policy("everyone", signed_in=False)
SIGNED_IN = Policy("anyone signed in")
MEMBERS = _roles("members of the study", ROLES)
CODERS = _roles("coders", ("researcher", "coder", "admin"))
RESEARCHERS = _roles("researchers", ("researcher", "admin"))
AUTHORS = _roles("report authors", ("researcher", "report author", "admin"))
ADMINS = _roles("admins", ("admin",))


@dataclass(frozen=True, slots=True)
class Access:
    """A person in a study: who asks, which study, and as what."""

    user: User
    study: Study
    role: str

    def may(self, policy: Policy) -> bool:
        """Whether this person's role meets a policy."""
        return policy.roles is None or self.role in policy.roles


@dataclass(frozen=True, slots=True)
class Allowed:
    """The mark `allow` leaves on a route; the gate reads it before the body is read."""

    policy: Policy
    body: int

    async def __call__(self) -> None:
        """Nothing is left to do when a handler runs: the gate has decided."""


def allow(policy: Policy, *, body: int = BODY_LIMIT) -> params.Depends:
    """Mark a route with its policy, and the most bytes a request to it may carry."""
    depends: params.Depends = Depends(Allowed(policy, body))
    return depends


def allowed_on(route: BaseRoute) -> Allowed | None:
    """What was declared for a route; None means it is refused to everyone."""
    if isinstance(route, Mount) and route.path == STATIC:
        return Allowed(PUBLIC, BODY_LIMIT)
    if not isinstance(route, APIRoute):
        return None
    marks = [d.dependency for d in route.dependencies if isinstance(d.dependency, Allowed)]
    return marks[0] if len(marks) == 1 else None
