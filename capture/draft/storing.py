"""Storing what was read and looked at: cleared of what is to go, with the log kept apart."""

from sqlalchemy.orm import Session

from capture.draft.clearing import cleared
from capture.draft.said import DraftSaid
from capture.ingest import Ingested, already_there, ingest
from capture.models import Transcript
from capture.names.register import note_replacements
from capture.transcript_view import standing_version
from transcripts.turns import Reading


def store_said(
    session: Session,
    study_id: int,
    reading: Reading,
    said: DraftSaid,
    *,
    key: str,
    kind: str | None = None,
    made_by: int | None = None,
) -> Ingested:
    """Store a reading as it was said; what was taken out of it goes to the log of replacements.

    `key` is the file's `content_key`; `kind` overrules what was said and guessed. Raises Unfit.
    """
    there = already_there(session, study_id, key)
    if there is not None:
        return there
    clean = cleared(reading, said)
    took = ingest(
        session, study_id, clean.reading, key=key, entry=clean.entry, kind=kind, made_by=made_by
    )
    version = standing_version(session, session.get_one(Transcript, took.transcript_id))
    note_replacements(session, study_id, version.id, clean.log, made_by=made_by)
    return took
