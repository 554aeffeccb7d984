"""Writing suggestions down: only what changed, in short transactions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from capture.jobs import Bench
from capture.keeping_out import NEVER_LOOKED_AT
from capture.models import Code, Passage, Segment, Suggestion, Transcript, TranscriptVersion, now
from capture.models.suggestion import LEARNT
from capture.standing import looked_at

PASSAGES_A_WRITE = 400
"""Few enough that the write lock is held for some tens of milliseconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One suggestion as it should stand; the score in hundredths, as people read it."""

    code_id: int
    score: float
    source: str
    stance: str | None = None
    because: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class From:
    """What all of them come from."""

    model: str
    codebook_version: int
    decided: int


By = Mapping[int, Sequence[Wanted]]
"""Suggestions by passage; empty where no code is suggested."""


def keep(bench: Bench, study_id: int, wanted: By, come_from: From) -> int:
    """Bring the study's learnt suggestions to what is wanted; gives the number of rows changed."""
    with bench.store.writing() as session:
        _drop_what_is_not_looked_at(session, study_id)
    ids, changed = list(wanted), 0
    for at in range(0, len(ids), PASSAGES_A_WRITE):
        some = ids[at : at + PASSAGES_A_WRITE]
        with bench.store.reading() as session:
            as_it_is = not _Change(session, study_id, some, wanted).rows
        if not as_it_is:
            with bench.store.writing() as session:
                changed += _Change(session, study_id, some, wanted).make(session, come_from)
        bench.report(min(at + PASSAGES_A_WRITE, len(ids)), len(ids))
    return changed


class _Change:
    """What has to change on some passages, worked out and made in one transaction."""

    def __init__(
        self, session: Session, study_id: int, passage_ids: Sequence[int], wanted: By
    ) -> None:
        there = _there(session, study_id, passage_ids)
        self._gone: list[int] = []
        self._other: list[dict[str, object]] = []
        self._new: list[dict[str, object]] = []
        for passage_id in sorted(_looked_at(session, passage_ids)):
            rows = there[passage_id]
            for one in wanted[passage_id]:
                row = rows.pop((one.code_id, one.source), None)
                if row is None:
                    self._new.append({"passage_id": passage_id, **_values(one)})
                elif _values(one) != _values(row):
                    self._other.append({"id": row.id, **_values(one)})
            self._gone += [row.id for row in rows.values()]

    @property
    def rows(self) -> int:
        return len(self._gone) + len(self._other) + len(self._new)

    def make(self, session: Session, come_from: From) -> int:
        more = {
            "model": come_from.model,
            "codebook_version": come_from.codebook_version,
            "decided": come_from.decided,
            "created_at": now(),
        }
        if self._gone:
            session.execute(delete(Suggestion).where(Suggestion.id.in_(self._gone)))
        if self._other:
            session.execute(update(Suggestion), [{**one, **more} for one in self._other])
        if self._new:
            session.execute(insert(Suggestion), [{**one, **more} for one in self._new])
        return self.rows


def _values(one: Wanted | Suggestion) -> dict[str, object]:
    return {
        "code_id": one.code_id,
        "score": one.score,
        "source": one.source,
        "stance": one.stance,
        "because": list(one.because),
    }


def _there(
    session: Session, study_id: int, passage_ids: Sequence[int]
) -> defaultdict[int, dict[tuple[int, str], Suggestion]]:
    rows = session.scalars(
        select(Suggestion)
        .join(Code, Code.id == Suggestion.code_id)
        .where(
            Code.study_id == study_id,
            Suggestion.source.in_(LEARNT),
            Suggestion.passage_id.in_(passage_ids),
        )
    )
    found: defaultdict[int, dict[tuple[int, str], Suggestion]] = defaultdict(dict)
    for row in rows:
        found[row.passage_id][row.code_id, row.source] = row
    return found


def _looked_at(session: Session, passage_ids: Collection[int]) -> set[int]:
    """Of these, what may have suggestions now: somebody may have withdrawn in the meantime."""
    return set(
        session.scalars(
            select(Segment.passage_id).where(
                Segment.passage_id.in_(passage_ids),
                looked_at(),
            )
        )
    )


def _drop_what_is_not_looked_at(session: Session, study_id: int) -> None:
    """Who withdrew, or turned out to be the one who asks, has no suggestions any more."""
    stale = (
        select(Segment.passage_id)
        .join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.study_id == study_id, Segment.kept_out.in_(NEVER_LOOKED_AT))
    )
    session.execute(delete(Suggestion).where(Suggestion.passage_id.in_(stale)))
