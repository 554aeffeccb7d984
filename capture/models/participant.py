"""People who spoke: a participant in the study, an appearance in a transcript."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.models.base import Base

SCOPES = ("quote with role", "quote unattributed", "analysis only", "withdrawn")
DEFAULT_SCOPE = "analysis only"
AUDIENCES = ("inside the programme", "public")
"""How far words that may be quoted may travel."""
DEFAULT_AUDIENCE = "inside the programme"


class Participant(Base):
    """A person who spoke, known by pseudonym throughout the study."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("study_id", "pseudonym"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    pseudonym: Mapped[str]


class Appearance(Base):
    """A speaker in one transcript, with the role, place and sharing scope they had then.

    Without a participant it is nobody but this transcript's own: "Practitioner 1" in two focus
    groups is two people.
    """

    __tablename__ = "appearance"
    __table_args__ = (UniqueConstraint("transcript_id", "label"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"))
    label: Mapped[str]
    """The speaker's name as the transcript writes it."""
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id"), default=None, index=True
    )
    role: Mapped[str | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    scope: Mapped[str] = mapped_column(default=DEFAULT_SCOPE)
    facilitator: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(default=DEFAULT_AUDIENCE)
    """One of AUDIENCES: whether their words may leave the programme."""
    also_called: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """Further labels the transcript writes for the same speaker."""
