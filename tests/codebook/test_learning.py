"""The job that learns from decisions, in a real record: what it reads, writes, and leaves alone."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import func, select

from capture import job_rows
from capture.collecting import Incoming, collect
from capture.jobs import Bench
from capture.models import Code, Job, Learning, Passage, Suggestion, Transcript, now
from capture.study_segments import study_segments
from codebook.asking import ANALYSIS, GATHERING, LEARNING, ask_for_analysis, ask_for_learning
from codebook.beginnings import begin
from codebook.curation import add_code
from codebook.decisions import Verdict, record_act
from codebook.entries import CodeEntry
from codebook.learning.job import learn, plan_learning
from codebook.overview import overview
from codebook.proposals import proposals
from codebook.reasoning import learnt_from, reasons_for, why_none
from codebook.undo import undo_last
from tests.agreeing import scope_for_all
from tests.builders import build_study
from tests.codebook.words_as_vectors import ByWords

SUBJECTS = {
    "funding": "grant budget funding march accountant spend pounds",
    "leadership": "manager director backing told above decision chief",
    "relational": "listen believe honest promise knock door family",
}
TURNS = 12


class Study:
    """Three talks on three subjects, turn by turn; the subject of a passage is known."""

    def __init__(self, store, settings) -> None:
        self.store, self.bench = store, Bench(store, settings)
        self.bench._embedder.append(ByWords())
        chance, self.subject = np.random.default_rng(3), {}
        with store.writing() as session:
            self.id = begin(session, "Talks").id
            self.coder = build_study(session, "Other").users["coder"]
        for number in range(3):
            told = [list(SUBJECTS)[at % 3] for at in chance.permutation(TURNS)]
            said = [
                f"P{at % 2 + 1}: Well, {' '.join(chance.permutation(SUBJECTS[one].split())[:5])} "
                f"is what I said at number {at} of talk {number}, and it {_went(one)}."
                for at, one in enumerate(told)
            ]
            data = "\n\n".join(said).encode()
            assert collect(store, self.id, [Incoming(f"talk-{number}.txt", lambda d=data: d)]).added
        with store.reading() as session:
            self.codes = dict(
                session.execute(
                    select(Code.key, Code.id).where(
                        Code.study_id == self.id, Code.key.in_(SUBJECTS)
                    )
                ).all()
            )
            texts = {one.passage_id: one.text for one in study_segments(session, self.id)}
        for passage_id, text in texts.items():
            self.subject[passage_id] = next(
                key for key, words in SUBJECTS.items() if any(w in text for w in words.split())
            )
        self.passages = list(texts)

    def learn(self) -> None:
        learn(self.bench, self.id, 0)

    def decide(self, passages, *, code=None, verdict="confirm", stance=None) -> None:
        with self.store.writing() as session:
            for passage_id in passages:
                key = code or self.subject[passage_id]
                takes = verdict == "confirm" and key != "relational"
                record_act(
                    session,
                    study_id=self.id,
                    user_id=self.coder,
                    passage_id=passage_id,
                    verdicts=[Verdict(self.codes[key], verdict, stance if takes else None)],
                    outcome="reviewed",
                )

    def first(self, passage_id) -> str | None:
        with self.store.reading() as session:
            found = proposals(session, passage_id)
            return session.get_one(Code, found[0].code_id).key if found else None


def _went(subject: str) -> str:
    return "stood in our way" if subject == "leadership" else "helped us along"


@pytest.fixture
def study(store, settings) -> Study:
    return Study(store, settings)


def test_what_people_decide_on_two_talks_ranks_the_third(study):
    study.learn()
    study.decide(study.passages[: 2 * TURNS])
    assert plan_learning(study.bench, study.id) == 1
    study.learn()
    assert plan_learning(study.bench, study.id) == 0
    unseen = study.passages[2 * TURNS :]
    right = [study.first(one) == study.subject[one] for one in unseen]
    assert np.mean(right) >= 0.9
    with study.store.reading() as session:
        source = session.scalars(
            select(Suggestion.source).where(Suggestion.code_id == study.codes["funding"])
        )
        assert set(source) == {"decisions"}, "no suggestion of an earlier source is left behind"
        row = session.get_one(Learning, study.id)
        assert (row.decided, row.checked, row.sources) == (2 * TURNS, 2 * TURNS, 2)
        assert learnt_from(session, study.id).startswith("Learnt from 24 decided passages. Tried")


def test_nobody_decided_yet_so_the_codebook_speaks(study):
    study.learn()
    with study.store.reading() as session:
        assert set(session.scalars(select(Suggestion.source))) <= {"codebook"}
        assert "codebook's own words" in learnt_from(session, study.id)


def test_reasons_are_the_words_of_decided_passages_and_go_when_their_speaker_withdraws(study):
    study.decide(study.passages[: 2 * TURNS])
    study.learn()
    with study.store.writing() as session:
        unseen = study.passages[2 * TURNS]
        offered = proposals(session, unseen)
        code = study.codes[study.subject[unseen]]
        reason = reasons_for(session, offered)[code]
        assert [study.subject[one.passage_id] for one in reason.confirmed] == [
            study.subject[unseen]
        ] * 3
        assert len(reason.without) == 3
        assert code not in {study.codes[study.subject[o.passage_id]] for o in reason.without}
        assert all(one.words.startswith("Well, ") for one in reason.confirmed)
        first = session.scalars(select(Transcript.id).where(Transcript.name == "Talk 0")).one()
        assert first in {one.transcript_id for one in reason.confirmed}
        scope_for_all(session, study.id, first, "withdrawn")
        left = reasons_for(session, offered)[code]
        assert first not in {one.transcript_id for one in (*left.confirmed, *left.without)}


def test_a_likely_stance_is_suggested_for_codes_that_take_one_and_recorded_for_none(study):
    for passage_id in study.passages[: 2 * TURNS]:
        hinders = study.subject[passage_id] == "leadership"
        study.decide([passage_id], stance="barrier" if hinders else "enabler")
    study.decide(study.passages[: 2 * TURNS], code="funding", stance="enabler")
    study.learn()
    with study.store.reading() as session:
        of_relational = select(Suggestion.stance).where(
            Suggestion.code_id == study.codes["relational"]
        )
        assert set(session.scalars(of_relational)) <= {None}
        told = set(session.scalars(select(Suggestion.stance)))
    assert told & {"enabler", "barrier"}


def test_a_decision_asks_for_learning_once_and_only_after_an_analysis(study):
    study.decide(study.passages[:1])
    with study.store.reading() as session:
        assert session.scalar(select(func.count(Job.id))) == 0
    study.learn()
    study.decide(study.passages[1:4])
    with study.store.writing() as session:
        undo_last(session, study_id=study.id, user_id=study.coder)
        waiting = session.scalars(select(Job)).one()
        assert (waiting.kind, waiting.state) == (LEARNING, "waiting")
        assert timedelta(0) < waiting.not_before - now() <= GATHERING


def test_a_changed_codebook_asks_for_learning(study):
    study.learn()
    with study.store.writing() as session:
        add_code(session, study.id, CodeEntry("", "Grants", "conditions", "A grant."), user_id=None)
        assert session.scalars(select(Job.kind)).all() == [LEARNING]


def test_decisions_that_come_while_a_job_runs_are_learnt_by_another(study):
    study.learn()
    with study.store.writing() as session:
        ask_for_learning(session, study.id)
        session.scalars(select(Job)).one().state = "running"
        ask_for_learning(session, study.id)
        ask_for_learning(session, study.id)
        assert sorted(session.scalars(select(Job.state))) == ["running", "waiting"]


def test_learning_never_stands_where_the_analysis_is_shown_and_leaves_no_rows_behind(study):
    study.learn()
    with study.store.writing() as session:
        analysis = ask_for_analysis(session, study.id)
        for _ in range(3):
            ask_for_learning(session, study.id)
            row = session.scalars(select(Job).where(Job.kind == LEARNING, Job.state != "done"))
            job_rows.finish(session, row.one().id, "done", None)
        shown = overview(session, study.id).job
        assert shown is not None
        assert shown.id == analysis.id
        assert job_rows.latest(session, study.id, ANALYSIS) is shown
        assert session.scalar(select(func.count(Job.id)).where(Job.kind == LEARNING)) == 1


def test_learning_writes_only_what_changed(study):
    study.learn()
    with study.store.reading() as session:
        before = dict(session.execute(select(Suggestion.id, Suggestion.created_at)).all())
    assert before
    study.decide(study.passages[:1], verdict="reject", code="funding")
    study.learn()
    with study.store.reading() as session:
        after = dict(session.execute(select(Suggestion.id, Suggestion.created_at)).all())
    assert any(after.get(key) == made for key, made in before.items())


def test_taking_everything_back_brings_the_first_suggestions_back(study):
    def told():
        with study.store.reading() as session:
            return session.execute(
                select(Suggestion.passage_id, Suggestion.code_id, Suggestion.score).order_by(
                    Suggestion.passage_id, Suggestion.code_id
                )
            ).all()

    study.learn()
    before = told()
    study.decide(study.passages[:5])
    study.learn()
    assert told() != before
    with study.store.writing() as session:
        for _ in range(5):
            undo_last(session, study_id=study.id, user_id=study.coder)
    study.learn()
    assert told() == before


def test_why_no_code_is_suggested_is_said_in_a_sentence(study):
    with study.store.writing() as session:
        assert "not been analysed" in why_none(session, study.id, study.passages[0])
    study.learn()
    with study.store.writing() as session:
        assert "one in ten" in why_none(session, study.id, study.passages[0])
        version = session.get_one(Passage, study.passages[0]).version_id
        marked = Passage(version_id=version, start=3, end=20, origin="person")
        session.add(marked)
        session.flush()
        assert "somebody marked this one" in why_none(session, study.id, marked.id)


def mark(study, segment_id, code, stance=None, *, short=2):
    """Somebody marks a segment but for a few letters, and codes it; gives the passage's id."""
    with study.store.writing() as session:
        segment = session.get_one(Passage, segment_id)
        marked = Passage(
            version_id=segment.version_id,
            start=segment.start,
            end=segment.end - short,
            origin="person",
            created_by=study.coder,
        )
        session.add(marked)
        session.flush()
        record_act(
            session,
            study_id=study.id,
            user_id=study.coder,
            passage_id=marked.id,
            verdicts=[Verdict(study.codes[code], "confirm", stance)],
            outcome=None,
        )
        return marked.id


