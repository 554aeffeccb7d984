"""Taking a draft into the study: words cut out, speakers merged, stored; then the draft is gone."""

from sqlalchemy.orm import Session

from capture.drafts import find_draft, put_aside, reading_of, said_of
from capture.ingest import Ingested, ingest


def accept(
    session: Session, study_id: int, draft_id: int, *, made_by: int | None = None
) -> Ingested:
    """Store a draft as it was said, and forget the draft; Unfit while something is undecided."""
    draft = find_draft(session, study_id, draft_id)
    reading, said = reading_of(draft), said_of(draft)
    del made_by
    took = ingest(session, study_id, reading, key=draft.file_sha256, entry=said.entry())
    put_aside(session, draft)
    return took
