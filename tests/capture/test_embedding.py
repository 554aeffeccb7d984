"""What a text costs once it has its vector: nothing. Counted in texts and rows, not in seconds."""

from hashlib import sha256

import numpy as np
import pytest
from sqlalchemy import event, func, select

from capture.collecting import Incoming, collect
from capture.corrections.taking_out import put_off_record
from capture.encoding.embedding import count_unembedded, embed_some, next_unembedded, plan_embedding
from capture.ingest import ingest
from capture.jobs import Bench
from capture.models import Segment, Transcript, TranscriptVersion, Vector
from capture.transcript_view import standing_version
from codebook.beginnings import begin
from tests.builders import build_study
from transcripts.readers import read

SENTENCES = 40


class Counting:
    """An embedder that counts: a text's vector comes from its hash."""

    model, precision, dimensions = "counting@1", "fp32", 8

    def __init__(self):
        self.encoded = []

    def encode(self, texts, **_asked):
        self.encoded += texts
        rows = [np.frombuffer(sha256(text.encode()).digest(), dtype="<u4") for text in texts]
        made = np.array(rows, dtype=np.float32).reshape(len(texts), 8) + 1
        return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def embedder():
    return Counting()


@pytest.fixture
def bench(store, settings, embedder):
    made = Bench(store, settings)
    made._embedder.append(embedder)
    return made


@pytest.fixture
def study_id(store):
    with store.writing() as session:
        return begin(session, "A study").id


@pytest.fixture
def rows_read(store):
    """How many rows the database handed over, however many queries asked for them."""
    counted = []

    def count(_cursor, row):
        counted.append(row)
        return row

    @event.listens_for(store.engine, "checkout")
    def listen(connection, _record, _proxy):
        connection.row_factory = count

    return counted


def transcript(number):
    lines = [
        f"Worker {turn}: In place {number} we met family {turn} at home, with time to listen to it."
        for turn in range(SENTENCES)
    ]
    return "\n".join(lines).encode()


def put(store, study_id, *numbers):
    files = [Incoming(f"talk-{n}.txt", lambda n=n: transcript(n)) for n in numbers]
    assert len(collect(store, study_id, files).added) == len(numbers)


def embed_all(bench, study_id):
    for number in range(plan_embedding(bench, study_id)):
        embed_some(bench, study_id, number)


def vectors(store):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(Vector))


def test_every_different_text_gets_one_vector(bench, store, study_id, embedder):
    put(store, study_id, 1, 2)
    embed_all(bench, study_id)
    with store.reading() as session:
        texts = set(session.scalars(select(Segment.text_sha256)))
        assert set(session.scalars(select(Vector.text_sha256))) == texts
    assert {sha256(text.encode()).hexdigest() for text in embedder.encoded} == texts


def test_what_is_embedded_is_never_embedded_again(bench, store, study_id, embedder):
    put(store, study_id, 1)
    embed_all(bench, study_id)
    embedder.encoded.clear()
    assert plan_embedding(bench, study_id) == 0
    embed_some(bench, study_id, 0)
    assert embedder.encoded == []


def test_one_transcript_added_to_many_costs_what_one_costs(
    bench, store, study_id, embedder, rows_read
):
    def cost_of(number):
        put(store, study_id, number)
        embedder.encoded.clear()
        rows_read.clear()
        embed_all(bench, study_id)
        return len(embedder.encoded), len(rows_read)

    alone = cost_of(1)
    put(store, study_id, *range(2, 14))
    embed_all(bench, study_id)
    assert cost_of(14) == alone


def test_texts_come_a_stepful_at_a_time_and_each_once(store, study_id, embedder):
    put(store, study_id, 1, 2, 3)
    with store.reading() as session:
        count = count_unembedded(session, study_id, embedder)
        some = next_unembedded(session, study_id, embedder, most=count - 1)
        everything = next_unembedded(session, study_id, embedder, most=count + 1)
    assert len(some) == count - 1
    assert len(everything) == count
    assert list(everything)[: len(some)] == list(some)


def test_words_said_twice_are_embedded_once_and_those_around_them_all_the_same(
    bench, store, study_id, embedder
):
    again = b"Worker 1: We met the family at home and listened for an hour or more.\n" * 3
    again += b"Worker 2: Nobody had told us that the grant would end before the summer.\n"
    collect(store, study_id, [Incoming("again.txt", lambda: again)])
    embed_all(bench, study_id)
    assert len(embedder.encoded) == len(set(embedder.encoded)) == vectors(store)


def test_another_studys_texts_are_not_embedded(bench, store, study_id, embedder):
    with store.writing() as session:
        other = build_study(session, "Other").study_id
    put(store, study_id, 1)
    embed_all(bench, study_id)
    assert plan_embedding(bench, study_id) == 0
    with store.reading() as session:
        assert count_unembedded(session, other, embedder) > 0


def test_vectors_of_another_model_or_precision_count_for_nothing(bench, store, study_id, embedder):
    put(store, study_id, 1)
    embed_all(bench, study_id)
    embedder.precision = "bf16"
    assert plan_embedding(bench, study_id) == 1


def test_only_the_version_that_stands_is_embedded(bench, store, study_id, embedder):
    put(store, study_id, 1)
    with store.writing() as session:
        old = session.scalars(select(TranscriptVersion)).one()
        old.number = 0
    assert plan_embedding(bench, study_id) == 0
    assert embedder.encoded == []


def test_words_taken_out_while_they_are_embedded_leave_no_vector(bench, store, embedder, study_id):
    talk = b"P1: We walked to school.\n\nP2: The caseloads crept up.\n\nP1: And nobody said so.\n"
    with store.writing() as session:
        reading = read("talk.txt", talk)
        transcript_id = ingest(session, study_id, reading, key="talk").transcript_id
    encode = embedder.encode

    def encode_meanwhile(texts, **asked):
        put_caseloads_off(store, transcript_id)
        return encode(texts, **asked)

    embedder.encode = encode_meanwhile
    embed_some(bench, study_id, 0)
    with store.reading() as session:
        kept = set(session.scalars(select(Vector.text_sha256)))
        said = set(session.scalars(select(Segment.text_sha256)))
    assert len(kept) == 2
    assert kept <= said


def put_caseloads_off(store, transcript_id):
    with store.writing() as session:
        transcript = session.get_one(Transcript, transcript_id)
        version = standing_version(session, transcript)
        at = version.text.index("caseloads")
        span = (at, at + len("caseloads"))
        put_off_record(session, transcript, span, version=version.number, made_by=None)
