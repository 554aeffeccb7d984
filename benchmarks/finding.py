"""Our search beside words alone and meaning alone: people's questions, and turns they are about.

Everything but the textbook's BM25 is the product's own: the meetings stand in a store, a turn a
segment; words are found in its index, and the order is what the screen shows.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sqlalchemy.orm import Session

from benchmarks.corpora import Asked
from benchmarks.kept_vectors import KeptVectors, Vectors
from benchmarks.measures import by_question
from benchmarks.tables import Table, three
from capture.keeping_out import kept_out
from capture.models import Passage, Segment, Study, Transcript, TranscriptVersion, Turn, Vector
from capture.searching.meaning import Meant
from capture.searching.memory import Held, Memory
from capture.searching.question import read_question
from capture.searching.ranking import rank
from capture.searching.search import Wanted, search
from capture.searching.word_index import find, index_version
from capture.settings import Settings
from capture.store import open_store

HEAD = ("turns by", "mean average precision", "ours is higher by")
OURS = "**ours, every turn in its order**"
MODEL, PRECISION = "kept", "fp32"
SATURATION, LENGTH = 1.2, 0.75
"""k1 and b of BM25, as Robertson and Zaragoza (2009) have them."""
Scores = NDArray[np.float64]
_WORD = re.compile("[a-z0-9']+")


@dataclass(frozen=True)
class Given:
    """A corpus in a store: how to ask it, and the vectors of its questions."""

    session: Session
    memory: Memory
    study_id: int
    asked: Asked
    meant: Vectors

    def held(self) -> Held:
        """The turns as search holds them, in the corpus' own order."""
        return self.memory.of(self.session, self.study_id, (MODEL, PRECISION))


def measure(asked: Sequence[Asked], vectors: KeptVectors) -> list[Table]:
    """A table for each corpus of questions; over all its turns, whatever meeting they are of."""
    return [_measure(one, vectors) for one in asked]


def _measure(asked: Asked, vectors: KeptVectors) -> Table:
    with _stored(asked, vectors) as given:
        words, meaning = _by_words(given), _by_meaning(given)
        runs = given.held().runs
        pairs = list(zip(words, meaning, strict=True))
        ways = {
            "BM25 of the textbook, words as they stand": textbook(asked.turns, asked.questions),
            "our index alone: BM25, stems, no grammar": words,
            "vectors alone": meaning,
            "both, without the neighbours": np.array(
                [rank(one, other, runs, smooth=False) for one, other in pairs]
            ),
            OURS: np.array([rank(one, other, runs) for one, other in pairs]),
            "ours, as the screen lists it: what isn't found comes last": _as_listed(given),
        }
    figures = {name: by_question(scores, asked.answers) for name, scores in ways.items()}
    rows = [
        [name, three([one]), "" if "ours" in name else f"{figures[OURS] / one - 1:+.0%}"]
        for name, one in figures.items()
    ]
    note = (
        f"{len(asked.questions)} questions of people, each about some turns of one meeting, "
        f"asked of all {len(asked.turns):,} turns of {len(set(asked.meetings))} meetings."
    )
    return Table(f"Search, {asked.name}", HEAD, rows, note)


@contextmanager
def _stored(asked: Asked, vectors: KeptVectors) -> Iterator[Given]:
    with TemporaryDirectory() as folder:
        store = open_store(Settings(data=Path(folder)))
        try:
            with store.writing() as session:
                study_id = _fill(session, asked)
                vector_of = dict(zip(asked.turns, vectors.of(asked.turns), strict=True))
                session.add_all(
                    Vector(
                        text_sha256=_key(turn),
                        model=MODEL,
                        precision=PRECISION,
                        data=vector.astype("<f4").tobytes(),
                    )
                    for turn, vector in vector_of.items()
                )
            with store.reading() as session:
                yield Given(session, Memory(), study_id, asked, vectors.of(asked.questions))
        finally:
            store.close()


def _fill(session: Session, asked: Asked) -> int:
    study = Study(name=asked.name)
    session.add(study)
    session.flush()
    pairs = zip(asked.meetings, asked.turns, strict=True)
    for meeting, turns in groupby(pairs, key=lambda pair: pair[0]):
        _add_meeting(session, study.id, meeting, [turn for _, turn in turns])
    return study.id


def _add_meeting(session: Session, study_id: int, meeting: str, turns: Sequence[str]) -> None:
    transcript = Transcript(
        study_id=study_id,
        name=meeting,
        file_name=meeting,
        file_sha256=_key(meeting),
        kind="focus group",
    )
    session.add(transcript)
    session.flush()
    text = "\n\n".join(turns)
    version = TranscriptVersion(transcript_id=transcript.id, text=text, text_sha256=_key(text))
    session.add(version)
    session.flush()
    start = 0
    for position, said in enumerate(turns):
        end = start + len(said)
        turn = Turn(version_id=version.id, position=position, start=start, end=end)
        passage = Passage(version_id=version.id, start=start, end=end)
        session.add_all([turn, passage])
        session.flush()
        segment = Segment(
            passage_id=passage.id,
            turn_id=turn.id,
            position=position,
            words=len(said.split()),
            text_sha256=_key(said),
            kept_out=kept_out(said, facilitator=False, scope="quote with role"),
        )
        session.add(segment)
        start = end + 2
    index_version(session, version)


def _by_words(given: Given) -> Scores:
    held = given.held()
    scores = np.zeros((len(given.asked.questions), len(held.passages)))
    for row, typed in enumerate(given.asked.questions):
        for term in read_question(typed).words:
            found = find(given.session, term)
            at, there = held.rows(found.passages)
            scores[row, at] += found.scores[there]
    return scores


def _by_meaning(given: Given) -> Scores:
    return np.asarray(given.meant @ given.held().vectors.T, dtype=np.float64)


def _as_listed(given: Given) -> Scores:
    """What the screen shows, first to last; what is not found shares the last place."""
    held = given.held()
    scores = np.zeros((len(given.asked.questions), len(held.passages)))
    for row, typed in enumerate(given.asked.questions):
        meant = Meant(MODEL, PRECISION, given.meant[row])
        wanted = Wanted(voices="everyone")
        hits = search(
            given.session, given.memory, given.study_id, read_question(typed), wanted, meant
        ).found
        at, _ = held.rows(np.array([hit.passage_id for hit in hits], dtype=np.int64))
        scores[row, at] = np.arange(len(hits), 0, -1)
    return scores


def textbook(turns: Sequence[str], questions: Sequence[str]) -> Scores:
    """Okapi BM25 over lower-case words, shape (questions, turns)."""
    counter = CountVectorizer(analyzer=lambda text: _WORD.findall(text.lower()))
    said = counter.fit_transform(turns).astype(np.float64).tocsr()
    length = np.asarray(said.sum(axis=1)).ravel()
    held = np.asarray((said > 0).sum(axis=0)).ravel()
    rarity = np.log(1 + (len(turns) - held + 0.5) / (held + 0.5))
    long = np.repeat(1 - LENGTH + LENGTH * length / length.mean(), np.diff(said.indptr))
    said.data *= (SATURATION + 1) / (said.data + SATURATION * long)
    sought = (counter.transform(questions) > 0).astype(np.float64)
    return np.asarray((sought @ said.multiply(rarity).T.tocsr()).todense())


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()
