"""What accepting a draft would do to the codings of the transcript that it corrects."""

from sqlalchemy.orm import Session

from capture.corrections.correcting import foresee
from capture.corrections.plan import Plan
from capture.draft.clearing import cleared
from capture.draft.said import DraftSaid
from capture.models import Transcript
from transcripts.turns import Reading


def foresee_accepting(
    session: Session, transcript: Transcript, reading: Reading, said: DraftSaid
) -> Plan:
    """What `accept` would do to the passages, as things are said now; nothing is changed.

    Raises Unfit where labels that are one speaker are said to be different people.
    """
    clean = cleared(reading, said)
    return foresee(session, transcript, clean.reading, clean.log)
