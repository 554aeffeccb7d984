"""Suggestions for every passage × code: from the codebook's words, and from what was decided."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from capture.one_thread import one_thread
from codebook.entries import CodeEntry
from codebook.suggesting.calibration import AT_REST, Curve, curve_from, folds_of
from codebook.suggesting.decisions import (
    Answers,
    Decisions,
    Places,
    answers,
    blocks_of,
    no_decisions,
)
from codebook.suggesting.learner import chances, none_belief
from codebook.suggesting.lessons import NO_GROUP, Learnt, Lessons, likeness_of
from codebook.suggesting.nearness import lent
from codebook.suggesting.prepared import Prepared, prepare
from codebook.suggesting.proposing import propose
from codebook.suggesting.reasons import Because, reasons
from codebook.suggesting.touching import (
    Touching,
    bound_together,
    joined,
    passages_and_folds,
    touching,
)
from codebook.suggesting.views import Floats, Said, said_alone
from codebook.suggesting.zero_shot import Embed, zero_shot

EXAMPLES_COUNT = 0.3
"""An example in the codebook, or a counter-example, beside a person's decision on a passage."""
FEWEST_CHECKED = 20
"""Decided passages from which on the learner is checked against those it hadn't seen."""
ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class Checked:
    """How the learner did on passages of transcripts that it had not seen."""

    passages: int
    """Decided passages with at least one code."""
    found: int
    """Of these, those with a right code among the first three."""
    groups: int
    """Transcripts; with a single one, stretches of it were left out instead."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested, and how far it can be believed."""

    scores: Floats
    """(n, codes) in [0, 1]: how likely it is that a coder would confirm the code.

    A passage that was decided on is scored as if it had not been, and so is one whose words
    somebody marked, so that a second coder isn't told what the first one said.
    """
    decided: int
    """Passages that were learnt from."""
    checked: Checked | None
    curve: Curve
    lessons: Lessons
    """What was learnt from: decided passages in their order, further ones, then the examples."""
    over: Touching
    """The lessons that lie over words of a passage, other than those on the passage itself."""


@dataclass(frozen=True, slots=True)
class Further:
    """Passages that are learnt from but not scored: those that people marked themselves."""

    said: Said
    decisions: Decisions
    groups: Sequence[Hashable]
    over: Sequence[Sequence[int]]
    """Of each, positions of the scored passages whose words it shares."""


def suggest(
    texts: Sequence[str],
    vectors: Floats,
    codes: Sequence[CodeEntry],
    decisions: Decisions,
    embed: Embed,
    *,
    before: Sequence[str] | None = None,
    after: Sequence[str] | None = None,
    before_vectors: Floats | None = None,
    after_vectors: Floats | None = None,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
) -> Suggested:
    """Score every passage × code from texts, unit vectors (n, d), a codebook and decisions.

    `before` and `after` are the texts beside each passage, given together with their vectors;
    `groups` says which passages come from one transcript (each is its own without). `embed` turns
    further texts into unit vectors. The same input and seed give the same scores.
    """
    nothing, nowhere = [""] * len(texts), np.zeros_like(vectors, dtype=np.float32)
    earlier = (
        (nothing, nowhere) if before is None or before_vectors is None else (before, before_vectors)
    )
    later = (nothing, nowhere) if after is None or after_vectors is None else (after, after_vectors)
    said = Said(texts, vectors, earlier[0], later[0], earlier[1], later[1])
    return Suggester(prepare(said, seed=seed), codes, embed).after(decisions, groups)


