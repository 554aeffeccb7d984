"""Suggestions after people have decided: learnt quickly, told honestly, the same every time."""

from dataclasses import replace

import numpy as np
import pytest

from capture.models.decision import STANCES as RECORDED
from codebook.entries import CodeEntry
from codebook.suggesting.calibration import calibration_error, curve_from
from codebook.suggesting.decisions import Decisions, no_decisions
from codebook.suggesting.prepared import prepare
from codebook.suggesting.proposing import propose
from codebook.suggesting.stances import FEWEST, STANCES, Stanced, likely_stances
from codebook.suggesting.suggester import Further, Suggester
from codebook.suggesting.views import said_alone
from tests.codebook.words_as_vectors import ByWords

SUBJECTS = {
    "Money": "grant budget funding march accountant spend pounds",
    "Time": "hour caseload week visit diary minutes evening",
    "Trust": "listen believe honest promise knock door family",
}
WEATHER = "rain sun wind cloud snow frost storm"
TALKS, LONG = 5, 16
embed = ByWords().encode


class Talks:
    """Passages of five talks, each on one of three subjects or on none, with what is true."""

    def __init__(self, codes: dict[str, str] | None = None, *, told: bool = False) -> None:
        chance = np.random.default_rng(7)
        subjects = [*SUBJECTS.values(), WEATHER]
        self.truth = chance.integers(len(subjects), size=TALKS * LONG)
        self.texts = [
            f"Well, {' '.join(chance.permutation(subjects[one].split())[:4])} as I said then."
            for one in self.truth
        ]
        self.groups = [f"talk {at // LONG}" for at in range(TALKS * LONG)]
        # Names and definitions that say nothing of the subjects, so that only decisions teach.
        named = codes or dict.fromkeys(SUBJECTS, "")
        self.codes = [
            CodeEntry(name, name if told else f"C{at}", "codes", words or "What is meant by it.")
            for at, (name, words) in enumerate(named.items())
        ]
        said = said_alone(self.texts, embed(self.texts))
        self.suggester = Suggester(prepare(said), self.codes, embed)

    def decided(self, rows) -> Decisions:
        """What somebody decides who goes through these passages."""
        found = no_decisions(len(self.texts), len(self.codes))
        for row in rows:
            found.reviewed[row] = True
            if self.truth[row] < len(self.codes):
                found.confirmed[row, self.truth[row]] = True
        return found

    def after(self, rows):
        return self.suggester.after(self.decided(rows), self.groups)


@pytest.fixture(scope="module")
def talks() -> Talks:
    return Talks()


def share_right(talks: Talks, scores, rows) -> float:
    coded = [row for row in rows if talks.truth[row] < len(talks.codes)]
    return float(np.mean([scores[row].argmax() == talks.truth[row] for row in coded]))


def test_a_transcript_nobody_decided_on_gets_the_right_code_from_the_others(talks):
    unseen = range((TALKS - 1) * LONG, TALKS * LONG)
    before = talks.after([]).scores
    after = talks.after(range((TALKS - 1) * LONG)).scores
    assert share_right(talks, after, unseen) >= 0.95
    assert share_right(talks, before, unseen) < 0.8


def test_words_that_no_code_is_for_get_no_code_once_people_said_none_applies(talks):
    unseen = range((TALKS - 1) * LONG, TALKS * LONG)
    proposed = propose(talks.after(range((TALKS - 1) * LONG)).scores)
    weather = [row for row in unseen if talks.truth[row] == len(SUBJECTS)]
    assert weather
    best = [max((score for _, score in proposed[row]), default=0.0) for row in weather]
    assert max(best) < 0.3


@pytest.mark.parametrize("count", [0, 1, 2, 5, 19, 20, 80])
def test_any_number_of_decisions_gives_chances(talks, count):
    found = talks.after(range(count))
    assert found.scores.shape == (len(talks.texts), 3)
    assert np.isfinite(found.scores).all()
    assert ((found.scores >= 0) & (found.scores <= 1)).all()
    assert found.decided == count
    assert (found.checked is None) == (count < 20)


def test_the_same_decisions_give_the_same_scores(talks):
    assert np.array_equal(talks.after(range(30)).scores, talks.after(range(30)).scores)


