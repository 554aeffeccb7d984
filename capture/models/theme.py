"""Themes: what people conclude, and what each rests on; quotes chosen for the report."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Theme(Base):
    """A conclusion: a name, a claim in one sentence, what speaks against it, its place."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("study_id", "name"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    claim: Mapped[str] = mapped_column(default="")
    counter_evidence: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class ThemeCode(Base):
    """A code the theme rests on."""

    __tablename__ = "theme_code"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), primary_key=True, index=True)


class ThemeCandidate(Base):
    """A candidate theme the theme rests on."""

    __tablename__ = "theme_candidate"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate_theme.id"), primary_key=True)


class ThemePassage(Base):
    """A passage that speaks for the theme, or against it."""

    __tablename__ = "theme_passage"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), primary_key=True)
    against: Mapped[bool] = mapped_column(default=False)


class Quote(Base):
    """A passage chosen for the report."""

    __tablename__ = "quote"
    __table_args__ = (UniqueConstraint("passage_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    chosen_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
