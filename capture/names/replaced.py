"""The log of replaced words as researchers read it: each in context, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.models import Replacement, Transcript, TranscriptVersion, Turn
from capture.transcript_view import find_transcript, standing_version

AROUND = 70
"""Characters of the text shown on either side."""
A_PAGE = 50
_WORD = r"(?:\[[^\]]*\]|[^\s\[\]])+"
_FIRST_WORD, _LAST_WORD = re.compile(f"^{_WORD}"), re.compile(f"{_WORD}$")


@dataclass(frozen=True, slots=True)
class LoggedTranscript:
    """A transcript, and how many words or stretches were taken out of its text as it stands."""

    id: int
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class InContext:
    """One replacement with the text around it; `in_turn` is False in a label or a heading."""

    replacement: Replacement
    before: str
    after: str
    in_turn: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of a transcript's log, in the order of its text."""

    transcript: Transcript
    total: int
    number: int
    pages: int
    rows: tuple[InContext, ...]


def logged_transcripts(session: Session, study_id: int) -> list[LoggedTranscript]:
    """The study's transcripts out of whose text something was taken, by name."""
    rows = session.execute(
        select(Transcript.id, Transcript.name, func.count())
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .join(Replacement, Replacement.version_id == TranscriptVersion.id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .group_by(Transcript.id, Transcript.name)
        .order_by(Transcript.name, Transcript.id)
    )
    return [LoggedTranscript(*row) for row in rows]


def log_page(
    session: Session,
    study_id: int,
    transcript_id: int,
    *,
    number: int = 1,
    entry_id: int | None = None,
) -> LogPage:
    """What was taken out of a transcript, or for one entry of the register, a page at a time."""
    transcript = find_transcript(session, study_id, transcript_id)
    version = standing_version(session, transcript)
    asked = select(Replacement).where(Replacement.version_id == version.id)
    if entry_id is not None:
        asked = asked.where(Replacement.entry_id == entry_id)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, number), pages)
    rows = session.scalars(
        asked.order_by(Replacement.start, Replacement.id)
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE)
    ).all()
    return LogPage(transcript, total, number, pages, _in_context(session, version, rows))


def _in_context(
    session: Session, version: TranscriptVersion, rows: Sequence[Replacement]
) -> tuple[InContext, ...]:
    text = version.text
    inside = in_turns(session, version.id, rows)
    return tuple(
        InContext(
            one,
            _from_a_word(text[max(0, one.start - AROUND) : one.start]),
            _to_a_word(text[one.end : one.end + AROUND]),
            within,
        )
        for one, within in zip(rows, inside, strict=True)
    )


def in_turns(session: Session, version_id: int, rows: Sequence[Replacement]) -> list[bool]:
    """Whether each stands in what somebody said."""
    if not rows:
        return []
    first, last = min(one.start for one in rows), max(one.end for one in rows)
    spans = session.execute(
        select(Turn.start, Turn.end)
        .where(Turn.version_id == version_id, Turn.end >= first, Turn.start <= last)
        .order_by(Turn.start)
    ).all()
    return [any(start <= one.start and one.end <= end for start, end in spans) for one in rows]


def _from_a_word(words: str) -> str:
    """The end of a text, from the beginning of a word on, and never from inside brackets."""
    if len(words) < AROUND:
        return words
    bracket, closed = words.find("["), words.find("]")
    if closed >= 0 and (bracket < 0 or closed < bracket):
        words = words[closed + 1 :]
    return "… " + _FIRST_WORD.sub("", words).lstrip()


def _to_a_word(words: str) -> str:
    """The beginning of a text, up to the end of a word, and never to inside brackets."""
    if len(words) < AROUND:
        return words
    if words.rfind("[") > words.rfind("]"):
        words = words[: words.rfind("[")]
    return _LAST_WORD.sub("", words).rstrip() + " …"
