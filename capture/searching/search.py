"""Search over a study: the segments that hold the words asked for, or are near in meaning.

The words come from the index (`word_index`), the meaning from vectors in memory (`search_memory`),
the order from `ranking`. What may be found is read from the record each time: only texts that
stand, nobody who withdrew, facilitators when asked for.
"""

from collections.abc import Sequence
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
MOST_NEAR = 100
"""Segments that are found by meaning alone: the nearest ones."""
SHARE_OF_WORDS = 0.5
"""How many of the words asked for a segment must hold, to be found by them."""


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
    needed: int = 0
    """How many of the words a segment had to hold, to be found by them."""

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
    counts, words = _words(session, held, question.words)
    there = np.ones(len(present), dtype=bool)
    for term in question.phrases:
        in_phrase, scores = _words(session, held, [term])
        words, there = words + scores, there & (in_phrase > 0)
    for term in question.without:
        there &= _words(session, held, [term])[0] == 0
    close = _closeness(held, meant if question.meaning else None, present)
    scores = rank(np.where(present, words, np.nan), close, held.runs)
    shown &= there
    needed = _needed(question, counts[shown])
    by_words = shown & (counts >= needed)
    near = _nearest(close, shown & ~held.quiet)
    order = scores if question.words or question.phrases else np.zeros(len(scores))
    found = _hits(held, order, by_words, near)
    return Hits(found, int((~held.read & present).sum()), needed)


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
    counts, words = _words(session, held, terms)
    close = _closeness(held, meant, present)
    scores = rank(np.where(present, words, np.nan), close, held.runs, smooth=False)
    by_words = shown & (counts >= max(1, SHARE_OF_WORDS * len(terms)))
    near = _nearest(close, shown & ~held.quiet)
    return Hits(_hits(held, scores, by_words, near), int((~held.read & present).sum()))


def _visible(session: Session, study_id: int, held: Held, wanted: Wanted) -> tuple[Mask, Mask]:
    """Who is there at all, and whose words are wanted, (n,) each, as the record says now."""
    transcripts = session.execute(
        select(Transcript.id, Transcript.kind, Transcript.wave, Transcript.place).where(
            Transcript.study_id == study_id
        )
    ).all()
    places = {key: place for key, _, _, place in transcripts}
    right = {
        key
        for key, kind, wave, _ in transcripts
        if wanted.kind in (None, kind) and wanted.wave in (None, wave)
    }
    people = session.execute(
        select(
            Appearance.id,
            Appearance.transcript_id,
            Appearance.role,
            Appearance.place,
            Appearance.scope,
            Appearance.facilitator,
        )
        .join(Transcript, Transcript.id == Appearance.transcript_id)
        .where(Transcript.study_id == study_id)
    ).all()
    gone = [one.id for one in people if one.scope == WITHDRAWN]
    asks = np.isin(held.appearances, [one.id for one in people if one.facilitator])
    present = ~np.isin(held.appearances, gone)
    shown = present & np.isin(held.transcripts, list(right))
    if wanted.voices != "everyone":
        shown &= asks if wanted.voices == "facilitators" else ~asks
    if wanted.role is not None:
        shown &= np.isin(held.appearances, [one.id for one in people if one.role == wanted.role])
    if wanted.place is not None:
        own = [one.id for one in people if one.place == wanted.place]
        elsewhere = [one.id for one in people if one.place not in (None, wanted.place)]
        here = np.isin(
            held.transcripts, [key for key, place in places.items() if place == wanted.place]
        )
        shown &= np.isin(held.appearances, own) | (here & ~np.isin(held.appearances, elsewhere))
    return present, shown


def _words(session: Session, held: Held, terms: Sequence[Term]) -> tuple[Floats, Floats]:
    """How many of the terms stand in each segment, and their BM25 scores summed: (n,) each."""
    counts, scores = np.zeros(len(held.passages)), np.zeros(len(held.passages))
    for term in terms:
        found = find(session, term)
        at, there = held.rows(found.passages)
        counts[at] += 1
        scores[at] += found.scores[there]
    return counts, scores


def _closeness(held: Held, meant: Meant | None, present: Mask) -> Floats:
    """Cosines to what was meant, (n,); NaN where there is nothing to compare."""
    known = held.read & present
    if meant is None or not known.any():
        return np.full(len(held.passages), np.nan)
    return np.where(known, held.vectors @ meant.vector, np.nan)


def _needed(question: Question, counts: Floats) -> int:
    """How many words are enough: half of them; any, where none has half, or a phrase must stand."""
    if question.phrases or not question.words:
        return 0
    half = ceil(SHARE_OF_WORDS * len(question.words))
    return half if (counts >= half).any() else 1


def _nearest(close: Floats, shown: Mask) -> Mask:
    """Those of the shown that are near, and among the nearest."""
    near = shown & (np.nan_to_num(close) >= NEAR)
    if near.sum() > MOST_NEAR:
        last = np.sort(close[near])[-MOST_NEAR]
        near &= close >= last
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