def test_what_was_said_of_marked_words_is_not_told_on_the_segment_beneath(study):
    study.decide(study.passages[4:], stance="barrier")
    study.decide(study.passages[4:14], code="leadership", stance="enabler")
    beneath, told = study.passages[0], []
    for short, code, stance in ((2, "funding", "enabler"), (3, "leadership", "tension")):
        marked = mark(study, beneath, code, stance, short=short)
        study.learn()
        with study.store.reading() as session:
            asked = select(Suggestion).where(Suggestion.passage_id == beneath)
            rows = session.scalars(asked).all()
            best = max(rows, key=lambda row: row.score)
            told.append((best.code_id, best.stance))
            because = {
                abs(one) for row in session.scalars(select(Suggestion)) for one in row.because
            }
            own = {abs(one) for row in rows for one in row.because}
            assert marked in because
            assert marked not in own
        with study.store.writing() as session:
            undo_last(session, study_id=study.id, user_id=study.coder)
    assert told[0] == told[1] == (study.codes[study.subject[beneath]], "barrier")


def test_a_passage_somebody_marked_is_learnt_from_too(study):
    study.learn()
    marked = mark(study, study.passages[0], "funding")
    study.learn()
    with study.store.reading() as session:
        assert session.get_one(Learning, study.id).decided == 1
        because = [one for row in session.scalars(select(Suggestion.because)) for one in row]
        assert marked in because
