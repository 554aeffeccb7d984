"""The people of a study and their roles: services over a Session; they never commit."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.sign_in import make_link, same_address
from capture.errors import Conflict, NotFound, Unfit
from capture.models import ROLES, Membership, User

LONGEST_EMAIL = 254
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a study, as the people page shows them."""

    id: int
    name: str
    email: str
    role: str
    linkable: bool
    """Whether this study's admin may hand them a sign-in link."""


def people(session: Session, study_id: int, asked_by: int) -> list[Person]:
    """The members of a study, by name."""
    rows = session.execute(
        select(User, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.study_id == study_id)
        .order_by(func.lower(User.name), User.id)
    )
    return [
        Person(u.id, u.name, u.email, role, may_hand_link(session, asked_by, u.id))
        for u, role in rows
    ]


def add_person(
    session: Session, study_id: int, *, email: str, name: str, role: str, added_by: int
) -> tuple[User, str | None]:
    """Give someone a role in a study; the path of a one-time link where one may be handed over.

    Raises Unfit for an address or role that can't be, Conflict when they are in the study.
    """
    user = _known_or_new(session, email, name, role)
    if session.get(Membership, (user.id, study_id)) is not None:
        raise Conflict(f"{user.name} is in this study already.", way_out="Change their role.")
    linkable = may_hand_link(session, added_by, user.id)
    _join(session, study_id, user, role)
    return user, make_link(session, user.id) if linkable else None


def let_in(session: Session, study_id: int, *, email: str, name: str, role: str) -> str:
    """Give someone a role in a study, or another one; the path of a one-time link.

    For whoever holds the store, who may hand out any link. The rules are an admin's: Unfit for an
    address or role that can't be, Conflict when the study would be left without an admin.
    """
    user = _known_or_new(session, email, name, role)
    if session.get(Membership, (user.id, study_id)) is None:
        _join(session, study_id, user, role)
    else:
        set_role(session, study_id, user.id, role)
    return make_link(session, user.id)


def _known_or_new(session: Session, email: str, name: str, role: str) -> User:
    name = " ".join(name.split())
    address = _check_person(email, name, role)
    user = session.scalar(select(User).where(User.email == address))
    if user is None:
        user = User(email=address, name=name or address.partition("@")[0])
        session.add(user)
        session.flush()
    return user


def _join(session: Session, study_id: int, user: User, role: str) -> None:
    session.add(Membership(user_id=user.id, study_id=study_id, role=role))
    session.flush()


def may_hand_link(session: Session, admin_id: int, user_id: int) -> bool:
    """Whether an admin may sign someone in: only when they administer all that person can see.

    Otherwise the admin of one study could open another, by adding its people to their own.
    """
    theirs = select(Membership.study_id).where(Membership.user_id == user_id)
    ours = select(Membership.study_id).where(
        Membership.user_id == admin_id, Membership.role == "admin"
    )
    elsewhere = session.scalar(theirs.where(Membership.study_id.not_in(ours)).limit(1))
    return elsewhere is None


def new_link(session: Session, study_id: int, user_id: int, *, asked_by: int) -> tuple[User, str]:
    """A new one-time link for a member; Unfit when they also work in studies of others."""
    _member(session, study_id, user_id)
    user = session.get_one(User, user_id)
    if not may_hand_link(session, asked_by, user_id):
        raise Unfit(
            f"{user.name} also works in a study you don't administer.",
            way_out="They sign in as they do there; whoever runs the service can help them.",
        )
    return user, make_link(session, user_id)


def set_role(session: Session, study_id: int, user_id: int, role: str) -> User:
    """Change a member's role; Conflict when that would leave the study without an admin."""
    _check_role(role)
    member = _member(session, study_id, user_id)
    if role != "admin":
        _check_not_last_admin(session, member)
    member.role = role
    return session.get_one(User, user_id)


def remove_person(session: Session, study_id: int, user_id: int) -> User:
    """End someone's part in a study; what they decided stays. Conflict for the last admin."""
    member = _member(session, study_id, user_id)
    _check_not_last_admin(session, member)
    session.delete(member)
    return session.get_one(User, user_id)


def _member(session: Session, study_id: int, user_id: int) -> Membership:
    member = session.get(Membership, (user_id, study_id))
    if member is None:
        raise NotFound("That person isn't in this study.", way_out="Go back to its people.")
    return member


def _check_not_last_admin(session: Session, member: Membership) -> None:
    others = (
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.study_id == member.study_id,
            Membership.role == "admin",
            Membership.user_id != member.user_id,
        )
    )
    if member.role == "admin" and not session.scalar(others):
        raise Conflict(
            "A study needs an admin, and this is its last one.",
            way_out="Make someone else an admin first.",
        )


def _check_person(email: str, name: str, role: str) -> str:
    """The address as it is kept; Unfit when address, name or role can't be."""
    email = same_address(email)
    _check_role(role)
    before, at, after = email.rpartition("@")
    if not (before and at and after) or len(email) > LONGEST_EMAIL or any(map(str.isspace, email)):
        raise Unfit("That is not an e-mail address.", way_out="Write it as name@place.")
    if len(name) > LONGEST_NAME:
        raise Unfit(f"A name has at most {LONGEST_NAME} characters.", way_out="Shorten it.")
    return email


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Unfit("There is no such role.", way_out=f"Choose one of: {', '.join(ROLES)}.")
