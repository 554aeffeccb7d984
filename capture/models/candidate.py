"""Candidate themes: what the machine proposes, and what people did with each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Discovery(Base):
    """One run of the theme finder over a study's segments."""

    __tablename__ = "discovery"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    fingerprint: Mapped[str]
    """SHA-256 of what went in; the same input is not worked through twice."""
    model: Mapped[str]
    precision: Mapped[str]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    segments: Mapped[int]
    unthemed: Mapped[int]
    """Fitted segments that belong to no theme of the middle granularity."""
    sentence: Mapped[str]
    """What was possible with this much text, for people to read."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """Which segments were new, or had come later, before the run; only of a study's last run."""
    state: Mapped[str] = mapped_column(default="stands")
    """stands, previewed (it changed nothing yet) or undone (the themes are as before it)."""


class CandidateTheme(Base):
    """A group of segments the machine proposes as belonging together."""

    __tablename__ = "candidate_theme"
    __table_args__ = (Index(None, "study_id", "granularity", "state"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    discovery_id: Mapped[int] = mapped_column(ForeignKey("discovery.id"), index=True)
    granularity: Mapped[str]
    position: Mapped[int]
    label: Mapped[str]
    """The machine's words; a person's name for it stands in `name`."""
    name: Mapped[str | None] = mapped_column(default=None)
    keyphrases: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    found_in: Mapped[int]
    """Re-runs in which the theme came back, out of `reruns`."""
    reruns: Mapped[int]
    participants: Mapped[int]
    transcripts: Mapped[int]
    single_source: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="undecided")
    """undecided, mapped, adopted, merged or dismissed."""
    reason: Mapped[str | None] = mapped_column(default=None)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), default=None)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("candidate_theme.id"), default=None
    )
    superseded: Mapped[bool] = mapped_column(default=False)
    """A later run did not find it again, and nobody had decided on it."""

    @property
    def name_is_copied(self) -> bool:
        """Whether its name is but the machine's label, which splits and merges once wrote there.

        What was split off no run ever found: a person called it so, and that is its label too.
        """
        return self.reruns > 0 and self.name == self.label


class CandidateMember(Base):
    """A segment's place in a candidate theme."""

    __tablename__ = "candidate_member"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate_theme.id"), primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), primary_key=True, index=True)
    strength: Mapped[float]
    """0 to 1."""
    exemplar: Mapped[int | None] = mapped_column(default=None)
    """Its rank among the exemplars shown, from 0; none for most."""
    at_edge: Mapped[bool] = mapped_column(default=False)


class CandidateAction(Base):
    """What a person did with a candidate theme, kept so that it can be shown and undone."""

    __tablename__ = "candidate_action"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate_theme.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
