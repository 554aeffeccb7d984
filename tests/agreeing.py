"""One scope for all who spoke in a transcript but the facilitators, said as a person says it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Appearance, Participant
from capture.people import describe_speakers
from capture.people_said import SpeakerSaid


def scope_for_all(session: Session, study_id: int, transcript_id: int, scope: str) -> None:
    """Give every speaker but the facilitators one scope."""
    rows = session.execute(
        select(Appearance, Participant.pseudonym)
        .outerjoin(Participant, Participant.id == Appearance.participant_id)
        .where(Appearance.transcript_id == transcript_id, Appearance.facilitator.is_(False))
    )
    said = {
        row.id: SpeakerSaid(scope, row.role, row.place, pseudonym, audience=row.audience)
        for row, pseudonym in rows
    }
    describe_speakers(session, study_id, transcript_id, said)
