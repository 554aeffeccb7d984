"""Jobs that break off: they end with a sentence, and block nobody."""

from threading import Event, Thread

import pytest

from capture import job_rows, jobs
from capture.models import Job
from tests.builders import build_study

PATIENCE_SECONDS = 30


@pytest.mark.timeout(120)
def test_a_job_whose_end_cannot_be_written_is_told_as_failed_and_the_next_goes_on(
    store, settings, monkeypatch
):
    jobs.register("nothing")
    with store.writing() as session:
        first, second = build_study(session, "First"), build_study(session, "Second")
        ids = [job_rows.ask(session, b.study_id, "nothing").id for b in (first, second)]
    finish, fails = job_rows.finish, iter([OSError("disk full")])

    def fail_once(*given):
        for error in fails:
            raise error
        finish(*given)

    monkeypatch.setattr(job_rows, "finish", fail_once)
    stop = Event()
    runner = Thread(target=jobs.Runner(store, settings).take_turns, args=(stop,))
    runner.start()
    states = {}
    for _ in range(PATIENCE_SECONDS * 10):
        with store.reading() as session:
            states = {job.id: job.state for job in session.query(Job)}
        if not {"waiting", "running"} & set(states.values()):
            break
        stop.wait(0.1)
    stop.set()
    runner.join()
    assert [states[one] for one in ids] == ["failed", "done"]


@pytest.mark.timeout(120)
def test_a_step_that_fails_says_so_without_a_word_of_what_was_said(store, settings):
    def fail(*_):
        raise ValueError("what somebody said in confidence")

    jobs.register("failing", jobs.Phase("themes", "Looking", lambda *_: 1, fail))
    with store.writing() as session:
        built = build_study(session)
        job_id = job_rows.ask(session, built.study_id, "failing").id
    stop = Event()
    runner = Thread(target=jobs.Runner(store, settings).take_turns, args=(stop,))
    runner.start()
    sentence = None
    for _ in range(PATIENCE_SECONDS * 10):
        with store.reading() as session:
            sentence = session.get_one(Job, job_id).sentence
        if sentence:
            break
        stop.wait(0.1)
    stop.set()
    runner.join()
    assert "themes" in sentence
    assert "confidence" not in sentence
    assert b"confidence" not in settings.jobs_database.read_bytes()
