"""The benchmark runs from end to end on a tiny invented corpus, so that it doesn't rot."""

from hashlib import sha256

import numpy as np
import pytest

from benchmarks import embedding, growth, ordinary, suggestions, themes
from benchmarks.corpora import Coded
from benchmarks.kept_vectors import KeptVectors
from benchmarks.measures import between, by_question, hits, mean_average_precision
from benchmarks.studies import Study
from codebook.entries import CodeEntry

SUBJECTS = {
    "Money": "grant budget funding march accountant spend pounds",
    "Time": "hour caseload week visit diary minutes evening",
    "Trust": "listen believe honest promise knock door family",
}
TRANSCRIPTS, PASSAGES = 4, 12


class ByWords:
    """Vectors that are the sum of a direction for each word."""

    model, precision, dimensions = "words@1", "fp32", 32

    def encode(self, texts, **_asked):
        made = np.stack([sum(map(self._of, text.lower().split())) for text in texts])
        return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)

    def _of(self, word):
        seed = int.from_bytes(sha256(word.strip(".").encode()).digest()[:4], "little")
        return np.random.default_rng(seed).standard_normal(self.dimensions)


@pytest.fixture
def vectors():
    return KeptVectors(embedder=ByWords())


@pytest.fixture(scope="module")
def corpus():
    chance = np.random.default_rng(0)
    names = list(SUBJECTS)
    texts, transcripts, codes = [], [], []
    for at in range(TRANSCRIPTS * PASSAGES):
        code = int(chance.integers(len(names)))
        words = chance.permutation(SUBJECTS[names[code]].split())[:5]
        texts.append(f"We said {' '.join(words)} in sentence {at} of the talk.")
        transcripts.append(f"talk {at // PASSAGES}")
        codes.append(code)
    entries = tuple(
        CodeEntry(name, name, "codes", f"About {words}.") for name, words in SUBJECTS.items()
    )
    before, after = ("", *texts[:-1]), (*texts[1:], "")
    confirmed = np.eye(len(names), dtype=np.bool_)[codes]
    return Coded("talks", tuple(texts), tuple(transcripts), before, after, entries, confirmed)


def test_themes_are_compared(monkeypatch, corpus, vectors):
    monkeypatch.setattr(themes, "SEEDS", (0, 1))
    monkeypatch.setattr(themes, "DRAWS", 1)
    # BERTopic is installed for the benchmark alone.
    monkeypatch.setattr(ordinary, "bertopic", lambda _texts, v, s: ordinary.k_means(v, 2, s))
    (table,) = themes.measure([corpus], vectors)
    assert [row[0] for row in table.rows][:3] == [
        "k-means, told the true count",
        "BERTopic, defaults",
        "ours, coarse",
    ]
    assert "another order: identical" in table.note


def test_suggestions_are_compared(monkeypatch, corpus, vectors):
    monkeypatch.setattr(suggestions, "LEARNT_FROM", (0, 10))
    compared, curve = suggestions.measure([corpus], vectors)
    ours = [row for row in compared.rows if row[1] == "**ours**"]
    assert len(ours) == 2
    assert float(ours[0][2].split("/")[0]) > 0.8
    assert [row[0] for row in curve.rows] == ["0", "10", "all"]


def test_growth_is_measured_in_a_process_of_its_own(monkeypatch, corpus, vectors):
    monkeypatch.setattr(growth, "RUNS", 1)
    study = Study(
        "talks",
        corpus.texts,
        corpus.transcripts,
        corpus.transcripts,
        np.ones(len(corpus.texts), dtype=np.bool_),
    )
    (table,) = growth.measure([study], vectors, sizes=(60,))
    assert table.rows[0][0] == "60"
    assert float(table.rows[0][3].replace(",", "")) > 50


def test_ways_to_embed_take_turns_on_the_same_texts():
    heard = []

    def way(name):
        return lambda texts: heard.append((name, len(texts)))

    times = embedding.take_turns({"theirs": way("theirs"), "ours": way("ours")}, ["a"] * 60)
    assert heard[2:6] == [("theirs", 60), ("ours", 60), ("theirs", 60), ("ours", 60)]
    assert set(times) == {"theirs", "ours"}


def test_measures_are_those_of_the_books():
    scores = np.array([[0.9, 0.1, 0.0], [0.2, 0.3, 0.5], [0.1, 0.2, 0.7]])
    truth = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=np.bool_)
    assert hits(scores, truth, (1, 2)) == [0.5, 1.0]
    assert mean_average_precision(scores, truth) == 1.0
    assert by_question(scores, truth) == pytest.approx((1 + 1 / 2) / 2)
    assert between([np.array([0, 0, 1]), np.array([1, 1, 0]), np.array([0, 0, 1])]) == 1.0
