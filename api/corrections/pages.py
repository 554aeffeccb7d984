"""What the pages for correcting a text are given: the turns to write in, and what would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.clock import clock
from api.corrections.form import (
    NEW,
    TURNS_A_PAGE,
    Box,
    edits_of,
    labels_of,
    new_speaker,
    typed_words,
)
from api.policies import Access
from capture.corrections.correcting import foresee
from capture.corrections.plan import Plan
from capture.corrections.speakers import speakers_there
from capture.corrections.versions import reading_of_version
from capture.errors import NotFound
from capture.models import Appearance, Transcript, TranscriptVersion, Turn
from capture.transcript_view import find_transcript, standing_version
from transcripts.differences import Change, differences
from transcripts.rewriting import Edit, parted, rewritten
from transcripts.turns import Reading

LOOKS_SHOWN = 20
MOST_LISTED = 60
"""So many speakers are listed beside every turn; with more, only those who speak on the page."""


@dataclass(frozen=True, slots=True)
class ChangedTurn:
    """A turn before and after; `goes` where nothing of it is left."""

    position: int
    before: str | None
    """Who spoke."""
    now: tuple[str | None, ...]
    """Who speaks: several where the turn is split."""
    change: Change
    goes: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """What a page of typed turns comes to."""

    transcript: Transcript
    standing: TranscriptVersion
    before: Reading
    edits: Mapping[int, Edit]
    labels: Mapping[str, Sequence[str]]
    there: Sequence[Appearance]

    @property
    def after(self) -> Reading:
        """The text as it would be."""
        return rewritten(self.before, self.edits, self.labels)

    @property
    def speakers(self) -> dict[str, int]:
        """Whose labels are whose; a new speaker's is nobody's yet."""
        return {row.label: row.id for row in self.there}


def typed_correction(
    session: Session, access: Access, transcript_id: int, typed: Mapping[str, str]
) -> Correction:
    """What was typed, against the text as it stands. Raises Unfit for what can't be."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    standing = standing_version(session, transcript)
    reading = reading_of_version(session, standing)
    there = speakers_there(session, transcript_id)
    new = new_speaker(typed, there)
    edits = edits_of(typed, reading, there, new)
    return Correction(transcript, standing, reading, edits, labels_of(there, new), there)


def edit_page(
    session: Session,
    access: Access,
    transcript_id: int,
    *,
    page: int | None = None,
    turn_id: int | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Some turns of the text, each in a box of its own; as they were typed, where they were."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    standing = standing_version(session, transcript)
    typed = typed or {}
    everything = session.execute(
        select(Turn.id, Turn.position).where(Turn.version_id == standing.id).order_by(Turn.position)
    ).all()
    pages = max(1, -(-len(everything) // TURNS_A_PAGE))
    place = next((row.position for row in everything if row.id == turn_id), 0)
    number = min(page or place // TURNS_A_PAGE + 1, pages)
    first = (number - 1) * TURNS_A_PAGE
    rows = session.scalars(
        select(Turn)
        .where(
            Turn.version_id == standing.id,
            Turn.position.between(first, first + TURNS_A_PAGE - 1),
        )
        .order_by(Turn.position)
    )
    boxes = [_box(row, standing.text, typed) for row in rows]
    return {
        **place_of(access, transcript),
        "version": standing,
        "boxes": boxes,
        "speakers": _listed(
            _spoken(session, standing, speakers_there(session, transcript_id)), boxes
        ),
        "new_speaker": typed.get("new_speaker", ""),
        "new": NEW,
        "number": number,
        "pages": pages,
        "turn_id": turn_id,
        "clock": clock,
        "refused": None,
        "kept": [],
        "told": "",
    }


def preview_page(session: Session, access: Access, correction: Correction) -> dict[str, Any]:
    """What would change, turn by turn, and what it would do to the passages."""
    return {
        **place_of(access, correction.transcript),
        "version": correction.standing,
        "changed": changed_turns(correction),
        "edits": correction.edits,
        **effect(foresee(session, correction.transcript, correction.after), correction.standing),
    }


def effect(plan: Plan, standing: TranscriptVersion, new_text: str = "") -> dict[str, Any]:
    """What a plan does to passages, in numbers, and those that will need a look."""
    looks = [look for look in plan.looks if look.passage.id not in plan.waited]
    return {
        "moved": len(plan.moves) - len(plan.returned),
        "returned": len(plan.returned),
        "looks": [
            (standing.text[one.passage.start : one.passage.end], one.why)
            for one in looks[:LOOKS_SHOWN]
        ],
        "need_look": len(looks),
        "cut_anew": len(plan.segments) - sum(was is not None for _, was in plan.segments),
        "new_text": new_text,
    }


def changed_turns(correction: Correction) -> list[ChangedTurn]:
    """The turns that were typed otherwise, with their words compared."""
    found = []
    for position, edit in sorted(correction.edits.items()):
        turn = correction.before.turns[position]
        parts = parted(edit, correction.labels)
        lines = [f"{who}: {words}" if at else words for at, (who, words) in enumerate(parts)]
        stood = correction.before.text[turn.start : turn.end]
        found.append(
            ChangedTurn(
                position=position,
                before=turn.speaker,
                now=tuple(who for who, _ in parts),
                change=differences(stood, "\n".join(lines)),
                goes=not parts,
            )
        )
    return found


def place_of(access: Access, transcript: Transcript) -> dict[str, Any]:
    """The transcript and its address."""
    here = f"/studies/{access.study.id}/transcripts/{transcript.id}"
    return {"transcript": transcript, "here": here}


def turn_at(session: Session, version: TranscriptVersion, position: int) -> int:
    """The id of the turn at a place of a version, or of the last before it."""
    found = session.scalar(
        select(Turn.id)
        .where(Turn.version_id == version.id, Turn.position <= position)
        .order_by(Turn.position.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound("The text has no turns.", way_out="Go back to its versions.")
    return found


def _box(row: Turn, text: str, typed: Mapping[str, str]) -> Box:
    stands = text[row.start : row.end]
    return Box(
        position=row.position,
        turn_id=row.id,
        words=typed_words(typed.get(f"words-{row.position}", stands)),
        speaker=typed.get(f"speaker-{row.position}", str(row.appearance_id or "")),
        at=row.starts_at,
        question=row.question,
    )


def _listed(speakers: list[Appearance], boxes: Sequence[Box]) -> list[Appearance]:
    """Who can be chosen: everybody, or in a survey of thousands those on this page."""
    here = {box.speaker for box in boxes}
    few = len(speakers) <= MOST_LISTED
    return [row for row in speakers if few or str(row.id) in here]


def _spoken(
    session: Session, standing: TranscriptVersion, there: Sequence[Appearance]
) -> list[Appearance]:
    """Those who speak in the text first, then those who did in an earlier one."""
    ids = set(
        session.scalars(select(Turn.appearance_id).where(Turn.version_id == standing.id).distinct())
    )
    return sorted(there, key=lambda row: (row.id not in ids, row.id))
