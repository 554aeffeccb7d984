"""The likely stance beside an ordinary classifier, one transcript of the sample study left out."""

import csv
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from benchmarks.corpora import SAMPLE_CODINGS, read_sample
from benchmarks.kept_vectors import KeptVectors
from benchmarks.tables import Table
from capture.one_thread import one_thread
from codebook.suggesting.stances import STANCES, Stanced, stance_chances
from codebook.suggesting.views import Floats, Views, said_alone

Places = NDArray[np.int64]
DRAWS = 2_000
INTERVAL = (2.5, 97.5)
HEAD = ("stance by", "macro-F1", "95 % interval", *(f"F1 {one}" for one in STANCES))
NOTE = """Stances given by hand in the sample study (benchmarks/sample_codings.csv); those said to
be "none" are left out. Every one is predicted when its transcript was left out. The interval:
passages drawn again 2,000 times. MiniLM + logistic is scikit-learn's with its defaults, and with
rare stances weighed as much as frequent ones (balanced), on the same vectors. "Ours, of those
suggested" are the ones likely enough to be shown."""


@dataclass(frozen=True)
class Labelled:
    """What a person said of the stance, and of which passage, in which transcript."""

    vectors: Floats
    """(m, dimensions)."""
    own: Floats
    """(m, dimensions): the views of the passages' own words."""
    given: Places
    groups: Places
    passages: Places


def labelled(vectors: KeptVectors) -> Labelled:
    """The stances of the sample study; a passage may have several, each of another code."""
    corpus = read_sample()
    keys = list(zip(corpus.transcripts, corpus.texts, strict=True))
    place = {key: at for at, key in enumerate(keys)}
    with SAMPLE_CODINGS.open(newline="", encoding="utf-8") as opened:
        rows = [row for row in csv.DictReader(opened) if row["stance"] in STANCES]
    at = np.array([place[row["transcript"], row["words"]] for row in rows])
    names = sorted(set(corpus.transcripts))
    said = said_alone(corpus.texts, vectors.of(corpus.texts))
    return Labelled(
        said.vectors[at],
        Views(said).own(said)[at],
        np.array([STANCES.index(row["stance"]) for row in rows]),
        np.array([names.index(row["transcript"]) for row in rows]),
        at,
    )


@one_thread()
def measure(vectors: KeptVectors) -> list[Table]:
    """One table: ordinary, balanced, and ours."""
    one = labelled(vectors)
    most = np.full(len(one.given), int(np.bincount(one.given).argmax()))
    chances = ours(one)
    shown = np.flatnonzero(chances.max(axis=1) >= 0.5)
    rows = [
        _row("always the most frequent", most, one),
        _row("MiniLM + logistic", ordinary(one, None), one),
        _row("MiniLM + logistic, balanced", ordinary(one, "balanced"), one),
        _row("**ours**", chances.argmax(axis=1), one),
        _row(f"ours, of those suggested ({len(shown)})", chances.argmax(axis=1), one, shown),
    ]
    counts = ", ".join(
        f"{count} {name}"
        for name, count in zip(STANCES, np.bincount(one.given, minlength=3), strict=True)
    )
    note = f"{len(one.given)} stances ({counts}) in {len(set(one.groups))} transcripts. {NOTE}"
    return [Table("Stance: the sample study", HEAD, rows, note)]


def ordinary(one: Labelled, weight: str | None) -> Places:
    """Which stance logistic regression on the vectors gives, (m,)."""
    found = np.zeros_like(one.given)
    for out in _folds(one):
        learner = LogisticRegression(max_iter=1_000, class_weight=weight)
        found[out] = learner.fit(one.vectors[~out], one.given[~out]).predict(one.vectors[out])
    return found


def ours(one: Labelled) -> Floats:
    """How likely each stance is, (m, 3)."""
    found = np.zeros((len(one.given), len(STANCES)), dtype=np.float32)
    for out in _folds(one):
        kept = np.flatnonzero(~out)
        nowhere = np.full(len(kept), -1)
        said = Stanced(one.own[kept], one.given[kept], one.groups[kept], nowhere)
        found[out] = stance_chances(one.own[out], said)
    return found


def _folds(one: Labelled) -> list[NDArray[np.bool_]]:
    return [one.groups == group for group in np.unique(one.groups)]


def _row(name: str, found: Places, one: Labelled, some: Places | None = None) -> list[str]:
    some = np.arange(len(found)) if some is None else some
    truth, found, passages = one.given[some], found[some], one.passages[some]
    low, high = interval(truth, found, passages)
    each = f1_score(truth, found, labels=range(3), average=None, zero_division=0)
    middle = f"{macro(truth, found):.3f}"
    return [name, middle, f"{low:.3f}–{high:.3f}", *(f"{value:.2f}" for value in each)]


def macro(truth: Places, found: Places) -> float:
    """F1 of each stance, and their mean."""
    return float(f1_score(truth, found, labels=range(3), average="macro", zero_division=0))


def interval(truth: Places, found: Places, passages: Places) -> tuple[float, float]:
    """Of macro-F1, when whole passages are drawn again (percentile bootstrap, Efron 1979)."""
    chance = np.random.default_rng(0)
    keys, of = np.unique(passages, return_inverse=True)
    drawn = []
    for _ in range(DRAWS):
        times = np.bincount(chance.integers(len(keys), size=len(keys)), minlength=len(keys))[of]
        again = np.repeat(np.arange(len(truth)), times)
        drawn.append(_macro(truth[again], found[again]))
    low, high = np.percentile(drawn, INTERVAL)
    return float(low), float(high)


def _macro(truth: Places, found: Places) -> float:
    """As `macro`, quickly."""
    table = np.bincount(truth * 3 + found, minlength=9).reshape(3, 3)
    both = table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * table.diagonal() / np.maximum(both, 1)))
