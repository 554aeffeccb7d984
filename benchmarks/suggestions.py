"""Code suggestions beside ordinary classifiers, one transcript left out at a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks import measures, ordinary
from benchmarks.corpora import Coded
from benchmarks.kept_vectors import KeptVectors
from benchmarks.ordinary import Floats, Fold
from benchmarks.tables import Table, three
from capture.one_thread import one_thread
from codebook.suggesting.calibration import calibration_error
from codebook.suggesting.decisions import Decisions, no_decisions
from codebook.suggesting.prepared import prepare
from codebook.suggesting.proposing import propose
from codebook.suggesting.suggester import Suggester
from codebook.suggesting.views import Said, said_alone

LEARNT_FROM = (0, 25, 50, 100, 200, 400, 800)
CURVE_FOLDS = 4
HEAD = ("learnt from", "suggested by", "hit@1/3/5", "MAP", "calibration error", "seconds")
NOTE = """Every passage is scored when its transcript was left out. hit@k: a right code among
the first k; MAP: average precision of each code over all passages, folds pooled, then the mean
over codes. Calibration error: ten bins, of the scores that would be shown (at most three a
passage). Seconds of the processor for learning once and scoring all passages. The text beside
is 400 characters before and after, at half weight for the ordinary classifiers too, which
served them best. The ordinary classifiers are one logistic regression a code, with the
defaults of scikit-learn, and with rare codes weighed as much as frequent ones (balanced)."""


@dataclass(frozen=True)
class Given:
    """A corpus with the vectors of its passages and of the text beside them."""

    corpus: Coded
    vectors: Floats
    before: Floats
    after: Floats
    embed: Callable[[Sequence[str]], Floats]

    def said(self, *, around: bool) -> Said:
        """As our suggestions take it."""
        one = self.corpus
        if not around:
            return said_alone(one.texts, self.vectors)
        return Said(one.texts, self.vectors, one.before, one.after, self.before, self.after)


def given(corpus: Coded, vectors: KeptVectors) -> Given:
    """Embed a corpus."""
    own, before, after = map(vectors.of, (corpus.texts, corpus.before, corpus.after))
    return Given(corpus, own, before, after, vectors.of)


@one_thread()
def measure(corpora: Sequence[Coded], vectors: KeptVectors) -> list[Table]:
    """Two tables for each corpus: everything learnt from, and little."""
    tables = []
    for corpus in corpora:
        one = given(corpus, vectors)
        tables += [_compare(one), _curve(one)]
    return tables


def decided(corpus: Coded, seen: NDArray[np.bool_]) -> Decisions:
    """What a person would have decided who went through the passages that are `seen`, (n,)."""
    confirmed = corpus.confirmed & seen[:, None]
    nothing = no_decisions(*confirmed.shape)
    return Decisions(confirmed, nothing.rejected, nothing.open, seen[:, None] | nothing.reviewed)


def ours(one: Given, seen: Sequence[Fold], *, around: bool) -> tuple[list[Floats], float]:
    """Scores (n, codes) after each set of decisions, and the seconds of one retraining."""
    made = Suggester(prepare(one.said(around=around)), one.corpus.codes, one.embed)
    begun = time.process_time()
    scores = [made.after(decided(one.corpus, s), one.corpus.transcripts).scores for s in seen]
    return scores, (time.process_time() - begun) / len(seen)


def _compare(one: Given) -> Table:
    rows = [*_before_any(one)]
    for around in (False, True):
        rows += _ordinary(one, around=around)
        rows.append(_ours(one, around=around))
    corpus = one.corpus
    note = f"{len(corpus.texts):,} passages, {len(corpus.codes)} codes. {NOTE}"
    return Table(f"Suggestions: {corpus.name}", HEAD, rows, note)


def _before_any(one: Given) -> list[list[str]]:
    corpus, nothing = one.corpus, np.zeros(len(one.corpus.texts), dtype=np.bool_)
    told = one.embed([f"{code.name}. {code.definition}" for code in corpus.codes])
    rows = [
        _row("no decision", "definitions, dense", ordinary.by_definition(one.vectors, told), corpus)
    ]
    for around, name in ((False, "ours"), (True, "ours, with the text beside")):
        (scores,), seconds = ours(one, [nothing], around=around)
        rows.append(_row("no decision", name, scores, corpus, seconds=seconds, shown=True))
    return rows


def _ordinary(one: Given, *, around: bool) -> list[list[str]]:
    corpus, what = one.corpus, _what(around=around)
    dense = ordinary.dense_rows(one.vectors, (one.before, one.after) if around else None)
    rows = []
    for kind in ordinary.KINDS:
        begun = time.process_time()
        by_meaning = ordinary.left_out(corpus, partial(_by_meaning, dense, corpus, kind))
        by_words = ordinary.left_out(corpus, partial(_by_words, around, corpus, kind))
        seconds = (time.process_time() - begun) / len(ordinary.folds(corpus.transcripts))
        rows += [
            _row(what, f"MiniLM + logistic, {kind}", by_meaning, corpus),
            _row(what, f"TF-IDF + logistic, {kind}", by_words, corpus),
            _row(what, f"both summed, {kind}", by_meaning + by_words, corpus, seconds=seconds),
        ]
    return rows


def _by_meaning(dense: Floats, corpus: Coded, kind: str, out: Fold) -> Floats:
    return ordinary.logistic(dense, corpus, out, kind)


def _by_words(around: bool, corpus: Coded, kind: str, out: Fold) -> Floats:
    return ordinary.logistic(ordinary.word_rows(corpus, out, around=around), corpus, out, kind)


def _ours(one: Given, *, around: bool) -> list[str]:
    outs = ordinary.folds(one.corpus.transcripts)
    by_fold, seconds = ours(one, [~out for out in outs], around=around)
    scores = np.zeros_like(by_fold[0])
    for out, found in zip(outs, by_fold, strict=True):
        scores[out] = found[out]
    return _row(_what(around=around), "**ours**", scores, one.corpus, seconds=seconds, shown=True)


def _what(*, around: bool) -> str:
    return "passages and the text beside" if around else "passages alone"


def _row(
    what: str, by: str, scores: Floats, corpus: Coded, *, seconds: float = 0, shown: bool = False
) -> list[str]:
    found = _quality(scores, corpus)
    found.append(f"{shown_error(scores, corpus):.3f}" if shown else "–")
    return [what, by, *found, f"{seconds:.2f}" if seconds else "–"]


def _quality(scores: Floats, corpus: Coded) -> list[str]:
    truth = corpus.confirmed
    return [
        three(measures.hits(scores, truth)),
        three([measures.mean_average_precision(scores, truth)]),
    ]


def shown_error(scores: Floats, corpus: Coded) -> float:
    """Calibration error of what is shown beside a passage."""
    facets = [code.facet for code in corpus.codes]
    chosen = [
        (score, bool(corpus.confirmed[row, code]))
        for row, choice in enumerate(propose(scores, facets=facets))
        for code, score in choice
    ]
    return calibration_error([score for score, _ in chosen], [right for _, right in chosen])


def _curve(one: Given) -> Table:
    """A quarter of the transcripts left out; a few passages of the others decided on."""
    corpus = one.corpus
    order = np.random.default_rng(0).permutation(len(corpus.texts))
    names = sorted(set(corpus.transcripts))
    fold = np.array([names.index(name) % CURVE_FOLDS for name in corpus.transcripts])
    outs = [fold == number for number in range(CURVE_FOLDS)]
    rows = []
    fewest = min(int((~out).sum()) for out in outs)
    for count in [*(few for few in LEARNT_FROM if few < fewest), len(corpus.texts)]:
        seen = [_among_first(order, ~out, count) for out in outs]
        scores, theirs = (np.zeros(corpus.confirmed.shape, np.float32) for _ in range(2))
        by_fold, _ = ours(one, seen, around=True)
        for out, known, found in zip(outs, seen, by_fold, strict=True):
            scores[out] = found[out]
            theirs[out] = _summed(one, known)[out]
        figures = [", ".join(_quality(s, corpus)) for s in (theirs, scores)]
        learnt = f"{count:,}" if count < len(corpus.texts) else "all"
        rows.append([learnt, *figures, f"{shown_error(scores, corpus):.3f}"])
    head = ("passages decided on", "both summed, balanced", "ours", "our calibration error")
    note = (
        "hit@1/3/5, MAP, with the text beside; a quarter of the transcripts left out at a time, "
        "the passages decided on drawn evenly from the others."
    )
    return Table(f"Suggestions as decisions arrive: {corpus.name}", head, rows, note)


def _among_first(order: NDArray[np.int64], allowed: Fold, count: int) -> Fold:
    seen = np.zeros(len(allowed), dtype=np.bool_)
    seen[[at for at in order if allowed[at]][:count]] = True
    return seen


def _summed(one: Given, seen: Fold) -> Floats:
    dense = ordinary.dense_rows(one.vectors, (one.before, one.after))
    if not one.corpus.confirmed[seen].any():
        told = one.embed([f"{code.name}. {code.definition}" for code in one.corpus.codes])
        return ordinary.by_definition(one.vectors, told)
    words = ordinary.word_rows(one.corpus, ~seen, around=True)
    return sum(
        (ordinary.logistic(rows, one.corpus, ~seen, "balanced") for rows in (dense, words)),
        start=np.zeros(one.corpus.confirmed.shape, dtype=np.float32),
    )
