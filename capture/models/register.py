"""The register of real names, and the log of words taken out of texts.

Both are kept apart from the transcripts: no page, query or file for coders or report authors
reads them (`tests/test_architecture.py` says which modules may).
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now

REGISTER_KINDS = ("person", "place", "organisation", "other")


class RegisterEntry(Base):
    """A real name of the study, and what stands for it in every text: "[School A]"."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("study_id", "name"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    kind: Mapped[str]
    """One of REGISTER_KINDS."""
    stands_as: Mapped[str]
    """What is written instead, in square brackets."""
    also: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """Other ways the name is written or said."""
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id"), default=None, index=True
    )
    """Whose real name it is, where the person took part."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Replacement(Base):
    """Words that were taken out of a text: a name, an identifier, a stretch off the record."""

    __tablename__ = "replacement"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), index=True)
    start: Mapped[int]
    """Where what is written instead begins, in the text of that version."""
    end: Mapped[int]
    original: Mapped[str]
    """The words that stood there."""
    instead: Mapped[str]
    kind: Mapped[str]
    """What it was, as `transcripts.redaction` names it, or "off the record"."""
    entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("register_entry.id"), default=None, index=True
    )
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
