"""Every table of the record, a file a noun. All live here because erasure touches them all."""

from capture.models.base import Base, now
from capture.models.candidate import CandidateAction, CandidateMember, CandidateTheme, Discovery
from capture.models.code import Code, CodebookVersion, Facet
from capture.models.correction import NeedsLook, PassageMove
from capture.models.decision import Act, Decision, Review
from capture.models.draft import Draft
from capture.models.job import Job, JobStep
from capture.models.learning import Learning
from capture.models.participant import (
    AUDIENCES,
    DEFAULT_AUDIENCE,
    DEFAULT_SCOPE,
    SCOPES,
    Appearance,
    Participant,
)
from capture.models.passage import Passage, Segment, Vector
from capture.models.register import REGISTER_KINDS, RegisterEntry, Replacement
from capture.models.study import AttributeValue, Study, StudyAttribute
from capture.models.suggestion import Suggestion
from capture.models.theme import Quote, Theme, ThemeCandidate, ThemeCode, ThemePassage
from capture.models.theme_run import CandidateOffer, ThemeChange
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
    "AUDIENCES",
    "DEFAULT_AUDIENCE",
    "DEFAULT_SCOPE",
    "REGISTER_KINDS",
    "ROLES",
    "SCOPES",
    "Act",
    "Appearance",
    "AttributeValue",
    "Base",
    "CandidateAction",
    "CandidateMember",
    "CandidateOffer",
    "CandidateTheme",
    "Code",
    "CodebookVersion",
    "Decision",
    "Discovery",
    "Draft",
    "Facet",
    "Job",
    "JobStep",
    "Learning",
    "Membership",
    "NeedsLook",
    "Participant",
    "Passage",
    "PassageMove",
    "Quote",
    "RegisterEntry",
    "Replacement",
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
    "ThemeChange",
    "ThemeCode",
    "ThemePassage",
    "Transcript",
    "TranscriptVersion",
    "Turn",
    "User",
    "Vector",
    "now",
]
