"""Taking a draft into the study: words cut out, speakers merged, stored; then the draft is gone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.correcting import Corrected, correct
from capture.corrections.said import SaidAnew, say_anew, who_is_who
from capture.draft.clearing import Cleared, cleared
from capture.draft.drafts import check_went_on, find_draft, put_aside, reading_of, said_now
from capture.draft.said import DraftSaid
from capture.draft.storing import store_said
from capture.errors import Unfit
from capture.ingest import Ingested, already_there
from capture.models import Draft, Segment, Turn
from capture.transcript_view import find_transcript
from transcripts.turns import count_words

FILE_REPLACED = "file replaced"
TOLD = 6
"""Sentences on what was said of a corrected file that are told once it is taken in."""


def accept(
    session: Session, study_id: int, draft_id: int, *, made_by: int | None = None
) -> Ingested:
    """Store a draft as it was said, and forget the draft; Unfit while something is undecided.

    A draft that corrects a transcript becomes a new version of its text; Conflict where that was
    changed since (`drafts.catch_up`).
    """
    draft = find_draft(session, study_id, draft_id)
    check_went_on(session, draft)
    reading = reading_of(draft)
    said = said_now(session, draft, reading)
    check_decided(draft.file_name, said)
    there = already_there(session, study_id, draft.file_sha256)
    if there is not None:
        took = there
    elif said.corrects is None:
        took = store_said(session, study_id, reading, said, key=draft.file_sha256, made_by=made_by)
    else:
        took = _corrected(session, draft, said.corrects, cleared(reading, said), made_by)
    put_aside(session, draft)
    return took


def check_decided(file_name: str, said: DraftSaid) -> None:
    """Raise Unfit for finds that nobody decided, unless they are to stay as they are."""
    waiting = sum(one.accepted is None for one in said.finds)
    if waiting and not said.leave_rest:
        what = f"{waiting:,} possible names and numbers are"
        raise Unfit(
            f"{file_name}: {'1 possible name or number is' if waiting == 1 else what} not decided.",
            way_out="Decide them, or say that the rest stays as it is.",
        )


def _corrected(
    session: Session, draft: Draft, transcript_id: int, clean: Cleared, made_by: int | None
) -> Ingested:
    """The new version of a transcript; what was said of the file is said of it too."""
    transcript = find_transcript(session, draft.study_id, transcript_id)
    who = who_is_who(session, transcript_id, clean)
    came = correct(
        session,
        transcript,
        clean.reading,
        why=FILE_REPLACED,
        made_by=made_by,
        log=clean.log,
        file_sha256=draft.file_sha256,
        speakers=who,
        entry=clean.entry,
    )
    anew = say_anew(session, transcript, clean, who)
    of_version = select(Turn.id).where(Turn.version_id == came.version.id)
    segments = session.scalars(select(Segment.turn_id).where(Segment.turn_id.in_(of_version)))
    return Ingested(
        transcript.id,
        transcript.name,
        added=came.changed,
        turns=len(clean.reading.turns),
        segments=len(segments.all()),
        words=sum(count_words(clean.reading.text[t.start : t.end]) for t in clean.reading.turns),
        left_out=clean.reading.left_out,
        notes=(*_told(came), *_said(anew)),
    )


def _told(came: Corrected) -> tuple[str, ...]:
    if not came.changed:
        return ("The text is the one that stood already: nothing changed in it.",)
    notes = []
    if came.moved:
        what = (
            "passage that people worked with went"
            if came.moved == 1
            else ("passages that people worked with went")
        )
        notes.append(f"{came.moved:,} {what} with the words.")
    if came.needs_look:
        what = "passage needs" if came.needs_look == 1 else "passages need"
        notes.append(f"{came.needs_look:,} {what} a look: the words changed.")
    return tuple(notes)


def _said(anew: SaidAnew) -> tuple[str, ...]:
    """The first sentences on what was said of the file, and how many more there are."""
    told = (*anew.changes, *anew.stays)
    more = len(told) - TOLD
    return (*told[:TOLD], f"And {more:,} more of the kind.") if more > 0 else told
