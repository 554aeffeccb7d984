"""Jobs: long work that survives a stop, and the steps it is made of."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base, now


class Job(Base):
    """One piece of long work for a study. Holds ids and counts only, never words."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(
        init=False, primary_key=True, default_factory=lambda: uuid4().hex
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    """waiting, running, done or failed."""
    doing: Mapped[str] = mapped_column(default="")
    """What is being done now, for people to read."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str | None] = mapped_column(default=None)
    """What came of it, or what went wrong."""
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    not_before: Mapped[datetime | None] = mapped_column(default=None)
    """The moment before which it isn't begun: more to do may come until then."""
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class JobStep(Base):
    """A step of a job: how often it was begun, and when it was finished."""

    __tablename__ = "job_step"

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    begun: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
