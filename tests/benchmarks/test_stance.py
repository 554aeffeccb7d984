"""The benchmark of stances runs on the sample study's labels, whatever the vectors."""

import numpy as np

from benchmarks import stance
from benchmarks.kept_vectors import KeptVectors
from codebook.suggesting.stances import STANCES
from tests.codebook.words_as_vectors import ByWords


def test_stances_are_compared_with_their_interval(monkeypatch):
    monkeypatch.setattr(stance, "DRAWS", 50)
    (table,) = stance.measure(KeptVectors(embedder=ByWords()))
    assert [row[0] for row in table.rows][:4] == [
        "always the most frequent",
        "MiniLM + logistic",
        "MiniLM + logistic, balanced",
        "**ours**",
    ]
    for row in table.rows:
        low, high = map(float, row[2].split("–"))
        assert low <= float(row[1]) <= high
    assert table.rows[0][3:] == ["0.00", "0.77", "0.00"]


def test_every_label_is_of_a_passage_of_the_sample_and_each_stance_is_there():
    one = stance.labelled(KeptVectors(embedder=ByWords()))
    assert len(one.given) > 250
    assert set(one.given) == set(range(len(STANCES)))
    assert len(np.unique(one.groups)) == 12
