"""Drafts: files that were read and wait for a researcher's look. None of them is in the study yet.

Only researchers' code may read them: a draft holds words that were never agreed to be kept.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from capture.draft.ahead import Ahead, look_ahead
from capture.draft.check import checked
from capture.draft.finding import as_shown, proposals_from_json, propose, up_to_date, with_finds
from capture.draft.said import (
    DraftSaid,
    for_every_label,
    said_from_json,
    said_to_json,
)
from capture.draft.taken_before import carried_over
from capture.errors import Conflict, NotFound
from capture.ingest import Ingested, already_there, content_key
from capture.models import Draft, Transcript
from capture.models.base import now
from capture.transcript_view import find_transcript
from transcripts.manifest import FileEntry
from transcripts.reading_json import reading_from_json, reading_to_json
from transcripts.turns import Reading

LONG_AFTER = timedelta(days=14)
"""A draft that has waited longer is mentioned on home."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of one file: a draft, or `told`, why there is nothing new to look at."""

    draft: Draft | None
    there: Ingested | None = None
    """The transcript that has this content already."""
    told: str = ""


def known_already(session: Session, study_id: int, name: str, data: bytes) -> Drafted | None:
    """Whether a file of this content is in the study, or waits for a look; asked before reading."""
    key = content_key(data)
    there = already_there(session, study_id, key)
    if there is not None:
        return Drafted(None, there, f"{name} is in the study already, as “{there.name}”.")
    draft = session.scalar(
        select(Draft).where(Draft.study_id == study_id, Draft.file_sha256 == key)
    )
    if draft is not None:
        return Drafted(draft, told=f"{name} waits for a look already, as {draft.file_name}.")
    return None


def add_draft(
    session: Session,
    study_id: int,
    name: str,
    data: bytes,
    reading: Reading,
    *,
    entry: FileEntry | None = None,
    uploaded_by: int | None = None,
    ahead: Ahead | None = None,
) -> Drafted:
    """Keep a file that was read until someone has looked at it; `entry` is what a manifest says.

    `ahead` is what `look_ahead` found out before this transaction began; else it is done here.
    """
    known = known_already(session, study_id, name, data)
    if known is not None:
        return known
    ahead = ahead or look_ahead(session, study_id, name, reading, entry=entry)
    draft = Draft(
        study_id=study_id,
        file_name=name,
        file_sha256=content_key(data),
        data=data,
        reading=reading_to_json(reading),
        uploaded_by=uploaded_by,
    )
    _keep(draft, reading, _presumed(session, draft, reading, ahead))
    session.add(draft)
    session.flush()
    return Drafted(draft)


def find_draft(session: Session, study_id: int, draft_id: int) -> Draft:
    """The draft, or NotFound, also where it belongs to another study."""
    found = session.get(Draft, draft_id)
    if found is None or found.study_id != study_id:
        raise NotFound(
            "There is no such file waiting in this study.",
            way_out="It may have been taken in or put aside meanwhile; see what waits.",
        )
    return found


def reading_of(draft: Draft) -> Reading:
    """What was read of a draft's file."""
    return reading_from_json(draft.reading)


def said_of(draft: Draft) -> DraftSaid:
    """What was said of a draft so far, and what nobody decided yet."""
    return _ahead(draft, reading_of(draft)).said


def said_now(session: Session, draft: Draft, reading: Reading) -> DraftSaid:
    """The same, with proposals as the study's register makes them now, and marked what was taken
    out meanwhile of the transcript that the draft corrects."""
    kept = _ahead(draft, reading)
    proposals = up_to_date(session, draft.study_id, reading, kept.proposals)
    return with_finds(_marked(session, draft, reading, kept).said, reading, proposals)


def went_on(session: Session, draft: Draft) -> str:
    """A sentence where the transcript a draft corrects was changed since a researcher was told
    how its text stands; empty where it wasn't."""
    stands = standing_of(session, draft)
    if draft.corrects_id is None or stands == draft.said.get("known_to"):
        return ""
    return (
        f"“{session.get_one(Transcript, draft.corrects_id).name}” was changed since this file was "
        f"said to correct it: version {stands} of its text stands now. What was taken out of it "
        "meanwhile is marked here too; other changes are not in this file."
    )


def standing_of(session: Session, draft: Draft) -> int | None:
    """The version that stands of the transcript a draft corrects; None where it corrects none."""
    return session.get_one(Transcript, draft.corrects_id).version if draft.corrects_id else None


def check_went_on(session: Session, draft: Draft) -> None:
    """Raise Conflict where a draft corrects a text that no one who looked at it has seen."""
    told = went_on(session, draft)
    if told:
        raise Conflict(told, way_out="Look again, then accept the correction.")


def catch_up(session: Session, draft: Draft) -> None:
    """A researcher was told how the transcript that a draft corrects stands now."""
    reading = reading_of(draft)
    kept = _marked(session, draft, reading, _ahead(draft, reading))
    _keep(draft, reading, replace(kept, known_to=kept.marked_to))
    session.flush()


