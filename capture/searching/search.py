"""Search over a study: the segments that hold the words asked for, or are near in meaning.

The words come from the index (`word_index`), the meaning from vectors in memory (`search_memory`),
the order from `ranking`. What may be found is read from the record each time: only texts that
stand, nobody who withdrew, facilitators when asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.keeping_out import WITHDRAWN
from capture.models import Appearance, Transcript
from capture.searching.meaning import Meant
from capture.searching.memory import Held, Memory
from capture.searching.question import Question, Term
from capture.searching.ranking import Floats, rank
from capture.searching.word_index import find

Voices = Literal["people", "everyone", "facilitators"]
Mask = NDArray[np.bool_]

NEAR = 0.35
"""The cosine from which a segment counts as near in meaning to what was asked."""
SOMEWHAT_NEAR, FEW = 0.25, 5
"""Where fewer than so many are near to a sentence or a passage, the nearest of what is so near at
least count as well. A word or two are somewhat near to nearly anything."""
MOST_NEAR = 100
"""Segments that are found by meaning alone: the nearest ones."""
SHARE_OF_WORDS = 0.5
"""A segment is found by words when it has half of those asked for. Of a sentence: half of what its
words weigh, or where none has that much, half of what the best one has."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose words are looked for; None means all."""

    kind: str | None = None
    role: str | None = None
    place: str | None = None
    wave: int | None = None
    voices: Voices = "people"


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment that was found, and how."""

    passage_id: int
    transcript_id: int
    turn_id: int
    position: int
    by_words: bool
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, the nearest first; `unread` segments have no vector to compare with yet."""

    found: tuple[Hit, ...] = ()
    unread: int = 0
    unsaid: tuple[str, ...] = ()
    """Of the words asked for, those that nobody says whose words are wanted."""
    needed: int = 0
    """How many of the words a segment had to hold, to be found by them; 0 for a sentence's."""

    @property
    def by_words(self) -> int:
        """How many hold the words."""
        return sum(hit.by_words for hit in self.found)


def search(
    session: Session,
    memory: Memory,
    study_id: int,
    question: Question,
    wanted: Wanted | None = None,
    meant: Meant | None = None,
) -> Hits:
    """Find segments for a question; without `meant` by their words alone."""
    held = memory.of(session, study_id, (meant.model, meant.precision) if meant else None)
    present, shown = _visible(session, study_id, held, wanted or Wanted())
    holds, words = _words(session, held, question.words)
    there = np.ones(len(present), dtype=bool)
    for term in question.phrases:
        in_phrase, scores = _words(session, held, [term])
        words, there = words + scores, there & in_phrase.any(axis=0)
    for term in question.without:
        there &= ~_words(session, held, [term])[0].any(axis=0)
    close = _closeness(held, meant if question.meaning else None, present)
    scores = rank(np.where(present, words, np.nan), close, held.runs)
    unsaid = _unsaid(question, holds[:, shown])
    shown &= there
    needed, enough = _enough(question, holds, shown)
    by_words = shown & enough
    near = _nearest(close, shown & ~held.quiet, few=question.is_sentence)
    order = scores if question.words or question.phrases else np.zeros(len(scores))
    found = _hits(held, order, by_words, near)
    return Hits(found, int((~held.read & present).sum()), unsaid, needed)


def more_like(
    session: Session,
    memory: Memory,
    study_id: int,
    terms: Sequence[Term],
    meant: Meant | None,
    but: Sequence[int],
    wanted: Wanted | None = None,
) -> Hits:
    """Segments near to a passage, by its telling words and its meaning; without those in `but`.

    Neighbours lend nothing here: what is like a passage is a passage, not a stretch of talk.
    """
    held = memory.of(session, study_id, (meant.model, meant.precision) if meant else None)
    present, shown = _visible(session, study_id, held, wanted or Wanted())
    shown[held.rows(np.array(but, dtype=np.int64))[0]] = False
    holds, words = _words(session, held, terms)
    close = _closeness(held, meant, present)
    scores = rank(np.where(present, words, np.nan), close, held.runs, smooth=False)
    by_words = shown & (holds.sum(axis=0) >= max(1, SHARE_OF_WORDS * len(terms)))
    near = _nearest(close, shown & ~held.quiet, few=True)
    return Hits(_hits(held, scores, by_words, near), int((~held.read & present).sum()))


def _visible(session: Session, study_id: int, held: Held, wanted: Wanted) -> tuple[Mask, Mask]:
    """Who is there at all, and whose words are wanted, (n,) each, as the record says now."""
    people = session.scalars(
        select(Appearance)
        .join(Transcript, Transcript.id == Appearance.transcript_id)
        .where(Transcript.study_id == study_id)
    ).all()
    present = ~_said_by(held, (one for one in people if one.scope == WITHDRAWN))
    shown = present & _said_in(session, study_id, held, wanted, people)
    asks = _said_by(held, (one for one in people if one.facilitator))
    if wanted.voices != "everyone":
        shown &= asks if wanted.voices == "facilitators" else ~asks
    if wanted.role is not None:
        shown &= _said_by(held, (one for one in people if one.role == wanted.role))
    return present, shown


