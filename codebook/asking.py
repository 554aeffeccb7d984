"""Asking for an analysis. What carries it out is in analysis.py, and is slow to load."""

from sqlalchemy.orm import Session

from capture import job_rows
from capture.models import Job

ANALYSIS = "analyse"
"""The kind of job that embeds, finds candidate themes and suggests codes."""


def ask_for_analysis(session: Session, study_id: int, user_id: int | None = None) -> Job:
    """Ask for an analysis of a study; one that isn't finished is handed back instead."""
    return job_rows.ask(session, study_id, ANALYSIS, asked_by=user_id)
