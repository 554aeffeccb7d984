"""Talk that is searched in tests: stored as any other, with vectors where a test wants them."""

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.encoding import vectors
from capture.encoding.embed import Embedder
from capture.ingest import content_key, ingest
from capture.models import Passage, Segment, Study, TranscriptVersion
from capture.searching.meaning import Meant, State
from capture.searching.memory import Memory
from capture.searching.question import read_question
from capture.searching.search import Hits, Wanted, search
from transcripts.manifest import FileEntry
from transcripts.readers import read

SOURCE = ("made", "fp32")


def study_of(session: Session, *talks: str, entry: FileEntry | None = None) -> int:
    """A study of some talks, each `Speaker: words` a paragraph."""
    study = Study(name=f"Study {len(session.scalars(select(Study)).all()) + 1}")
    session.add(study)
    session.flush()
    for number, talk in enumerate(talks, start=1):
        data = talk.encode()
        reading = read(f"talk-{number}.txt", data)
        ingest(session, study.id, reading, key=content_key(data), entry=entry)
    return study.id


def words_found(session: Session, study_id: int, typed: str, **wanted: object) -> list[str]:
    """The segments found by words alone, the nearest first, as they were said."""
    hits = search(session, Memory(), study_id, read_question(typed), Wanted(**wanted))
    return said(session, hits)


def said(session: Session, hits: Hits) -> list[str]:
    """What was said where something was found."""
    words = []
    for hit in hits.found:
        passage = session.get_one(Passage, hit.passage_id)
        version = session.get_one(TranscriptVersion, passage.version_id)
        words.append(version.text[passage.start : passage.end])
    return words


class Made:
    """An embedder of made vectors: what a text is about, as a test says."""

    model, precision, dimensions = (*SOURCE, 3)

    def __init__(self, about: dict[str, tuple[float, float, float]]) -> None:
        self.about = about

    def encode(self, texts, *, progress=None):
        """The vector of the first word of `about` that a text holds; else none, far from all."""
        del progress
        rows = [next((v for w, v in self.about.items() if w in t), (0, 0, 0)) for t in texts]
        found = np.array(rows, dtype=np.float32)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def embed(session: Session, embedder: Embedder) -> None:
    """Give every segment of the store its vector."""
    rows = session.execute(
        select(Segment.text_sha256, TranscriptVersion.text, Passage.start, Passage.end)
        .join(Passage, Passage.id == Segment.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
    )
    texts = {key: text[start:end] for key, text, start, end in rows}
    vectors.keep(session, embedder, list(texts), embedder.encode(list(texts.values())))
    session.flush()


def meant(embedder: Embedder, words: str) -> Meant:
    """What the model makes of a question."""
    return Meant(embedder.model, embedder.precision, embedder.encode([words])[0])


def first_words(session: Session, study_id: int, typed: str, **wanted: object) -> set[str]:
    """Who is found, whoever asks or answers, by the first word of what they said."""
    everyone = {"voices": "everyone", **wanted}
    return {words.split()[0] for words in words_found(session, study_id, typed, **everyone)}


class Here:
    """The meaning of a question, in this process: as ready as a test says."""

    def __init__(self, embedder: Embedder, state: State = "ready", why: str = "") -> None:
        self.embedder, self.state, self.why = embedder, state, why
        self.asked: list[str] = []

    def of(self, words: str) -> Meant | None:
        self.asked.append(words)
        if self.state != "ready":
            return None
        vector = self.embedder.encode([words])[0]
        return Meant(self.embedder.model, self.embedder.precision, vector)

    def close(self) -> None:
        """Nothing is open."""
