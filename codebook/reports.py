"""Candidate themes and suggestions as plain data: the stable shape behind `--json`.

Every list is in a fixed order, so that two exports of one state are equal byte for byte.
"""

from collections import defaultdict
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import (
    CandidateMember,
    CandidateTheme,
    Code,
    Passage,
    Segment,
    Suggestion,
    Transcript,
    TranscriptVersion,
)
from capture.models.suggestion import LEARNT
from codebook.proposals import STRONGEST_FIRST


class Span(TypedDict):
    """A passage: code points, half-open, in the transcript's stored text; and what stands there."""

    passage: int
    transcript: str
    file: str
    version: int
    start: int
    end: int
    text: str


class MemberSpan(Span):
    """A passage with its strength in a theme, 0 to 1."""

    strength: float


class ThemeReport(TypedDict):
    """One candidate theme."""

    id: int
    granularity: str
    name: str
    label: str
    keyphrases: list[str]
    state: str
    found_in: int
    reruns: int
    stability: float
    transcripts: int
    participants: int
    single_source: bool
    exemplars: list[int]
    edge: int | None
    members: list[MemberSpan]


class ThemesReport(TypedDict):
    """All candidate themes of a study that stand."""

    themes: list[ThemeReport]


class SuggestionReport(TypedDict):
    """One suggestion."""

    passage: Span
    code: str
    key: str
    score: float | None
    """How likely a coder would confirm it; null where it comes from a candidate theme."""
    source: str
    stance: str | None


class SuggestionsReport(TypedDict):
    """All suggestions of a study."""

    suggestions: list[SuggestionReport]


def themes_report(session: Session, study_id: int) -> ThemesReport:
    """The candidate themes of a study with their members."""
    themes = session.scalars(
        select(CandidateTheme)
        .where(
            CandidateTheme.study_id == study_id,
            CandidateTheme.superseded.is_(False),
            CandidateTheme.state != "merged",
        )
        .order_by(CandidateTheme.granularity, CandidateTheme.position, CandidateTheme.id)
    ).all()
    spans = _spans(session, study_id)
    members = _members(session, study_id)
    return {"themes": [_theme(theme, members[theme.id], spans) for theme in themes]}


def _members(session: Session, study_id: int) -> dict[int, list[CandidateMember]]:
    found: dict[int, list[CandidateMember]] = defaultdict(list)
    for member in session.scalars(
        select(CandidateMember)
        .join(CandidateTheme, CandidateTheme.id == CandidateMember.candidate_id)
        .where(CandidateTheme.study_id == study_id)
        .order_by(CandidateMember.strength.desc(), CandidateMember.passage_id)
    ):
        found[member.candidate_id].append(member)
    return found


def _theme(
    theme: CandidateTheme, members: list[CandidateMember], spans: dict[int, Span]
) -> ThemeReport:
    members = [member for member in members if member.passage_id in spans]
    shown = sorted((m for m in members if m.exemplar is not None), key=lambda m: m.exemplar or 0)
    return {
        "id": theme.id,
        "granularity": theme.granularity,
        "name": theme.name or theme.label,
        "label": theme.label,
        "keyphrases": theme.keyphrases,
        "state": theme.state,
        "found_in": theme.found_in,
        "reruns": theme.reruns,
        "stability": round(theme.found_in / theme.reruns, 3) if theme.reruns else 0.0,
        "transcripts": theme.transcripts,
        "participants": theme.participants,
        "single_source": theme.single_source,
        "exemplars": [member.passage_id for member in shown],
        "edge": next((member.passage_id for member in members if member.at_edge), None),
        "members": [
            {**spans[member.passage_id], "strength": round(member.strength, 4)}
            for member in members
        ],
    }


def suggestions_report(session: Session, study_id: int) -> SuggestionsReport:
    """The suggestions of a study, passage by passage, best first."""
    spans = _spans(session, study_id)
    rows = session.execute(
        select(Suggestion, Code.name, Code.key)
        .join(Code, Code.id == Suggestion.code_id)
        .where(Code.study_id == study_id, Code.retired.is_(False))
        .order_by(Suggestion.passage_id, *STRONGEST_FIRST)
    )
    return {
        "suggestions": [
            {
                "passage": spans[suggestion.passage_id],
                "code": name,
                "key": key,
                "score": suggestion.score if suggestion.source in LEARNT else None,
                "source": suggestion.source,
                "stance": suggestion.stance,
            }
            for suggestion, name, key in rows
            if suggestion.passage_id in spans
        ]
    }


def _spans(session: Session, study_id: int) -> dict[int, Span]:
    rows = session.execute(
        select(Passage, TranscriptVersion, Transcript)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .outerjoin(Segment, Segment.passage_id == Passage.id)
        .where(
            Transcript.study_id == study_id,
            TranscriptVersion.number == Transcript.version,
            # Who withdraws is gone from every answer at once, not only after the next analysis.
            Segment.kept_out.is_distinct_from(WITHDRAWN),
        )
    )
    return {
        passage.id: _span(passage, version, transcript) for passage, version, transcript in rows
    }


def _span(passage: Passage, version: TranscriptVersion, transcript: Transcript) -> Span:
    return {
        "passage": passage.id,
        "transcript": transcript.name,
        "file": transcript.file_name,
        "version": version.number,
        "start": passage.start,
        "end": passage.end,
        "text": version.text[passage.start : passage.end],
    }
