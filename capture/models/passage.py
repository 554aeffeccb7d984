"""Passages, the segments among them, and the vectors of their texts."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Passage(Base):
    """Any span of one transcript version that a code can stand on; [start, end)."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("version_id", "start", "end", "origin"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"))
    start: Mapped[int]
    end: Mapped[int]
    origin: Mapped[str] = mapped_column(default="machine")
    """machine or person: who marked it."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Segment(Base):
    """The machine's unit: a passage of one to four sentences of one turn."""

    __tablename__ = "segment"

    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    position: Mapped[int]
    """Order within the transcript version."""
    words: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(index=True)
    kept_out: Mapped[str | None] = mapped_column(default=None)
    """Why it takes no part in finding themes: back-channel, facilitator or near-duplicate."""
    map_x: Mapped[float | None] = mapped_column(default=None)
    map_y: Mapped[float | None] = mapped_column(default=None)
    """Its place on the map of themes, in units of the map; none until an analysis gave it one."""
    seen_in: Mapped[int | None] = mapped_column(default=None)
    """The discovery whose themes it was looked at for; none while it is new."""
    came_later: Mapped[bool] = mapped_column(default=False)
    """Placed among the themes of that discovery afterwards: they were found without it."""


class Vector(Base):
    """A text's embedding, keyed by what was embedded and how. Personal data, like the text."""

    __tablename__ = "vector"

    text_sha256: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    precision: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """Little-endian float32, unit length."""
