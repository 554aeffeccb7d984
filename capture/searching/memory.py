"""A study's segments and their vectors in memory, so that a search looks at all of them at once.

What is kept can be made again at any time, and is, when texts or vectors have changed. Whatever
decides who may be found (who withdrew, who asks) is not kept here: a search reads that each time.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from capture.keeping_out import BACK_CHANNEL, OFF_RECORD
from capture.models import (
    Passage,
    PassageMove,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
    Vector,
)
from capture.searching.ranking import runs_of
from capture.standing import in_standing_texts

MOST_SEGMENTS = 200_000
"""With vectors of 384 numbers these take 300 MiB. Studies asked for longest ago make room."""
Ids = NDArray[np.int64]
Source = tuple[str, str]
"""A model and a precision: whose vectors are meant."""


@dataclass(frozen=True, slots=True)
class Held:
    """Segments of the texts that stand: arrays of n rows, in the order they were said.

    `runs` are stretches of one conversation (in a survey, one person's answers); `quiet` segments
    say nothing of their own; `vectors` is (n, dimensions), and `read` says who has one.
    `by_number` sorts the passages.
    """

    passages: Ids
    transcripts: Ids
    turns: Ids
    positions: Ids
    appearances: Ids
    runs: Ids
    quiet: NDArray[np.bool_]
    read: NDArray[np.bool_]
    vectors: NDArray[np.float32]
    by_number: Ids

    def rows(self, passages: Ids) -> tuple[Ids, NDArray[np.bool_]]:
        """Where passages stand here, and which of those asked for do."""
        if not len(self.passages):
            return np.zeros(0, dtype=np.int64), np.zeros(len(passages), dtype=bool)
        at = np.searchsorted(self.passages, passages, sorter=self.by_number)
        at = self.by_number[np.minimum(at, len(self.passages) - 1)]
        there = self.passages[at] == passages
        return at[there], there


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is held of a study, and the state of the store that it was read in."""

    held: Held
    texts: tuple[object, ...]
    source: Source | None
    vectors: int

    def is_whole(self, texts: tuple[object, ...], source: Source | None) -> bool:
        """Whether nothing that came since could add to it."""
        if self.texts != texts:
            return False
        return source is None or (self.source == source and bool(self.held.read.all()))


class Memory:
    """What is held of the studies that were searched last."""

    def __init__(self, most: int = MOST_SEGMENTS) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[int, _Kept] = OrderedDict()

    def of(self, session: Session, study_id: int, source: Source | None) -> Held:
        """A study as it is now, with the vectors of a source, or with whichever there are."""
        with self._lock:
            there = self._held.pop(study_id, None)
            texts = _texts(session, study_id)
            if there is None or not there.is_whole(texts, source):
                now = (texts, source, _count(session, source))
                if there is None or (there.texts, there.source, there.vectors) != now:
                    there = _Kept(load(session, study_id, source), *now)
            self._held[study_id] = there
            while len(self._held) > 1 and self._segments() > self._most:
                self._held.popitem(last=False)
            return there.held

    def _segments(self) -> int:
        return sum(len(one.held.passages) for one in self._held.values())


def load(session: Session, study_id: int, source: Source | None) -> Held:
    """Read a study's segments, and their vectors where a source is given."""
    rows = np.array(
        [tuple(row) for row in session.execute(_rows(study_id))], dtype=np.int64
    ).reshape(-1, 7)
    passages, transcripts, turns, positions, appearances, survey, quiet = rows.T
    read, vectors = _vectors(session, study_id, source, passages)
    return Held(
        passages=passages,
        transcripts=transcripts,
        turns=turns,
        positions=positions,
        appearances=appearances,
        runs=runs_of(transcripts, np.where(survey, appearances, -1)),
        quiet=quiet.astype(bool),
        read=read,
        vectors=vectors,
        by_number=np.argsort(passages),
    )


def common_source(session: Session) -> Source | None:
    """The model and precision that most vectors of the store came from."""
    rows = session.execute(
        select(Vector.model, Vector.precision)
        .group_by(Vector.model, Vector.precision)
        .order_by(func.count().desc(), Vector.model, Vector.precision)
        .limit(1)
    ).first()
    return None if rows is None else (rows[0], rows[1])


def _texts(session: Session, study_id: int) -> tuple[object, ...]:
    """What changes whenever the segments of a study do."""
    texts = session.execute(
        select(Transcript.id, Transcript.version)
        .where(Transcript.study_id == study_id)
        .order_by(Transcript.id)
    ).all()
    moved = session.scalar(select(func.max(PassageMove.id)))
    return (*(tuple(row) for row in texts), moved)


def _count(session: Session, source: Source | None) -> int:
    """How many vectors of a source the store has."""
    if source is None:
        return 0
    of_source = and_(Vector.model == source[0], Vector.precision == source[1])
    return session.scalar(select(func.count()).select_from(Vector).where(of_source)) or 0


def _rows(study_id: int) -> Select[*tuple[Any, ...]]:
    survey = Transcript.kind == "survey"
    who = func.coalesce(Turn.appearance_id, 0)
    quiet = func.coalesce(Segment.kept_out, "").in_((BACK_CHANNEL, OFF_RECORD))
    return (
        select(Segment.passage_id, Transcript.id, Turn.id, Segment.position, who, survey, quiet)
        .join(Passage, Passage.id == Segment.passage_id)
        .join(Turn, Turn.id == Segment.turn_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .order_by(Transcript.id, func.iif(survey, who, 0), Segment.position)
    )


def _vectors(
    session: Session, study_id: int, source: Source | None, passages: Ids
) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which segments have a vector, and the vectors: (n,) and (n, dimensions)."""
    read = np.zeros(len(passages), dtype=bool)
    if source is None or len(passages) > MOST_SEGMENTS:
        return read, np.zeros((len(passages), 0), dtype=np.float32)
    found = dict(session.execute(_stored(study_id, source)).all())
    dimensions = len(next(iter(found.values()), b"")) // 4
    vectors = np.zeros((len(passages), dimensions), dtype=np.float32)
    for row, passage in enumerate(passages.tolist()):
        if passage in found:
            read[row] = True
            vectors[row] = np.frombuffer(found[passage], dtype="<f4")
    return read, vectors


def _stored(study_id: int, source: Source) -> Select[int, bytes]:
    asked = select(Segment.passage_id, Vector.data).join(
        Vector, Vector.text_sha256 == Segment.text_sha256
    )
    of_source = and_(Vector.model == source[0], Vector.precision == source[1])
    return in_standing_texts(asked, study_id).where(of_source)
