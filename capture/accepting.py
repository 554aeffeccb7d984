"""Taking a draft into the study: words cut out, speakers merged, stored; then the draft is gone."""

from sqlalchemy.orm import Session

from capture.draft_said import DraftSaid
from capture.drafts import find_draft, put_aside, reading_of, said_now
from capture.errors import Unfit
from capture.ingest import Ingested
from capture.storing import store_said


def accept(
    session: Session, study_id: int, draft_id: int, *, made_by: int | None = None
) -> Ingested:
    """Store a draft as it was said, and forget the draft; Unfit while something is undecided."""
    draft = find_draft(session, study_id, draft_id)
    reading = reading_of(draft)
    said = said_now(session, draft, reading)
    check_decided(draft.file_name, said)
    took = store_said(session, study_id, reading, said, key=draft.file_sha256, made_by=made_by)
    put_aside(session, draft)
    return took


def check_decided(file_name: str, said: DraftSaid) -> None:
    """Raise Unfit for finds that nobody decided, unless they are to stay as they are."""
    open_ = sum(one.accepted is None for one in said.finds)
    if open_ and not said.leave_rest:
        what = (
            "1 possible name or number is"
            if open_ == 1
            else (f"{open_:,} possible names and numbers are")
        )
        raise Unfit(
            f"{file_name}: {what} not decided.",
            way_out="Decide them, or say that the rest stays as it is.",
        )
