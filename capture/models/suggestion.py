"""Suggestions: passage × code, proposed by the machine. Never a coding."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now

SOURCES = ("codebook", "decisions", "candidate theme")
LEARNT = ("codebook", "decisions")
"""Sources whose score is how likely it is that a coder would confirm the code."""


class Suggestion(Base):
    """One proposal, with the versions it came from."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("passage_id", "code_id", "source"),
        # The review queue looks for the strongest one waiting, at every key press.
        Index(None, "code_id", "score", "passage_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"))
    score: Mapped[float]
    """0 to 1."""
    source: Mapped[str]
    """`codebook` (the codebook's words), `decisions` (what people decided on other passages) or
    `candidate theme` (a person mapped or adopted one; the score is its hold on the passage)."""
    model: Mapped[str]
    codebook_version: Mapped[int]
    candidate_id: Mapped[int | None] = mapped_column(
        ForeignKey("candidate_theme.id"), default=None, index=True
    )
    decided: Mapped[int] = mapped_column(default=0)
    """Passages with decisions that it was learnt from."""
    stance: Mapped[str | None] = mapped_column(default=None)
    """The stance that is likely, for a code that takes one; never recorded by itself."""
    because: Mapped[list[int]] = mapped_column(JSON, default_factory=list)
    """The nearest decided passages by id: confirmed for the code, then rejected (negative)."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
