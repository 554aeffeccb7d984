"""Decisions: what people judged, append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now

STANCES = ("enabler", "barrier", "tension")


class Act(Base):
    """One gesture of a coder on a passage: all it decided stands or is undone together."""

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Decision(Base):
    """One person's judgement on a passage × code; a later one supersedes, none is overwritten."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[str]
    """confirm, reject or unsure; withdrawn takes an earlier one back."""
    stance: Mapped[str | None] = mapped_column(default=None)
    memo: Mapped[str | None] = mapped_column(default=None)
    codebook_version: Mapped[int]
    shown: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    """The suggestions the coder had in view: `code`, `score`, `source`."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Review(Base):
    """A person saw a passage at a codebook version, so that "not coded" differs from "not seen"."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str]
    """`reviewed`, `none applies`, or `withdrawn` by an undo."""
    codebook_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
