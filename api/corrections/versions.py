"""What the pages of a transcript's versions are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.clock import clock
from api.corrections.pages import effect, place_of
from api.errors import NotAllowed
from api.policies import RESEARCHERS, Access
from capture.corrections.correcting import foresee
from capture.corrections.versions import (
    find_version,
    is_hidden,
    log_of,
    reading_of_version,
    versions_of,
)
from capture.models import Transcript, TranscriptVersion, User
from capture.transcript_view import find_transcript, standing_version
from transcripts.differences import Change, changes
from transcripts.turns import count_words

A_PAGE = 12
CHANGES_SHOWN = 3
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One version in the list: who made it, why, and what it changed in the one before."""

    row: TranscriptVersion
    made_by: str | None
    stands: bool
    hidden: bool
    """For researchers alone: words were taken out after it."""
    words: int
    changes: Sequence[Change]
    """The first of them; none where the one before is hidden from the reader."""
    more: int
    compared: bool


def versions_page(
    session: Session, access: Access, transcript_id: int, page: int
) -> dict[str, Any]:
    """The versions of a transcript, newest first, each with what it changed."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    # Numbers run without gaps, so a page is known by the number it begins with.
    pages = max(1, -(-transcript.version // A_PAGE))
    number = min(page, pages)
    newest = transcript.version - (number - 1) * A_PAGE
    some = versions_of(session, transcript, before=newest + 1, most=A_PAGE + 1)
    earlier = [*some[1:], None]
    shown = [
        _told(session, access, transcript, one, before)
        for one, before in list(zip(some, earlier, strict=True))[:A_PAGE]
    ]
    return {
        **place_of(access, transcript),
        "versions": shown,
        "number": number,
        "pages": pages,
        "researcher": access.may(RESEARCHERS),
    }


def version_page(
    session: Session, access: Access, transcript_id: int, number: int, *, back: bool = False
) -> dict[str, Any]:
    """An older text, to be read; with what it has other than the one before it.

    With `back` also what going back to it would do, for researchers.

    NotAllowed where words were taken out since and the reader is no researcher.
    """
    transcript = find_transcript(session, access.study.id, transcript_id)
    version = find_version(session, transcript, number)
    if not _may_see(session, access, version):
        raise NotAllowed(
            "Words were taken out of this text since, so it is for researchers alone.",
            way_out="Read the text that stands.",
        )
    standing = standing_version(session, transcript)
    before = _before(session, transcript, version)
    compared = before is not None and _may_see(session, access, before)
    found = changes(before.text, version.text) if before is not None and compared else []
    going: dict[str, Any] = {}
    may_go = access.may(RESEARCHERS) and version.id != standing.id
    reading = reading_of_version(session, version)
    if may_go and back:
        plan = foresee(session, transcript, reading, log_of(session, version.id))
        going = effect(plan, standing) | {"puts_back": is_hidden(session, version)}
    return {
        **place_of(access, transcript),
        "version": version,
        "standing": standing,
        "made_by": _name(session, version.made_by),
        "reading": reading,
        "changes": found[:MOST_CHANGES],
        "more": max(0, len(found) - MOST_CHANGES),
        "before": before,
        "compared": compared,
        "may_go": may_go,
        "back": going,
        "clock": clock,
    }


def _told(
    session: Session,
    access: Access,
    transcript: Transcript,
    version: TranscriptVersion,
    before: TranscriptVersion | None,
) -> Told:
    hidden = is_hidden(session, version)
    seen = before is not None and all(_may_see(session, access, one) for one in (version, before))
    found = changes(before.text, version.text) if before is not None and seen else []
    return Told(
        row=version,
        made_by=_name(session, version.made_by),
        stands=version.number == transcript.version,
        hidden=hidden,
        words=count_words(version.text),
        changes=found[:CHANGES_SHOWN],
        more=max(0, len(found) - CHANGES_SHOWN),
        compared=seen,
    )


def _may_see(session: Session, access: Access, version: TranscriptVersion) -> bool:
    return access.may(RESEARCHERS) or not is_hidden(session, version)


def _before(
    session: Session, transcript: Transcript, version: TranscriptVersion
) -> TranscriptVersion | None:
    return next(iter(versions_of(session, transcript, before=version.number, most=1)), None)


def _name(session: Session, user_id: int | None) -> str | None:
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user else None
