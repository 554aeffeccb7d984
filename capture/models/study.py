"""A study: one programme of learning capture, and the attributes it defines."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now

APPROACHES = ("codebook with agreement", "reflexive")


class Study(Base):
    """One programme of learning capture; everything else hangs below a study."""

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    approach: Mapped[str] = mapped_column(default=APPROACHES[0])
    mapped_from: Mapped[str | None] = mapped_column(default=None)
    """SHA-256 of what the map of themes was last made from."""
    look_again: Mapped[str | None] = mapped_column(default=None)
    """What the next analysis was asked: preview a new look for candidate themes, or apply one."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class StudyAttribute(Base):
    """Something this study records about transcripts or people, e.g. which innovation."""

    __tablename__ = "study_attribute"
    __table_args__ = (UniqueConstraint("study_id", "name"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]


class AttributeValue(Base):
    """An attribute's value for a transcript, or for one appearance in it where people differ."""

    __tablename__ = "attribute_value"
    __table_args__ = (UniqueConstraint("attribute_id", "transcript_id", "appearance_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey("study_attribute.id"))
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"), index=True)
    appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id"), default=None, index=True
    )
    value: Mapped[str]