def test_a_second_coder_is_not_told_what_the_first_one_said(talks):
    rows = range(60)
    honest = talks.after(rows).scores
    wrong = talks.decided(rows)
    row = next(at for at in rows if talks.truth[at] == 0)
    wrong.confirmed[row] = [False, False, True]
    misled = talks.suggester.after(wrong, talks.groups).scores
    assert abs(misled[row] - honest[row]).max() < 0.02


def marked_over(talks, row: int, code: int) -> Further:
    """Somebody marked nearly all of a passage's words, and gave them a code."""
    text = talks.texts[row].removeprefix("Well, ")
    given = no_decisions(1, len(talks.codes))
    given.confirmed[0, code] = True
    return Further(said_alone([text], embed([text])), given, [talks.groups[row]], [[row]])


@pytest.mark.parametrize("count", [0, 60])
def test_what_somebody_marked_is_not_told_on_the_words_it_lies_over(talks, count):
    row = next(at for at in range(60, 80) if talks.truth[at] == 0)
    decided = talks.decided(range(count))
    before = talks.suggester.after(decided, talks.groups).scores[row]
    further = marked_over(talks, row, 2)
    after = talks.suggester.after(decided, talks.groups, further)
    assert abs(after.scores[row] - before).max() < 0.02
    why = talks.suggester.because(after, [[(2, 1.0)] if at == row else [] for at in range(80)])
    assert count not in (*why[row, 2].confirmed, *why[row, 2].rejected)
    told = talks.suggester.after(decided, talks.groups, replace(further, over=[[]]))
    assert told.scores[row, 2] > before[2] + 0.05
    assert count in talks.suggester.because(told, [[(2, 1.0)]] * 80)[row, 2].confirmed


def test_marks_over_decided_words_do_not_foretell_them_where_there_is_one_transcript(talks):
    chance = np.random.default_rng(3)
    rows, codes = range(40), chance.integers(3, size=40)  # nothing that could be learnt
    decided = no_decisions(len(talks.texts), 3)
    decided.reviewed[list(rows)] = True
    decided.confirmed[list(rows), codes] = True
    texts = [talks.texts[row].removeprefix("Well, ") for row in rows]
    marked = no_decisions(40, 3)
    marked.confirmed[list(rows), codes] = True
    one = ["talk"] * len(talks.texts)
    further = Further(said_alone(texts, embed(texts)), marked, one[:40], [[row] for row in rows])
    alone = talks.suggester.after(decided, one)
    both = talks.suggester.after(decided, one, further)
    right = np.arange(40), codes
    assert both.scores[:40].max(axis=1).mean() < alone.scores[:40].max(axis=1).mean() + 0.1
    assert both.scores[right].mean() < alone.scores[right].mean() + 0.1
    loose = talks.suggester.after(decided, one, replace(further, over=[[]] * 40))
    assert loose.scores[right].mean() > both.scores[right].mean() + 0.1


def test_one_rejection_lowers_the_code_where_the_words_are_near(talks):
    first = next(at for at in range(60) if talks.truth[at] == 0)
    near = [at for at in range(60, 80) if talks.truth[at] == 0]
    rejected = no_decisions(len(talks.texts), 3)
    rejected.rejected[first, 0] = True
    after = talks.suggester.after(rejected, talks.groups).scores
    assert after[near, 0].mean() < talks.after([]).scores[near, 0].mean()


def test_what_is_disputed_or_unsure_teaches_nothing(talks):
    unsure = no_decisions(len(talks.texts), 3)
    unsure.open[:20, 1] = True
    assert np.allclose(
        talks.suggester.after(unsure, talks.groups).scores, talks.after([]).scores, atol=1e-6
    )


def test_a_code_in_a_small_facet_is_no_likelier_for_it():
    codes = {"Money": "About grants.", "Time": "About hours.", "Trust": "About families."}
    talks = Talks(codes)
    lone = [replace(talks.codes[0], facet="lone"), *talks.codes[1:]]
    together = talks.suggester.after(no_decisions(len(talks.texts), 3)).scores
    apart = Suggester(talks.suggester.prepared, lone, embed)
    alone = apart.after(no_decisions(len(talks.texts), 3)).scores
    ranks = [np.argsort(-scores, axis=1)[:, 0] for scores in (together, alone)]
    assert (ranks[0] == ranks[1]).mean() > 0.9


