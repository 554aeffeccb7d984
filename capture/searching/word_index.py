"""The words of a study, indexed: what SQLite's FTS5 does for search, and all that is its own.

`segment_words` has a row for each segment that may be found, under the segment's number. Rows are
put in here, when a text is stored, corrected, or its speakers described anew. They go by triggers
(migration 0003), so that no path that takes a segment away, changes its words or withdraws its
speaker can forget to.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import TranscriptVersion
from capture.searching.folding import folded_text
from capture.searching.lighting import BEGIN, END
from capture.searching.question import Term


@dataclass(frozen=True, slots=True)
class Found:
    """Segments in which a term stands, with their BM25 scores: both (m,), by number."""

    passages: NDArray[np.int64]
    scores: NDArray[np.float64]


def put(session: Session, segments: Iterable[tuple[int, str]]) -> None:
    """Index segments: their numbers and words."""
    rows = [{"id": key, "words": folded_text(words)} for key, words in segments]
    if rows:
        session.execute(text("INSERT INTO segment_words (rowid, words) VALUES (:id, :words)"), rows)


def index_version(session: Session, version: TranscriptVersion) -> None:
    """Index those segments of a version that may be found and are not there yet."""
    session.flush()
    rows = session.execute(_NOT_THERE, {"version": version.id, "withdrawn": WITHDRAWN})
    put(session, [(key, version.text[start:end]) for key, start, end in rows])


_NOT_THERE = text("""
    SELECT passage.id, passage.start, passage."end" FROM passage
    JOIN segment ON segment.passage_id = passage.id
    WHERE passage.version_id = :version AND segment.kept_out IS NOT :withdrawn
    AND NOT EXISTS (SELECT 1 FROM segment_words WHERE segment_words.rowid = passage.id)
""")


def forget(session: Session) -> None:
    """Leave nothing of words that were taken away: FTS5 keeps them until its index is merged.

    What the merge frees is overwritten (`secure_delete`), in the file after the next checkpoint.
    """
    session.flush()
    session.execute(text("INSERT INTO segment_words (segment_words) VALUES ('optimize')"))


def find(session: Session, term: Term) -> Found:
    """Where a term stands, in every study of the store, by number of the segment."""
    asked = "SELECT rowid, -bm25(segment_words) FROM segment_words WHERE segment_words MATCH :match"
    given = {"match": _quoted(term)}
    if term.exact:
        asked += " AND instr(' ' || words || ' ', :exactly)"
        given["exactly"] = f" {' '.join(term.words)} "
    rows = session.execute(text(f"{asked} ORDER BY rowid"), given).all()
    both = np.array([tuple(row) for row in rows], dtype=np.float64).reshape(-1, 2)
    return Found(both[:, 0].astype(np.int64), both[:, 1])


def marked(session: Session, terms: Sequence[Term], keys: Sequence[int]) -> dict[int, str]:
    """The folded words of some segments, with BEGIN and END around what of terms stands in them.

    Terms that must stand exactly are left out: `capture.searching.lighting` looks for those.
    """
    match = " OR ".join(_quoted(term) for term in terms if not term.exact)
    asked = text(
        "SELECT rowid, highlight(segment_words, 0, :begin, :end) FROM segment_words "
        "WHERE segment_words MATCH :match AND rowid IN (SELECT value FROM json_each(:keys))"
    )
    given = {"begin": BEGIN, "end": END, "match": match, "keys": json.dumps(list(keys))}
    return dict(session.execute(asked, given).all()) if match else {}


def _quoted(term: Term) -> str:
    """A term as FTS5 takes it: folded words hold no quotes, so nothing typed is its syntax."""
    return f'"{" ".join(term.words)}"'
