"""People who work in the studies, their roles, and how they are let in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now

ROLES = ("researcher", "coder", "report author", "admin")


class User(Base):
    """Someone who can sign in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None] = mapped_column(default=None)
    """argon2id; none until a password is set (a sign-in link still works)."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Membership(Base):
    """A person's role in one study."""

    __tablename__ = "membership"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True, index=True)
    role: Mapped[str]


class SignInSession(Base):
    """A browser that is signed in; only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in_session"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(default_factory=now)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class SignInLink(Base):
    """A link that signs one person in once; only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in_link"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class SignInAttempt(Base):
    """A failed sign-in, so that guessing is slowed; keyed by the e-mail that was tried."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    email_sha256: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default_factory=now)