def test_a_codebook_of_one_code_without_examples_can_be_learnt():
    talks = Talks({"Money": ""})
    after = talks.after(range(64)).scores[64:, 0]
    is_money = talks.truth[64:] == 0
    assert after[is_money].min() > after[~is_money].max()


def test_the_same_words_throughout_are_scored_alike():
    texts = ["We said so."] * 30
    made = Suggester(prepare(said_alone(texts, embed(texts))), Talks().codes, embed)
    for count in (0, 1, 25):
        decided = no_decisions(30, 3)
        decided.reviewed[:count] = True
        decided.confirmed[:count, 0] = True
        scores = made.after(decided, ["a"] * 15 + ["b"] * 15).scores
        assert np.isfinite(scores).all()
    assert scores[29].argmax() == 0


def test_the_check_leaves_out_each_transcript_and_says_how_it_went(talks):
    checked = talks.after(range(80)).checked
    assert (checked.passages, checked.groups) == ((talks.truth < 3).sum(), TALKS)
    assert checked.found / checked.passages > 0.95


def test_of_scores_moved_along_the_curve_as_many_come_true_as_they_say():
    chance = np.random.default_rng(0)
    true = chance.uniform(0.05, 0.95, size=4_000)
    right = chance.uniform(size=4_000) < true
    odds = np.log(true / (1 - true))
    boasting = (1 / (1 + np.exp(-2.5 * odds - 1))).astype(np.float32)
    assert calibration_error(boasting, right) > 0.1
    assert calibration_error(curve_from(boasting, right).of(boasting), right) < 0.03


def test_reasons_are_near_confirmed_and_near_rejected_passages_of_several_transcripts(talks):
    suggested = talks.after(range(64))
    row = next(at for at in range(64, 80) if talks.truth[at] == 0)
    proposed = [[] for _ in talks.texts]
    proposed[row] = [(0, 0.9)]
    why = talks.suggester.because(suggested, proposed)[row, 0]
    at = suggested.lessons.at
    assert [talks.truth[at[one]] for one in why.confirmed] == [0, 0, 0]
    assert len({talks.groups[at[one]] for one in why.confirmed}) == 3
    assert len(why.rejected) == 3
    assert all(talks.truth[at[one]] != 0 for one in why.rejected)


def test_a_passage_is_no_reason_for_itself(talks):
    suggested = talks.after(range(80))
    proposed = [[(0, 0.9)] for _ in talks.texts]
    why = talks.suggester.because(suggested, proposed)
    at = suggested.lessons.at
    assert all(
        row not in [at[one] for one in (*found.confirmed, *found.rejected)]
        for (row, _), found in why.items()
    )


def stanced(rows, given) -> Stanced:
    count = len(given)
    return Stanced(rows[:count], np.array(given), np.arange(count) % 4, np.arange(count))


def test_a_likely_stance_is_learnt_across_codes_and_none_is_suggested_before():
    helped, hindered = "it helped us along greatly", "it stood in our way badly"
    texts = [f"{(helped, hindered)[at % 2]} with number {at}" for at in range(60)]
    rows = embed(texts)
    given = [at % 2 for at in range(FEWEST)]
    assert likely_stances(rows, stanced(rows, given[:-1]), {}) == [None] * 60
    found = likely_stances(rows, stanced(rows, given), {})
    assert found == [STANCES[at % 2] for at in range(60)]


def test_a_stance_given_to_marked_words_is_not_told_on_the_passage_beneath():
    texts = [f"number {at} helped us" if at % 2 else f"number {at} hurt us" for at in range(40)]
    rows = embed(texts)
    said = stanced(rows, [at % 2 for at in range(FEWEST)])
    strange = embed(["a riddle with a hat"])
    both = Stanced(
        np.vstack([said.rows, strange]),
        np.append(said.given, 2),
        np.append(said.groups, 9),
        np.append(said.at, -1),
    )
    rows = np.vstack([rows, strange])
    assert likely_stances(rows, both, {})[-1] == STANCES[2]
    assert likely_stances(rows, both, {len(texts): (FEWEST,)})[-1] != STANCES[2]


def test_one_stance_alone_teaches_no_stance():
    rows = embed([f"number {at}" for at in range(40)])
    assert likely_stances(rows, stanced(rows, [1] * 30), {}) == [None] * 40


def test_the_stances_that_are_learnt_are_those_that_can_be_recorded():
    assert STANCES == RECORDED
