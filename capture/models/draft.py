"""Drafts: files that were read and wait to be looked at. Nothing of them is in the study yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Draft(Base):
    """One file that was read, with what a researcher has said of it so far.

    It is seen by the study's researchers alone, and is gone once it is accepted or put aside.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("study_id", "file_sha256"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """The file itself, so that it can be read anew when a survey's columns are said otherwise."""
    reading: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was read, as `transcripts.reading_json` writes it."""
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """What the researcher said: kind, speakers, stretches off the record, names replaced."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("transcript.id"), default=None)
    """The transcript that this file is a corrected version of, if it is one."""
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
