"""The phase of an analysis that gives every text of a study its vector.

What has none is looked for by a query, and only its own transcripts are read: a transcript added to
a hundred costs what one transcript costs. The arithmetic is in embed.py.
"""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any

from sqlalchemy import Row, Select, distinct, exists, func, select
from sqlalchemy.orm import Session

from capture.corrections import hanging
from capture.encoding import vectors
from capture.encoding.embed import Embedder
from capture.jobs import Bench, Phase
from capture.models import Passage, Segment, Transcript, TranscriptVersion, Vector

TEXTS_A_STEP = 256
"""About a second of embedding on two ordinary cores."""


def plan_embedding(bench: Bench, study_id: int) -> int:
    """How many steps it takes to embed what has no vector yet."""
    with bench.store.reading() as session:
        return ceil(count_unembedded(session, study_id, bench.embedder) / TEXTS_A_STEP)


def embed_some(bench: Bench, study_id: int, _number: int) -> None:
    """Embed the next texts that have no vector; whatever was stored before a stop is not redone."""
    with bench.store.reading() as session:
        some = next_unembedded(session, study_id, bench.embedder)
    if not some:
        return
    computed = bench.embedder.encode(list(some.values()))
    with bench.store.writing() as session:
        vectors.keep(session, bench.embedder, list(some), computed)
        hanging.forget_vectors(session, some)  # of words taken out of a text meanwhile


def count_unembedded(session: Session, study_id: int, embedder: Embedder) -> int:
    """How many different texts of the versions that stand have no vector."""
    counted = func.count(distinct(Segment.text_sha256))
    return session.scalar(_without_vector(select(counted), study_id, embedder)) or 0


def next_unembedded(
    session: Session, study_id: int, embedder: Embedder, most: int = TEXTS_A_STEP
) -> dict[str, str]:
    """At most so many texts without a vector, by their SHA-256, transcript after transcript."""
    columns = select(Segment.text_sha256, Passage.version_id, Passage.start, Passage.end)
    standing = _without_vector(columns, study_id, embedder)
    in_order = standing.order_by(Passage.version_id, Passage.start)
    found: dict[str, str] = {}
    with session.execute(in_order.execution_options(yield_per=most)) as rows:
        spans = dict(_different(rows, most))
    texts = _texts(session, {version for version, _, _ in spans.values()})
    for key, (version, start, end) in spans.items():
        found[key] = texts[version][start:end]
    return found


def _different(
    rows: Iterable[Row[*tuple[Any, ...]]], most: int
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The first rows that say something different."""
    seen: set[str] = set()
    for key, version, start, end in rows:
        if key not in seen:
            seen.add(key)
            yield key, (version, start, end)
        if len(seen) == most:
            return


def _texts(session: Session, versions: set[int]) -> dict[int, str]:
    asked = select(TranscriptVersion.id, TranscriptVersion.text)
    return dict(session.execute(asked.where(TranscriptVersion.id.in_(versions))).all())


def _without_vector(
    columns: Select[*tuple[Any, ...]], study_id: int, embedder: Embedder
) -> Select[*tuple[Any, ...]]:
    there = exists().where(
        Vector.text_sha256 == Segment.text_sha256,
        Vector.model == embedder.model,
        Vector.precision == embedder.precision,
    )
    return (
        columns.select_from(Transcript)
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .join(Passage, Passage.version_id == TranscriptVersion.id)
        .join(Segment, Segment.passage_id == Passage.id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .where(~there)
    )


EMBEDDING = Phase("embed", "Reading segments for their meaning", plan_embedding, embed_some)
