"""Saying who spoke and what the transcript is: after an upload, or whenever it becomes clear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from capture.corrections import hanging
from capture.errors import NotFound
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT, WITHDRAWN, kept_out
from capture.models import (
    Appearance,
    Participant,
    Passage,
    Segment,
    Suggestion,
    Transcript,
    Turn,
)
from capture.people_said import SpeakerSaid, TranscriptSaid
from capture.searching.word_index import index_version
from capture.transcript_view import find_transcript, standing_version


@dataclass(frozen=True, slots=True)
class Known:
    """Words a study uses already, each in alphabetical order."""

    pseudonyms: tuple[str, ...]
    roles: tuple[str, ...]
    places: tuple[str, ...]


def describe_transcript(
    session: Session, study_id: int, transcript_id: int, said: TranscriptSaid
) -> Transcript:
    """Change what is said of a transcript; NotFound when it isn't this study's."""
    transcript = find_transcript(session, study_id, transcript_id)
    transcript.name = said.name
    transcript.kind = said.kind
    transcript.record = said.record
    transcript.held_on = said.held_on
    transcript.wave = said.wave
    transcript.place = said.place
    session.flush()
    return transcript


def describe_speakers(
    session: Session, study_id: int, transcript_id: int, said: Mapping[int, SpeakerSaid]
) -> None:
    """Change who spoke; keys are appearance ids, all of this transcript, or NotFound."""
    transcript = find_transcript(session, study_id, transcript_id)
    there = {
        row.id: row
        for row in session.scalars(
            select(Appearance).where(Appearance.transcript_id == transcript_id)
        )
    }
    for appearance_id, one in said.items():
        if appearance_id not in there:
            raise NotFound("That speaker isn't in this transcript.", way_out="Load the page again.")
        _describe(session, transcript, there[appearance_id], one)
    index_version(session, standing_version(session, transcript))


def participant_named(session: Session, study_id: int, pseudonym: str) -> Participant:
    """The study's participant of this pseudonym, made when new."""
    found = session.scalar(
        select(Participant).where(
            Participant.study_id == study_id, Participant.pseudonym == pseudonym
        )
    )
    if found is None:
        found = Participant(study_id=study_id, pseudonym=pseudonym)
        session.add(found)
        session.flush()
    return found


def known_words(session: Session, study_id: int) -> Known:
    """What the study already calls its people, roles and places: offered, so that they agree."""
    there = select(Transcript.id).where(Transcript.study_id == study_id)
    spoke = Appearance.transcript_id.in_(there)
    people = session.scalars(select(Participant.pseudonym).where(Participant.study_id == study_id))
    roles = session.scalars(select(Appearance.role).where(spoke))
    places = session.scalars(
        select(Appearance.place)
        .where(spoke)
        .union(select(Transcript.place).where(Transcript.study_id == study_id))
    )
    return Known(_in_order(people), _in_order(roles), _in_order(places))


def _in_order(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=str.casefold))


def _describe(session: Session, transcript: Transcript, row: Appearance, said: SpeakerSaid) -> None:
    row.role, row.place, row.audience = said.role, said.place, said.audience
    row.participant_id = (
        participant_named(session, transcript.study_id, said.participant).id
        if said.participant
        else None
    )
    if (row.facilitator, row.scope) != (said.facilitator, said.scope):
        row.facilitator, row.scope = said.facilitator, said.scope
        _keep_out(session, transcript, row)


def _keep_out(session: Session, transcript: Transcript, row: Appearance) -> None:
    """Mark the speaker's segments anew: facilitators and who withdrew take no part."""
    version = standing_version(session, transcript)
    found = session.execute(
        select(Segment, Passage.start, Passage.end)
        .join(Passage, Passage.id == Segment.passage_id)
        .join(Turn, Turn.id == Segment.turn_id)
        .where(Turn.version_id == version.id, Turn.appearance_id == row.id)
    )
    for segment, start, end in found:
        reason = kept_out(version.text[start:end], facilitator=row.facilitator, scope=row.scope)
        if reason is None and segment.kept_out == NEAR_DUPLICATE:
            continue  # that it repeats another has nothing to do with who says it
        segment.kept_out = reason
        if reason in NEVER_LOOKED_AT:
            session.execute(delete(Suggestion).where(Suggestion.passage_id == segment.passage_id))
    session.flush()
    touched = hanging.candidates_heard_from(session, version.id, row.id)
    hanging.bring_up_to_date(session, touched)
    if row.scope == WITHDRAWN:
        hanging.forget_words(session, touched)
        hanging.forget_runs(session, transcript.study_id)