def _said_by(held: Held, people: Iterable[Appearance]) -> Mask:
    return np.isin(held.appearances, [one.id for one in people])


def _said_in(
    session: Session, study_id: int, held: Held, wanted: Wanted, people: Sequence[Appearance]
) -> Mask:
    """What was said in transcripts of the kind, wave and place that are wanted, (n,).

    A place said of a person comes before that of the transcript.
    """
    rows = session.scalars(select(Transcript).where(Transcript.study_id == study_id)).all()
    right = [
        one.id
        for one in rows
        if wanted.kind in (None, one.kind) and wanted.wave in (None, one.wave)
    ]
    shown: Mask = np.isin(held.transcripts, right)
    if wanted.place is None:
        return shown
    own = _said_by(held, (one for one in people if one.place == wanted.place))
    elsewhere = _said_by(held, (one for one in people if one.place not in (None, wanted.place)))
    here = np.isin(held.transcripts, [one.id for one in rows if one.place == wanted.place])
    return np.asarray(shown & (own | (here & ~elsewhere)), dtype=np.bool_)


def _words(session: Session, held: Held, terms: Sequence[Term]) -> tuple[Mask, Floats]:
    """Which terms stand in which segment, (terms, n), and their BM25 scores summed, (n,)."""
    holds, scores = np.zeros((len(terms), len(held.passages)), bool), np.zeros(len(held.passages))
    for number, term in enumerate(terms):
        found = find(session, term)
        at, there = held.rows(found.passages)
        holds[number, at] = True
        scores[at] += found.scores[there]
    return holds, scores


def _closeness(held: Held, meant: Meant | None, present: Mask) -> Floats:
    """Cosines to what was meant, (n,); NaN where there is nothing to compare."""
    known = held.read & present
    if meant is None or not known.any():
        return np.full(len(held.passages), np.nan)
    return np.where(known, held.vectors @ meant.vector, np.nan)


def _unsaid(question: Question, holds: Mask) -> tuple[str, ...]:
    """Words that stand nowhere; letters of an unspaced script say nothing by themselves."""
    return tuple(
        " ".join(term.words)
        for term, row in zip(question.words, holds, strict=True)
        if not row.any() and max(map(len, term.words)) > 1
    )


def _enough(question: Question, holds: Mask, shown: Mask) -> tuple[int, Mask]:
    """Which segments hold enough of the words, (n,), and how many words that is.

    Half of them; any, where none has half, or a phrase must stand. Of a sentence, half of what its
    words weigh: each the more, the fewer of the `shown` hold it; where none has that much, half of
    what the best one has.
    """
    if question.phrases or not question.words:
        return 0, np.ones(holds.shape[1], dtype=bool)
    if question.is_sentence:
        said = holds[:, shown].sum(axis=1)
        weights = np.log((2 + shown.sum()) / (1 + said))
        held, whole = weights @ holds, float(weights.sum())
        best = float(held[shown].max(initial=0.0))
        wanted = SHARE_OF_WORDS * (whole if best >= SHARE_OF_WORDS * whole else best)
        return 0, (held > 0) & (held >= wanted)
    counts = holds.sum(axis=0)
    half = ceil(SHARE_OF_WORDS * len(question.words))
    needed = half if (counts[shown] >= half).any() else 1
    return needed, counts >= needed


def _nearest(close: Floats, shown: Mask, *, few: bool) -> Mask:
    """Those of the shown that are near; with `few`, where few are, also who is somewhat near."""
    near = _at_most(MOST_NEAR, close, shown, NEAR)
    return near | _at_most(FEW, close, shown, SOMEWHAT_NEAR) if few else near


def _at_most(most: int, close: Floats, shown: Mask, least: float) -> Mask:
    """The nearest of the shown from some cosine on: so many, and those as near as the last."""
    near = shown & (np.nan_to_num(close) >= least)
    if near.sum() > most:
        near &= close >= np.sort(close[near])[-most]
    return near


def _hits(held: Held, scores: Floats, by_words: Mask, near: Mask) -> tuple[Hit, ...]:
    found = np.flatnonzero(by_words | near)
    found = found[np.argsort(-scores[found], kind="stable")]
    return tuple(
        Hit(
            int(held.passages[row]),
            int(held.transcripts[row]),
            int(held.turns[row]),
            int(held.positions[row]),
            bool(by_words[row]),
            bool(near[row]),
        )
        for row in found
    )
