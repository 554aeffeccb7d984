"""Candidate themes beside BERTopic's defaults and k-means, against the codes a person gave."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import measures, ordinary
from benchmarks.corpora import Coded
from benchmarks.kept_vectors import KeptVectors
from benchmarks.measures import UNTHEMED, Labels
from benchmarks.studies import places
from benchmarks.tables import Table
from capture.theming.found import Discovery, Granularity
from capture.theming.themes import discover

SEEDS = (0, 1, 2)
DRAWS = 3
SHARE = 0.8
"""Of the transcripts that a draw keeps."""
HEAD = (
    "on",
    "groups",
    "AMI / ARI against the person's codes",
    "unthemed",
    "agreement between seeds",
    "with 80 % of transcripts",
    "seconds",
)
NOTE = """Passages with exactly one code. AMI and ARI count what is unthemed as a class;
agreement is the mean ARI between runs with three seeds, and, for the passages kept, between
the whole and three draws of four fifths of the transcripts. Seconds are those of the
processor, vectors given. BERTopic and k-means see the same vectors; k-means is told the true
count."""


@dataclass(frozen=True)
class Passages:
    """What is grouped, and the person's one code for each, (n,)."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    transcripts: tuple[str, ...]
    places: NDArray[np.int64]
    truth: Labels

    def taking(self, rows: NDArray[np.int64]) -> "Passages":
        """Only these."""
        return Passages(
            tuple(self.texts[i] for i in rows),
            self.vectors[rows],
            tuple(self.transcripts[i] for i in rows),
            self.places[rows],
            self.truth[rows],
        )


Grouping = Callable[[Passages, int], Sequence[Labels]]
"""Passages and a seed to one labelling for each granularity."""


def passages(corpus: Coded, vectors: KeptVectors) -> Passages:
    """The passages of a corpus that carry one code."""
    rows = corpus.single()
    everything = Passages(
        corpus.texts,
        vectors.of(corpus.texts),
        corpus.transcripts,
        places(corpus.transcripts),
        np.argmax(corpus.confirmed, axis=1),
    )
    return everything.taking(rows)


def measure(corpora: Sequence[Coded], vectors: KeptVectors) -> list[Table]:
    """One table for each corpus."""
    return [_compare(corpus, passages(corpus, vectors)) for corpus in corpora]


def _compare(corpus: Coded, given: Passages) -> Table:
    count = len(np.unique(given.truth))
    ours = ("coarse", "middle", "fine")
    rows = [
        *_rows(
            ["k-means, told the true count"],
            lambda p, s: [ordinary.k_means(p.vectors, count, s)],
            given,
        ),
        *_rows(
            ["BERTopic, defaults"], lambda p, s: [ordinary.bertopic(p.texts, p.vectors, s)], given
        ),
        *_rows([f"ours, {one}" for one in ours], lambda p, s: _ours(p, s, in_place=False), given),
        *_rows(
            [f"ours, in context, {one}" for one in ours],
            lambda p, s: _ours(p, s, in_place=True),
            given,
        ),
    ]
    same = "identical" if _in_any_order(given) else "NOT identical"
    note = (
        f"{len(given.texts):,} passages, {count} codes. {NOTE} Our themes with the passages given "
        f"in another order: {same}."
    )
    return Table(f"Themes: {corpus.name}", HEAD, rows, note)


def _rows(names: Sequence[str], group: Grouping, given: Passages) -> list[list[str]]:
    """The figures of one way of grouping, a row for each granularity."""
    begun = time.process_time()
    runs = [group(given, seed) for seed in SEEDS]
    seconds = (time.process_time() - begun) / len(SEEDS)
    drawn = [(kept, group(given.taking(kept), SEEDS[0])) for kept in _draws(given.transcripts)]
    rows = []
    for at, name in enumerate(names):
        found = runs[0][at]
        parts = [measures.between([found[kept], part[at]]) for kept, part in drawn]
        rows.append(
            [
                name,
                str(len(set(found.tolist()) - {UNTHEMED})),
                " / ".join(f"{one:.3f}" for one in measures.agreement(given.truth, found)),
                f"{measures.unthemed(found):.1%}",
                f"{measures.between([run[at] for run in runs]):.2f}",
                f"{np.mean(parts):.2f}",
                f"{seconds:.1f}",
            ]
        )
    return rows


def _draws(transcripts: Sequence[str]) -> list[NDArray[np.int64]]:
    """Positions of the passages in a few draws of four fifths of the transcripts."""
    names, chance = sorted(set(transcripts)), np.random.default_rng(0)
    size = max(1, round(SHARE * len(names)))
    kept = [set(chance.choice(names, size, replace=False).tolist()) for _ in range(DRAWS)]
    return [np.flatnonzero([one in some for one in transcripts]) for some in kept]


def _ours(given: Passages, seed: int, *, in_place: bool) -> list[Labels]:
    found = _discover(given, seed, in_place=in_place)
    return [labels(one, len(given.texts)) for one in found.granularities]


def _discover(given: Passages, seed: int, *, in_place: bool) -> Discovery:
    return discover(
        given.texts,
        given.vectors,
        given.transcripts,
        given.transcripts,
        places=given.places.tolist() if in_place else None,
        seed=seed,
    )


def labels(granularity: Granularity, count: int) -> Labels:
    """The theme each of `count` segments belongs to most, or UNTHEMED, shape (count,)."""
    found = np.full(count, UNTHEMED, dtype=np.int64)
    strongest = np.zeros(count)
    for number, theme in enumerate(granularity.themes):
        for member in theme.members:
            if member.strength > strongest[member.index]:
                found[member.index], strongest[member.index] = number, member.strength
    return found


def _in_any_order(given: Passages) -> bool:
    """Whether shuffled passages give the same themes, labels and strengths included."""
    shuffled = np.random.default_rng(0).permutation(len(given.texts))
    here = _discover(given, 0, in_place=True)
    there = _discover(given.taking(shuffled), 0, in_place=True)
    return _told(here, np.arange(len(shuffled))) == _told(there, shuffled)


def _told(found: Discovery, at: NDArray[np.int64]) -> list[tuple[object, ...]]:
    return [
        (
            one.name,
            theme.label,
            theme.found_in,
            sorted((int(at[member.index]), round(member.strength, 9)) for member in theme.members),
        )
        for one in found.granularities
        for theme in one.themes
    ]
