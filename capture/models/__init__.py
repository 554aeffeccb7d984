"""Every table of the record, a file a noun. All live here because erasure touches them all."""

from capture.models.base import Base, now
from capture.models.candidate import CandidateAction, CandidateMember, CandidateTheme, Discovery
from capture.models.code import Code, CodebookVersion, Facet
from capture.models.decision import Act, Decision, Review
from capture.models.job import Job, JobStep
from capture.models.participant import DEFAULT_SCOPE, SCOPES, Appearance, Participant
from capture.models.passage import Passage, Segment, Vector
from capture.models.study import AttributeValue, Study, StudyAttribute
from capture.models.suggestion import Suggestion
from capture.models.theme import Quote, Theme, ThemeCandidate, ThemeCode, ThemePassage
from capture.models.transcript import Transcript, TranscriptVersion, Turn
from capture.models.user import (
    ROLES,
    Membership,
    SignInAttempt,
    SignInLink,
    SignInSession,
    User,
)

__all__ = [
    "DEFAULT_SCOPE",
    "ROLES",
    "SCOPES",
    "Act",
    "Appearance",
    "AttributeValue",
    "Base",
    "CandidateAction",
    "CandidateMember",
    "CandidateTheme",
    "Code",
    "CodebookVersion",
    "Decision",
    "Discovery",
    "Facet",
    "Job",
    "JobStep",
    "Membership",
    "Participant",
    "Passage",
    "Quote",
    "Review",
    "Segment",
    "SignInAttempt",
    "SignInLink",
    "SignInSession",
    "Study",
    "StudyAttribute",
    "Suggestion",
    "Theme",
    "ThemeCandidate",
    "ThemeCode",
    "ThemePassage",
    "Transcript",
    "TranscriptVersion",
    "Turn",
    "User",
    "Vector",
    "now",
]
