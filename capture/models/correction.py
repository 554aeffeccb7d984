"""What a corrected text did to passages: where each one went, and which need a person's look."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class PassageMove(Base):
    """A passage was carried from one version of a text into another. Append-only."""

    __tablename__ = "passage_move"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"))
    from_start: Mapped[int]
    from_end: Mapped[int]
    to_version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"))
    to_start: Mapped[int]
    to_end: Mapped[int]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    """Who decided where it goes; None where its words are the same and it went by itself."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class NeedsLook(Base):
    """A passage people worked with, whose words changed: it waits on its old version for a person.

    The row goes when someone has said where the passage belongs, or that it stays where it was.
    """

    __tablename__ = "needs_look"

    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), index=True)
    """The version in which its place is to be found."""
    why: Mapped[str]
    start: Mapped[int | None] = mapped_column(default=None)
    """Where it seems to stand now, if it seems to stand anywhere."""
    end: Mapped[int | None] = mapped_column(default=None)
    set_aside_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    """Who said that its words are gone; it is kept, and no longer asked about."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