def likely_corrected(session: Session, draft: Draft) -> Transcript | None:
    """The transcript a draft looks like a correction of, while nobody said that it is one."""
    found = draft.said["likely_corrects"]
    said = draft.corrects_id is not None and not draft.said.get("presumed")
    return None if found is None or said else session.get(Transcript, found)


def say(session: Session, draft: Draft, said: DraftSaid) -> None:
    """Keep what a researcher says of a draft, instead of what was said before.

    Raises Unfit for what can't be: places outside the text, words nobody knows, labels of one
    speaker that contradict; NotFound for a transcript to correct that isn't this study's.
    """
    reading = reading_of(draft)
    kept = _ahead(draft, reading)
    said = checked(said, reading)
    now = replace(kept, said=said, presumed=False)
    if said.corrects is not None and said.corrects != draft.corrects_id:
        stands = find_transcript(session, draft.study_id, said.corrects).version
        now = replace(now, marked_to=0, known_to=stands)
    now = _marked(session, draft, reading, now)
    said = replace(now.said, finds=as_shown(now.said.finds, kept.said.finds))
    proposals = up_to_date(session, draft.study_id, reading, kept.proposals)
    _keep(draft, reading, replace(now, said=said, proposals=proposals))
    session.flush()


def read_again(session: Session, draft: Draft, reading: Reading) -> None:
    """The draft's file was read anew, its survey's columns said otherwise.

    Stretches and finds of the text it had before are forgotten: their places are no more.
    """
    kept = _ahead(draft, reading_of(draft))
    said = for_every_label(replace(kept.said, off_record=(), finds=()), reading)
    proposals = propose(session, draft.study_id, reading, kept.proposals.ner_model)
    draft.reading = reading_to_json(reading)
    now = _marked(session, draft, reading, replace(kept, said=said, marked_to=0))
    _keep(draft, reading, replace(now, proposals=proposals))
    session.flush()


def _ahead(draft: Draft, reading: Reading) -> Ahead:
    """What is kept in a draft's row."""
    written = dict(draft.said)
    proposals = proposals_from_json(written.pop("proposals"))
    likely = written.pop("likely_corrects")
    versions = written.pop("marked_to", 0), written.pop("known_to", 0)
    presumed = written.pop("presumed", False)
    said = replace(said_from_json(written), corrects=draft.corrects_id)
    return Ahead(with_finds(said, reading, proposals), proposals, likely, *versions, presumed)


def _presumed(session: Session, draft: Draft, reading: Reading, ahead: Ahead) -> Ahead:
    """The same, taken for a correction where it says most of what a transcript says."""
    likely = session.get(Transcript, ahead.likely_corrects) if ahead.presumed else None
    if likely is None:
        return replace(ahead, presumed=False)
    said = replace(ahead.said, corrects=likely.id)
    said = with_finds(said, reading, ahead.proposals)
    return _marked(session, draft, reading, replace(ahead, said=said, known_to=likely.version))


def _marked(session: Session, draft: Draft, reading: Reading, kept: Ahead) -> Ahead:
    """The same, with what was taken out of the corrected transcript marked as far as it stands."""
    if kept.said.corrects is None:
        return kept
    stands = find_transcript(session, draft.study_id, kept.said.corrects).version
    if kept.marked_to == stands:
        return kept
    said = carried_over(session, kept.said.corrects, reading, kept.said, since=kept.marked_to)
    return replace(kept, said=said, marked_to=stands)


def _keep(draft: Draft, reading: Reading, ahead: Ahead) -> None:
    """Write it: as `said_to_json` has it, with every find, and what is no one's word beside."""
    said = with_finds(ahead.said, reading, ahead.proposals)
    draft.corrects_id = said.corrects
    draft.said = {
        **said_to_json(said),
        "proposals": ahead.proposals.to_json(),
        "likely_corrects": ahead.likely_corrects,
        "marked_to": ahead.marked_to,
        "known_to": ahead.known_to,
        "presumed": ahead.presumed,
    }


def put_aside(session: Session, draft: Draft) -> None:
    """Forget a draft: its file, its text and all that was said of it."""
    session.delete(draft)
    session.flush()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many drafts wait in a study, and how many of them since long."""

    drafts: int
    since_long: int


def waiting(session: Session, study_id: int) -> Waiting:
    """Drafts that nobody has taken in or put aside."""
    old = Draft.created_at < now() - LONG_AFTER
    drafts, since_long = session.execute(
        select(func.count(), func.count().filter(old)).where(Draft.study_id == study_id)
    ).one()
    return Waiting(drafts, since_long)


def next_waiting(session: Session, study_id: int, *, after: Draft) -> int | None:
    """The draft that waits behind this one in the order of file names, or the first; its id."""
    asked = select(Draft.id).where(Draft.study_id == study_id, Draft.id != after.id)
    asked = asked.order_by(Draft.file_name, Draft.id)
    here = tuple_(Draft.file_name, Draft.id) > (after.file_name, after.id)
    return session.scalar(asked.where(here)) or session.scalar(asked)
