"""Letting people in: passwords, one-time links, and sessions that can be taken back.

Services over a Session; they never commit. Tokens are 256 random bits; only their SHA-256 is
kept, so a copy of the store lets nobody in.
"""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from api.errors import TooManyTries
from capture.errors import NotFound, Unfit
from capture.models import SignInAttempt, SignInLink, SignInSession, User, now
from capture.settings import Settings

TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
LINK_LASTS = timedelta(minutes=60)
SEEN_EVERY = timedelta(minutes=10)
"""How exact "last used" is; a write for every page would be a queue."""
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
TOKEN_BYTES = 32

_hasher = PasswordHasher()
# Each hash takes 64 MiB: strangers at the door must not use up the memory.
_hashing = BoundedSemaphore(4)


@cache
def _nobody() -> str:
    """Verified where there is no such person, so that this takes as long as a known address does.

    Made at the first sign-in, whoever tries it: how long that takes tells nothing.
    """
    return _hasher.hash(token_urlsafe(TOKEN_BYTES))


def cookie_name(settings: Settings) -> str:
    """The session cookie's name; `__Host-` makes browsers insist on Secure, no Domain, Path=/."""
    return "__Host-greenshoots" if settings.secure_cookies else "greenshoots"


def digest(token: str) -> str:
    """What is kept of a token or an e-mail address: its SHA-256, in hexadecimal."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same_address(email: str) -> str:
    """An e-mail address as it is stored and compared: trimmed, lower case."""
    return email.strip().lower()


def count_try(session: Session, email: str) -> None:
    """Count a try at this address before its password is looked at; TooManyTries after five.

    Counted first and taken back on success, so that many tries at once are still five.
    """
    kept, since = digest(same_address(email)), now() - TRIES_WITHIN
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < since))
    tried = (
        select(func.count()).select_from(SignInAttempt).where(SignInAttempt.email_sha256 == kept)
    )
    if (session.scalar(tried) or 0) >= TRIES:
        raise TooManyTries(
            "There were too many failed sign-ins for this address.",
            way_out="Wait 15 minutes, or ask an admin of your study for a sign-in link.",
        )
    session.add(SignInAttempt(email_sha256=kept))


def forget_tries(session: Session, email: str) -> None:
    """Forget the tries at an address whose owner has signed in."""
    kept = SignInAttempt.email_sha256 == digest(same_address(email))
    session.execute(delete(SignInAttempt).where(kept))


def user_for_password(session: Session, email: str, password: str) -> User | None:
    """Who this is, or None; takes as long for an unknown address as for a known one."""
    user, nobody = session.scalar(select(User).where(User.email == same_address(email))), _nobody()
    kept = user.password_hash if user and user.password_hash else nobody
    right = verify(kept, password)
    return user if right and user and user.password_hash else None


def verify(password_hash: str, password: str) -> bool:
    """Whether a password is the one that was hashed."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        with _hashing:
            return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def begin_session(session: Session, user_id: int, settings: Settings) -> str:
    """Sign a browser in; gives the token for its cookie."""
    token = token_urlsafe(TOKEN_BYTES)
    lasts = timedelta(hours=settings.session_hours)
    session.add(
        SignInSession(token_sha256=digest(token), user_id=user_id, expires_at=now() + lasts)
    )
    return token


def session_for_token(session: Session, token: str) -> SignInSession | None:
    """The session a cookie belongs to; None when unknown, expired or revoked."""
    row = session.get(SignInSession, digest(token))
    alive = row is not None and row.revoked_at is None and row.expires_at > now()
    return row if alive else None


def due(row: SignInSession) -> bool:
    """Whether it is time to note again that a session is in use."""
    return now() - row.seen_at > SEEN_EVERY


def note_seen(session: Session, token_sha256: str) -> None:
    """Note that a session is in use."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.token_sha256 == token_sha256)
        .values(seen_at=now())
    )


def open_sessions(session: Session, user_id: int) -> list[SignInSession]:
    """The browsers a person is signed in with, newest first."""
    return list(
        session.scalars(
            select(SignInSession)
            .where(
                SignInSession.user_id == user_id,
                SignInSession.revoked_at.is_(None),
                SignInSession.expires_at > now(),
            )
            .order_by(SignInSession.created_at.desc(), SignInSession.token_sha256)
        )
    )


def end_session(session: Session, user_id: int, token_sha256: str) -> None:
    """Sign one browser out for good; NotFound when it isn't this person's."""
    row = session.get(SignInSession, token_sha256)
    if row is None or row.user_id != user_id:
        raise NotFound("That sign-in isn't there any more.", way_out="Go back to your account.")
    row.revoked_at = row.revoked_at or now()


def end_other_sessions(session: Session, user_id: int, kept_sha256: str | None = None) -> None:
    """Sign a person out everywhere, but for the one session that is kept."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            SignInSession.revoked_at.is_(None),
            SignInSession.token_sha256 != (kept_sha256 or ""),
        )
        .values(revoked_at=now())
    )


def change_password(session: Session, user_id: int, current: str, new: str) -> None:
    """Set a password; Unfit when the new one is too short, or the current one isn't right."""
    if not SHORTEST_PASSWORD <= len(new) <= LONGEST_PASSWORD:
        raise Unfit(
            f"A password needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
            way_out="Several words in a row are long enough, and easy to keep in mind.",
        )
    user = session.get_one(User, user_id)
    if user.password_hash is not None and not verify(user.password_hash, current):
        raise Unfit("That is not your current password.", way_out="Go back and try again.")
    user.password_hash = _hasher.hash(new)


def make_link(session: Session, user_id: int) -> str:
    """A path that signs this person in once, within an hour: `/sign-in/link/…`."""
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        SignInLink(token_sha256=digest(token), user_id=user_id, expires_at=now() + LINK_LASTS)
    )
    return f"/sign-in/link/{token}"


def use_link(session: Session, token: str) -> User:
    """Use a sign-in link up; Unfit when it was used before, is too old, or never was."""
    fresh = (
        update(SignInLink)
        .where(
            SignInLink.token_sha256 == digest(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now(),
        )
        .values(used_at=now())
        .returning(SignInLink.user_id)
    )
    user_id = session.scalar(fresh)
    user = session.get(User, user_id) if user_id is not None else None
    if user is None:
        raise Unfit(
            "This sign-in link has been used already, or is more than an hour old.",
            way_out="Ask an admin of your study for a new one, or sign in with your password.",
        )
    return user
