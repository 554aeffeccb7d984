"""Taking a draft into the study: words cut out, speakers merged, stored; then the draft is gone."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.appearances import one_group_each
from capture.clearing import Cleared, cleared
from capture.correcting import Corrected, correct
from capture.correcting_speakers import labels_known, speakers_there
from capture.draft_said import DraftSaid
from capture.drafts import check_went_on, find_draft, put_aside, reading_of, said_now
from capture.errors import Unfit
from capture.ingest import Ingested, already_there
from capture.models import Appearance, Draft, Participant, Segment, Turn
from capture.storing import store_said
from capture.transcript_view import find_transcript
from transcripts.manifest_entries import SpeakerEntry, same_name
from transcripts.turns import count_words

FILE_REPLACED = "file replaced"


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
    """The new version of a transcript; what was agreed with those who spoke before stays."""
    transcript = find_transcript(session, draft.study_id, transcript_id)
    came = correct(
        session,
        transcript,
        clean.reading,
        why=FILE_REPLACED,
        made_by=made_by,
        log=clean.log,
        file_sha256=draft.file_sha256,
        speakers=_who_is_who(session, transcript_id, clean),
        entry=clean.entry,
    )
    text = clean.reading.text
    of_version = select(Turn.id).where(Turn.version_id == came.version.id)
    segments = session.scalars(select(Segment.turn_id).where(Segment.turn_id.in_(of_version)))
    return Ingested(
        transcript.id,
        transcript.name,
        added=came.changed,
        turns=len(clean.reading.turns),
        segments=len(segments.all()),
        words=sum(count_words(text[turn.start : turn.end]) for turn in clean.reading.turns),
        left_out=clean.reading.left_out,
        notes=_told(came),
    )


def _who_is_who(session: Session, transcript_id: int, clean: Cleared) -> Mapping[str, int]:
    """Labels of the file that are speakers of the transcript: by label, by what they were said to
    be the same as, or by participant.

    Labels said to be one speaker go together, unless the transcript tells them apart already.
    """
    people = speakers_there(session, transcript_id)
    known = labels_known(people, clean.reading, clean.log)
    called = {same_name(name): one.id for one in people for name in (one.label, *one.also_called)}
    pseudonyms = _participants(session, transcript_id)
    who: dict[str, int] = {}
    for group in one_group_each(clean.reading, clean.entry):
        said = clean.entry.entry_for(group[0] or None) or SpeakerEntry()
        there = {known[label] for label in group if label in known}
        there = there or {called.get(same_name(said.same_as or ""), 0)} - {0}
        there = there or {pseudonyms.get(said.participant or "", 0)} - {0}
        if len(there) == 1:
            who |= dict.fromkeys(group, there.pop())
    return who


def _participants(session: Session, transcript_id: int) -> dict[str, int]:
    rows = session.execute(
        select(Participant.pseudonym, Appearance.id)
        .join(Appearance, Appearance.participant_id == Participant.id)
        .where(Appearance.transcript_id == transcript_id)
        .order_by(Appearance.id.desc())
    )
    return {row.pseudonym: row.id for row in rows}


def _told(came: Corrected) -> tuple[str, ...]:
    if not came.changed:
        return ("The text is the one that stood already: nothing changed.",)
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
