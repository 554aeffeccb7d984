"""The benchmark of search runs on a tiny invented corpus; its textbook BM25 is the textbook's."""

import math

import numpy as np
import pytest

from benchmarks import finding
from benchmarks.corpora import Asked
from benchmarks.kept_vectors import KeptVectors
from tests.benchmarks.test_frame import ByWords

TURNS = (
    "The grant came in March and the accountant was pleased.",
    "She spends the grant on petrol, mostly.",
    "We had an hour with the family and nobody knocked.",
    "An hour is an hour, whoever pays for it.",
    "The lift was broken again.",
    "We took the stairs to the third floor.",
)


@pytest.fixture
def asked() -> Asked:
    answers = np.zeros((2, len(TURNS)), dtype=np.bool_)
    answers[0, :2], answers[1, 2:4] = True, True
    questions = ("What became of the grant?", "Who had an hour?")
    return Asked("talks", TURNS, ("a", "a", "a", "b", "b", "b"), questions, answers)


def test_every_way_is_measured_and_ours_is_among_them(asked):
    (table,) = finding.measure([asked], KeptVectors(embedder=ByWords()))
    figures = {row[0]: row[1] for row in table.rows}
    assert len(figures) == 6
    assert figures["our index alone: BM25, stems, no grammar"] == "1.000"
    assert all(0 <= float(figure) <= 1 for figure in figures.values())


def test_the_textbooks_bm25_is_worked_out_as_there():
    scores = finding.textbook(["hour hour family", "grant"], ["hour"])
    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert scores[0] == pytest.approx([expected, 0])
