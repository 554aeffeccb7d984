"""What a study's suggestions were last learnt from, and how well."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Learning(Base):
    """The last time suggestions were made for a study; one row a study, brought up to date."""

    __tablename__ = "learning"

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    fingerprint: Mapped[str]
    """SHA-256 of what they were made from; the same is not worked through twice."""
    model: Mapped[str]
    codebook_version: Mapped[int]
    decided: Mapped[int]
    """Passages with decisions that were learnt from."""
    checked: Mapped[int]
    """Of these, the ones with a code that were scored without their transcript having been seen."""
    found: Mapped[int]
    """Of these again, the ones with a right code among the first three suggested."""
    sources: Mapped[int]
    """Transcripts, or respondents of a survey, in which those stand."""
    learnt_at: Mapped[datetime] = mapped_column(default_factory=now)
