"""What can be found out about a file before it becomes a draft, while others may still write."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from capture.corrections.likely_corrects import likely_corrects, says_most_of
from capture.draft.finding import Proposals, propose
from capture.draft.said import DraftSaid, for_every_label, said_in
from transcripts.manifest import FileEntry
from transcripts.turns import Reading


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a draft begins with: what a manifest says, what was found, what it likely corrects."""

    said: DraftSaid
    proposals: Proposals
    likely_corrects: int | None
    marked_to: int = 0
    """The version of the corrected transcript up to which what was taken out of it is marked."""
    known_to: int = 0
    """The version of it that a researcher knows this file would replace."""
    presumed: bool = False
    """The file says most of what that transcript says: it is taken for its correction, until
    someone says something of it."""


def look_ahead(
    session: Session,
    study_id: int,
    name: str,
    reading: Reading,
    *,
    entry: FileEntry | None = None,
    ner_model: str | None = None,
) -> Ahead:
    """Find names, and the transcript a file likely corrects; it may take seconds, and only reads.

    `entry` is what a manifest says; RefusedManifest where a stretch of it isn't in the text.
    `ner_model` names a model that finds names, if one is installed.
    """
    corrects = likely_corrects(session, study_id, name, reading)
    return Ahead(
        for_every_label(said_in(entry or FileEntry(), reading), reading),
        propose(session, study_id, reading, ner_model),
        corrects.id if corrects else None,
        presumed=corrects is not None and says_most_of(session, corrects, reading),
    )
