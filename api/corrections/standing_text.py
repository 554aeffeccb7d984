"""What a transcript's own page says of its text: what needs a look, what is new, its versions."""

from typing import Any

from sqlalchemy.orm import Session

from api.policies import RESEARCHERS, Access
from capture.corrections.waiting_list import count_waiting
from capture.models import Transcript
from capture.standing import new_since_analysis


def waiting_in_study(session: Session, access: Access) -> dict[int, int]:
    """Passages that need this person's look, by transcript."""
    return count_waiting(session, access.study.id, all_words=access.may(RESEARCHERS))


def standing_text(session: Session, access: Access, transcript: Transcript) -> dict[str, Any]:
    """For the head of a transcript's page."""
    return {
        "need_look": waiting_in_study(session, access).get(transcript.id, 0),
        "new_segments": new_since_analysis(session, transcript),
        "corrects": access.may(RESEARCHERS),
    }
