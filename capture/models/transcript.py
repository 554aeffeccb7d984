"""A transcript, the versions of its text, and the turns in each version."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Transcript(Base):
    """One collected event: interview, focus group, reflective session or survey."""

    __tablename__ = "transcript"
    __table_args__ = (UniqueConstraint("study_id", "file_sha256"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    kind: Mapped[str]
    record: Mapped[str] = mapped_column(default="verbatim")
    held_on: Mapped[date | None] = mapped_column(default=None)
    wave: Mapped[int | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    """The number of the version that stands now."""
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class TranscriptVersion(Base):
    """One state of a transcript's text. Offsets everywhere are code points into `text`."""

    __tablename__ = "transcript_version"
    __table_args__ = (UniqueConstraint("transcript_id", "number"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"))
    number: Mapped[int] = mapped_column(default=1)
    text: Mapped[str]
    text_sha256: Mapped[str]
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    """What the reader did not take: `what`, `where`, `why`, `words`, and `stored` where it stands
    in the text. `what` was never cleared of names: it is for researchers alone."""
    why: Mapped[str] = mapped_column(default="uploaded")
    """What made this version: uploaded, corrected, file replaced, words taken out, put back."""
    file_sha256: Mapped[str | None] = mapped_column(default=None, index=True)
    """The file it was read from; None for a version that was made here."""
    hides_earlier: Mapped[bool] = mapped_column(default=False)
    """Words were taken out with it: the versions before it are for researchers alone."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Turn(Base):
    """What one speaker said before the next spoke; [start, end) in the version's text."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"))
    position: Mapped[int]
    appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id"), default=None, index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    starts_at: Mapped[float | None] = mapped_column(default=None)
    """Seconds into the recording."""
    ends_at: Mapped[float | None] = mapped_column(default=None)
    question: Mapped[str | None] = mapped_column(default=None)
    """In a survey, the question that was answered: context, never coded."""