class Suggester:
    """A codebook laid over prepared passages; `after` scores them after some decisions."""

    def __init__(self, prepared: Prepared, codes: Sequence[CodeEntry], embed: Embed) -> None:
        self.prepared = prepared
        self._facets = [code.facet for code in codes]
        self._blocks = blocks_of(self._facets)
        self._beliefs = self._blocks.spread(
            zero_shot(prepared, codes, embed), none_belief(len(codes))
        )
        self._examples = self._shown(codes, embed)

    @one_thread()
    def after(
        self,
        decisions: Decisions,
        groups: Sequence[Hashable] | None = None,
        further: Further | None = None,
    ) -> Suggested:
        """Scores after these decisions (n, codes), and after those on further passages."""
        lessons = self._lessons(decisions, groups, further)
        own = touching([(int(at),) for at in decisions.rows], range(len(decisions.rows)))
        marks = range(len(own), len(own) + len(further.over if further else ()))
        over = touching(further.over if further else (), marks)
        bound = bound_together(joined(own, over), len(lessons))
        lessons = replace(lessons, bound=bound)
        alike = likeness_of(lessons.rows, lessons.rows)
        unseen, beneath = self._unseen(lessons, alike, over)
        leaning = self._everywhere(Learnt(lessons, self._blocks, alike), lessons)
        scored = np.flatnonzero(lessons.at >= 0)
        leaning[lessons.at[scored]] = unseen[scored]
        leaning[list(over)] = beneath
        checked, curve = self._check(lessons, unseen)
        scores = curve.of(self._by_code(leaning))
        return Suggested(scores, len(lessons.of_people), checked, curve, lessons, over)

    @one_thread()
    def because(
        self, suggested: Suggested, proposed: Sequence[Sequence[tuple[int, float]]]
    ) -> dict[tuple[int, int], Because]:
        """The nearest decided passages for each proposed (passage, code)."""
        rows, lessons = self.prepared.rows, suggested.lessons
        return reasons(rows, lessons, self._blocks, proposed, suggested.over)

    def _lessons(
        self,
        decisions: Decisions,
        groups: Sequence[Hashable] | None,
        further: Further | None,
    ) -> Lessons:
        own = decisions.rows
        keys = list(range(len(self.prepared.said))) if groups is None else list(groups)
        keys += [] if further is None else list(further.groups)
        number = {key: at for at, key in enumerate(dict.fromkeys(keys))}
        numbers = np.array([number[key] for key in keys], dtype=np.int64)
        found = Lessons(
            self.prepared.rows[own],
            self._beliefs[own],
            answers(decisions.taking(own), self._blocks),
            numbers[own],
            own,
            np.arange(len(own)),
        )
        if further is not None and len(further.said):
            behind = numbers[len(self.prepared.said) :]
            given = answers(further.decisions, self._blocks)
            found = found.and_then(self._outside(further.said, given, behind))
        return found.and_then(self._examples)

    def _outside(self, said: Said, given: Answers, groups: Places) -> Lessons:
        """Lessons from what isn't among the prepared passages; their beliefs are lent by those."""
        rows = self.prepared.views.of(said)
        beliefs = lent(likeness_of(rows, self.prepared.rows), self._beliefs)
        nowhere = np.full(len(rows), -1)
        return Lessons(rows, beliefs, given, groups, nowhere, np.arange(len(rows)))

    def _shown(self, codes: Sequence[CodeEntry], embed: Embed) -> Lessons:
        """The codebook's examples and counter-examples, as lessons of less weight."""
        told = [
            (text, code, is_example)
            for code, entry in enumerate(codes)
            for is_example, texts in ((True, entry.examples), (False, entry.counter_examples))
            for text in texts
        ]
        decided = no_decisions(len(told), len(codes))
        for row, (_, code, is_example) in enumerate(told):
            (decided.confirmed if is_example else decided.rejected)[row, code] = True
        given = answers(
            decided,
            self._blocks,
            np.full(len(told), EXAMPLES_COUNT, dtype=np.float32),
            with_none=np.array([not is_example for _, _, is_example in told], dtype=np.bool_),
        )
        texts = [text for text, _, _ in told]
        vectors = embed(texts) if texts else self.prepared.said.vectors[:0]
        return self._outside(said_alone(texts, vectors), given, np.full(len(told), NO_GROUP))

    def _unseen(self, lessons: Lessons, alike: Floats, over: Touching) -> tuple[Floats, Floats]:
        """Leanings of every lesson, from learners that saw nothing of its transcript.

        And those of the passages that lessons lie `over`, in their order, from the same learners.
        """
        people, found, fold = lessons.of_people, lessons.beliefs.copy(), _folds(lessons)
        covered, fold_of = passages_and_folds(over, fold)
        beneath = self._beliefs[covered]
        for one in np.unique(fold[people]):
            out, kept = np.flatnonzero(fold == one), np.flatnonzero(fold != one)
            learnt = Learnt(lessons.taking(kept), self._blocks, alike[np.ix_(kept, kept)])
            found[out] = learnt.leanings(
                lessons.rows[out], lessons.beliefs[out], alike[np.ix_(out, kept)]
            )
            here = np.flatnonzero(fold_of == one)
            rows, beliefs = self.prepared.rows[covered[here]], self._beliefs[covered[here]]
            near = likeness_of(rows, lessons.rows[kept])
            beneath[here] = learnt.leanings(rows, beliefs, near)
        return found, beneath

    def _everywhere(self, learnt: Learnt, lessons: Lessons) -> Floats:
        rows, found = self.prepared.rows, np.empty_like(self._beliefs)
        for start in range(0, len(rows), ROWS_AT_A_TIME):
            some = slice(start, start + ROWS_AT_A_TIME)
            alike = likeness_of(rows[some], lessons.rows)
            found[some] = learnt.leanings(rows[some], self._beliefs[some], alike)
        return found

    def _check(self, lessons: Lessons, unseen: Floats) -> tuple[Checked | None, Curve]:
        people = lessons.of_people
        if len(people) < FEWEST_CHECKED:
            return None, AT_REST
        scores = self._by_code(unseen[people])
        given = lessons.given.taking(people)
        right = given.signs[:, self._blocks.code_at] > 0
        asked = given.weights[:, self._blocks.facet_of] > 0
        curve = curve_from(scores[asked], right[asked])
        first = propose(curve.of(scores), floor=0.0, facets=self._facets)
        coded = np.flatnonzero(right.any(axis=1))
        found = sum(any(right[row, code] for code, _ in first[row]) for row in coded)
        return Checked(len(coded), found, len(np.unique(lessons.groups[people]))), curve

    def _by_code(self, leaning: Floats) -> Floats:
        return chances(leaning, self._blocks)[:, self._blocks.code_at]


def _folds(lessons: Lessons) -> Places:
    """In which fold each lesson is left out, (m,); -1 for examples, which never are."""
    people, fold = lessons.of_people, np.full(len(lessons), -1)
    enough = len(people) >= FEWEST_CHECKED
    fold[people] = folds_of(lessons.groups[people], lessons.bound[people]) if enough else 0
    return fold
