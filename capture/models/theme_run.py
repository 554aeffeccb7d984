"""What a run of the theme finder changed among the candidate themes, and what it offers people."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base


class ThemeChange(Base):
    """What one run did with one candidate theme."""

    __tablename__ = "theme_change"
    __table_args__ = (Index(None, "discovery_id", "granularity"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    discovery_id: Mapped[int] = mapped_column(ForeignKey("discovery.id"))
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate_theme.id"), index=True)
    """None of one that is new in a preview."""
    granularity: Mapped[str]
    what: Mapped[str]
    """kept, new, gone, or locked: people decided on it, so the run left it alone."""
    other_id: Mapped[int | None] = mapped_column(ForeignKey("candidate_theme.id"), default=None)
    """Of one that is gone: where most of it is now. Of a new one: where most of it was."""
    label: Mapped[str] = mapped_column(default="")
    """The machine's label before the run; of a new one, the label it was found with."""
    size_before: Mapped[int] = mapped_column(default=0)
    size_now: Mapped[int] = mapped_column(default=0)
    came: Mapped[int] = mapped_column(default=0)
    """Passages that joined; of one that is locked, that are offered to it."""
    went: Mapped[int] = mapped_column(default=0)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """A kept theme's row and members as they stood, for undoing; only of a study's last run. In a
    preview: the label that it would become."""


class CandidateOffer(Base):
    """A passage near a candidate theme that people decided on: theirs to add, or to leave out."""

    __tablename__ = "candidate_offer"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate_theme.id"), primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), primary_key=True, index=True)
    strength: Mapped[float]
    """0 to 1: how much it would belong."""
    discovery_id: Mapped[int] = mapped_column(ForeignKey("discovery.id"))
    """The run it was offered by, or whose themes it was placed among."""
    declined: Mapped[bool] = mapped_column(default=False)
    """A person left it out: it is not offered again."""
