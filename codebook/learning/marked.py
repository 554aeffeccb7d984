"""Passages that people marked themselves, to be learnt from as well."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import Passage, Segment, Transcript, TranscriptVersion
from codebook.learning.said import Embed, Heard, Pair, Talk, beside_each, said_beside


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage in the text that stands, and the segments it touches, in their order."""

    passage_id: int
    text: str
    touches: tuple[int, ...]


def marked_by_people(session: Session, study_id: int, passage_ids: Collection[int]) -> list[Marked]:
    """Of these passages, the ones that are no segment; none with words of who withdrew."""
    rows = session.execute(
        select(Passage.id, Passage.version_id, Passage.start, Passage.end, Transcript.file_sha256)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(
            Transcript.study_id == study_id,
            TranscriptVersion.number == Transcript.version,
            Passage.origin != "machine",
            Passage.id.not_in(select(Segment.passage_id)),
        )
    )
    wanted = set(passage_ids)
    found = []
    of_version = defaultdict(list)
    for passage_id, version_id, start, end, file in rows:
        if passage_id in wanted:
            of_version[file, version_id].append((start, end, passage_id))
    for (_, version_id), spans in sorted(of_version.items()):
        text = session.scalar(
            select(TranscriptVersion.text).where(TranscriptVersion.id == version_id)
        )
        segments = _segments(session, version_id)
        for start, end, passage_id in sorted(spans):
            touched = [one for one in segments if one[0] < end and one[1] > start]
            if touched and all(kept_out != WITHDRAWN for *_, kept_out in touched):
                ids = tuple(segment_id for _, _, segment_id, _ in touched)
                found.append(Marked(passage_id, (text or "")[start:end], ids))
    return found


def _segments(session: Session, version_id: int) -> list[tuple[int, int, int, str | None]]:
    rows = session.execute(
        select(Passage.start, Passage.end, Passage.id, Segment.kept_out)
        .join(Segment, Segment.passage_id == Passage.id)
        .where(Passage.version_id == version_id)
        .order_by(Segment.position)
    )
    return [(start, end, passage_id, kept_out) for start, end, passage_id, kept_out in rows]


def heard_of(marked: list[Marked], talk: Talk, embed: Embed) -> Heard:
    """Marked passages with what stands beside them: what stands beside the segments they touch.

    Their vectors are made each time: nothing would say when a stored one has to be forgotten.
    """
    source = {segment.passage_id: segment.source for segment in talk.segments}
    there = [one for one in marked if all(touched in source for touched in one.touches)]
    beside = beside_each(talk, embed) if there else {}
    pairs: list[Pair] = [(beside[one.touches[0]][0], beside[one.touches[-1]][1]) for one in there]
    texts = [one.text for one in there]
    dimensions = talk.vectors.shape[1]
    vectors = embed(texts) if texts else talk.vectors[:0]
    return Heard(
        [one.passage_id for one in there],
        [source[one.touches[0]] for one in there],
        said_beside(texts, vectors, pairs, dimensions),
    )
