"""The codebook: facets, codes and the versions of the whole."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Facet(Base):
    """A side of the codebook: practice, conditions, early impact …"""

    __tablename__ = "facet"
    __table_args__ = (UniqueConstraint("study_id", "key"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    takes_stance: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class Code(Base):
    """One code of a study's codebook."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("study_id", "key"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), default=None)
    key: Mapped[str]
    name: Mapped[str]
    definition: Mapped[str]
    use_when: Mapped[str] = mapped_column(default="")
    not_when: Mapped[str] = mapped_column(default="")
    examples: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    counter_examples: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)


class CodebookVersion(Base):
    """The codebook as it stood after one change, whole, so that a decision can be read back."""

    __tablename__ = "codebook_version"
    __table_args__ = (UniqueConstraint("study_id", "number"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    change: Mapped[str]
    """What changed, in a sentence."""
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
