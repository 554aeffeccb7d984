"""Carrying out what a correction was planned to do, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from capture.corrections.hanging import drop, forget_vectors, in_lots
from capture.corrections.plan import Look, Plan
from capture.keeping_out import NEAR_DUPLICATE, NEVER_LOOKED_AT, kept_out
from capture.models import (
    Appearance,
    NeedsLook,
    Passage,
    PassageMove,
    Segment,
    Suggestion,
    TranscriptVersion,
    Turn,
)
from transcripts import segments as cutting
from transcripts.spoken_words import Span


def carry_out(
    session: Session, planned: Plan, version: TranscriptVersion, turns: Sequence[Turn]
) -> None:
    """Move passages to a version, list those that wait, forget what is gone, cut the new text."""
    stay = [one.id for one, _ in (*planned.moves, *planned.kept)]
    leave = [look.passage.id for look in planned.looks]
    gone = [one.id for one in planned.gone]
    was = _segments_of(session, [*stay, *leave, *gone])
    texts = {one.text_sha256 for one in was.values()}
    drop(session, gone)
    for passage, span in planned.moves:
        move(session, passage, version, span)
    for passage, span in planned.kept:
        passage.version_id, passage.start, passage.end = version.id, *span
    there = _waiting_among(session, leave)
    for look in planned.looks:
        wait(session, look, version, there.get(look.passage.id))
    for some in in_lots(sorted(planned.returned)):
        session.execute(delete(NeedsLook).where(NeedsLook.passage_id.in_(some)))
    session.flush()
    segments = {one.id for _, one in planned.segments if one is not None}
    _no_segments(session, set(was) - segments - set(gone))
    _cut(session, version, planned.segments, turns, was)
    if version.hides_earlier:
        forget_vectors(session, texts)


def move(
    session: Session,
    passage: Passage,
    version: TranscriptVersion,
    span: Span,
    *,
    made_by: int | None = None,
) -> None:
    """Move a passage to its place in a version. A row of its own says where it was."""
    session.add(
        PassageMove(
            passage_id=passage.id,
            from_version_id=passage.version_id,
            from_start=passage.start,
            from_end=passage.end,
            to_version_id=version.id,
            to_start=span[0],
            to_end=span[1],
            made_by=made_by,
        )
    )
    passage.version_id, passage.start, passage.end = version.id, *span


def wait(session: Session, look: Look, version: TranscriptVersion, row: NeedsLook | None) -> None:
    """List a passage as waiting for its place in a version; `row` is there if it waits already."""
    start, end = look.proposed or (None, None)
    if row is None:
        row = NeedsLook(passage_id=look.passage.id, version_id=version.id, why=look.why)
        session.add(row)
    row.version_id, row.why, row.start, row.end = version.id, look.why, start, end


def _segments_of(session: Session, passage_ids: Iterable[int]) -> dict[int, Segment]:
    found: dict[int, Segment] = {}
    for some in in_lots(sorted(passage_ids)):
        rows = session.scalars(select(Segment).where(Segment.passage_id.in_(some)))
        found |= {row.passage_id: row for row in rows}
    return found


def _no_segments(session: Session, passage_ids: Iterable[int]) -> None:
    """These are no units of the text any more: their sentences are cut otherwise now."""
    for some in in_lots(sorted(passage_ids)):
        session.execute(delete(Segment).where(Segment.passage_id.in_(some)))


def _speakers(session: Session, turns: Sequence[Turn]) -> dict[int, Appearance]:
    ids = {turn.appearance_id for turn in turns}
    found: dict[int, Appearance] = {}
    for some in in_lots(sorted(one for one in ids if one is not None)):
        rows = session.scalars(select(Appearance).where(Appearance.id.in_(some)))
        found |= {row.id: row for row in rows}
    return found


def _waiting_among(session: Session, passage_ids: Iterable[int]) -> dict[int, NeedsLook]:
    found: dict[int, NeedsLook] = {}
    for some in in_lots(sorted(passage_ids)):
        rows = session.scalars(select(NeedsLook).where(NeedsLook.passage_id.in_(some)))
        found |= {row.passage_id: row for row in rows}
    return found


def _cut(
    session: Session,
    version: TranscriptVersion,
    segments: Sequence[tuple[cutting.Segment, Passage | None]],
    turns: Sequence[Turn],
    was: Mapping[int, Segment],
) -> None:
    """The segments of the new text: passages that were there go on, the others are made."""
    passages = [
        before or Passage(version_id=version.id, start=one.start, end=one.end)
        for one, before in segments
    ]
    session.add_all(passages)
    session.flush()
    speakers = _speakers(session, turns)
    unasked: list[int] = []
    for position, ((one, _), passage) in enumerate(zip(segments, passages, strict=True)):
        said, turn = version.text[one.start : one.end], turns[one.turn]
        who = speakers[turn.appearance_id or 0]
        row = was.get(passage.id) or Segment(
            passage_id=passage.id, turn_id=turn.id, position=0, words=0, text_sha256=""
        )
        session.add(row)
        key = sha256(said.encode()).hexdigest()
        reason = kept_out(said, facilitator=who.facilitator, scope=who.scope)
        if reason is None and row.kept_out == NEAR_DUPLICATE and row.text_sha256 == key:
            reason = NEAR_DUPLICATE
        row.turn_id, row.position, row.words = turn.id, position, one.words
        row.text_sha256, row.kept_out = key, reason
        unasked += [passage.id] if reason in NEVER_LOOKED_AT else []
    session.flush()
    for some in in_lots(unasked):
        session.execute(delete(Suggestion).where(Suggestion.passage_id.in_(some)))
