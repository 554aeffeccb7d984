"""Asking for an analysis, and for learning. What carries them out is slow to load."""

from datetime import timedelta

from sqlalchemy.orm import Session

from capture import job_rows
from capture.models import Job, Learning

ANALYSIS = "analyse"
"""The kind of job that embeds, finds candidate themes and suggests codes."""
LEARNING = "learn"
"""The kind of job that only suggests codes anew, from what was decided meanwhile."""
GATHERING = timedelta(seconds=10)
"""How long decisions are gathered before they are learnt from: about two or three passages."""


def ask_for_analysis(session: Session, study_id: int, user_id: int | None = None) -> Job:
    """Ask for an analysis of a study; one that isn't finished is handed back instead."""
    return job_rows.ask(session, study_id, ANALYSIS, asked_by=user_id)


def ask_for_learning(session: Session, study_id: int) -> None:
    """Ask that suggestions follow what was just decided, or changed in the codebook.

    Nothing is asked for in a study that was never analysed: it has no suggestions yet.
    """
    if session.get(Learning, study_id) is not None:
        job_rows.ask_after(session, study_id, LEARNING, GATHERING)
