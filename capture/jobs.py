"""The runner of durable jobs. Packages register what a job does; here it is only carried out.

A job is a row that was asked for. One process at a time holds the runner's lock and carries jobs
out as DBOS workflows: a stopped job goes on after its last finished step. DBOS keeps arguments
and results as pickles, so they are ids and counts, never words or vectors.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from filelock import FileLock, Timeout
from sqlalchemy import or_, select

from capture import job_rows
from capture.encoding.embed import Embedder, load_embedder
from capture.models import Job, now
from capture.settings import Settings
from capture.store import Store
from transcripts.errors import GreenshootsError

log = structlog.get_logger()

POLL_SECONDS = 0.3
EXECUTOR = "greenshoots"
DEAD = ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
BROKE_OFF = "The work broke off. What was finished is kept; ask for it again to go on from there."


@dataclass
class Bench:
    """What a step works with: the store, the settings, and the model once it is needed."""

    store: Store
    settings: Settings
    report: Callable[[int, int], None] = lambda _done, _total: None
    """Tells how far a long step has come."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What a phase keeps in memory from one job to the next, by its own name for it."""
    _embedder: list[Embedder] = field(default_factory=list)

    @property
    def embedder(self) -> Embedder:
        """The model, loaded at first use."""
        if not self._embedder:
            self._embedder.append(
                load_embedder(self.settings.model, precision=self.settings.precision)
            )
        return self._embedder[0]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a job: `plan` says how many steps it takes, `work` does step number i.

    `work` must be safe to repeat: it may be stopped at any moment and begun again.
    """

    name: str
    doing: str
    plan: Callable[[Bench, int], int]
    work: Callable[[Bench, int, int], None]


_kinds: dict[str, tuple[Phase, ...]] = {}
_bench: list[Bench] = []
"""DBOS calls plain functions by name, so what they work with stands here while a runner runs."""


def register(kind: str, *phases: Phase) -> None:
    """Say what a kind of job does."""
    _kinds[kind] = phases


class JobFailed(Exception):
    """A step failed; the sentence holds nothing anyone said."""


@DBOS.workflow(name="job")
def _job(job_id: str) -> None:
    kind = _begin(job_id)
    try:
        for phase in _kinds[kind]:
            for number in range(_plan(job_id, kind, phase.name)):
                _work(job_id, kind, phase.name, number)
    except JobFailed as failed:
        _finish(job_id, "failed", str(failed))
    else:
        _finish(job_id, "done", None)


@DBOS.step(name="begin")
def _begin(job_id: str) -> str:
    with _bench[0].store.writing() as session:
        return job_rows.begin(session, job_id).kind


@DBOS.step(name="plan")
def _plan(job_id: str, kind: str, phase_name: str) -> int:
    with _told(phase_name):
        phase, study_id = _phase(kind, phase_name), _study(job_id)
        steps = phase.plan(_bench[0], study_id)
        with _bench[0].store.writing() as session:
            job_rows.enter_phase(session, job_id, phase.doing, steps)
        return steps


@DBOS.step(name="work")
def _work(job_id: str, kind: str, phase_name: str, number: int) -> None:
    store, step = _bench[0].store, f"{phase_name} {number + 1}"

    def report(done: int, total: int) -> None:
        with store.writing() as session:
            job_rows.report(session, job_id, done, total)

    with _told(phase_name):
        with store.writing() as session:
            if not job_rows.begin_step(session, job_id, step):
                return
        _bench[0].report = report
        _phase(kind, phase_name).work(_bench[0], _study(job_id), number)
        with store.writing() as session:
            job_rows.finish_step(session, job_id, step)


@DBOS.step(name="finish")
def _finish(job_id: str, state: str, sentence: str | None) -> None:
    with _bench[0].store.writing() as session:
        job_rows.finish(session, job_id, state, sentence)


def _phase(kind: str, name: str) -> Phase:
    return next(phase for phase in _kinds[kind] if phase.name == name)


def _study(job_id: str) -> int:
    with _bench[0].store.reading() as session:
        return session.get_one(Job, job_id).study_id


@contextmanager
def _told(phase_name: str) -> Iterator[None]:
    """Turn any failure into a sentence without a word from the transcripts."""
    try:
        yield
    except GreenshootsError as error:
        raise JobFailed(str(error)) from None
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the job must say so
        kind = type(error).__name__
        log.error("step failed", phase=phase_name, error=kind)  # noqa: TRY400 - a traceback quotes
        raise JobFailed(
            f"The step “{phase_name}” failed ({kind}). What was finished before it is kept; "
            "ask for the analysis again to go on."
        ) from None


class Runner:
    """Carries out jobs while it holds the store's runner lock: one process at a time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._lock = FileLock(settings.runner_lock)

    def try_start(self) -> bool:
        """Take the lock and start, unfinished jobs first; False when another process has it."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        _bench[:] = [Bench(self._store, self._settings)]
        config: DBOSConfig = {
            "name": "greenshoots",
            "system_database_url": f"sqlite:///{self._settings.jobs_database}",
            "executor_id": EXECUTOR,
            "application_version": "1",
            "log_level": "CRITICAL",
            "enable_otlp": False,
        }
        DBOS(config=config)
        DBOS.launch()
        self._settings.jobs_database.chmod(0o600)
        return True

    def take_turns(self, stop: Event) -> None:
        """Run until told to stop; while another process runs, wait, and take over when it ends."""
        while not stop.is_set():
            if self.try_start():
                try:
                    self.run(stop)
                finally:
                    self.stop()
            else:
                stop.wait(POLL_SECONDS)

    def run(self, stop: Event) -> None:
        """Carry out jobs in the order they were asked for, until told to stop."""
        while not stop.is_set():
            job_id = self._next()
            if job_id is not None:
                with SetWorkflowID(job_id):
                    DBOS.start_workflow(_job, job_id)
                self._wait_for(job_id, stop)
            else:
                stop.wait(POLL_SECONDS)

    def _wait_for(self, job_id: str, stop: Event) -> None:
        # Not the handle's get_result(): that could not be told to stop.
        while not stop.wait(POLL_SECONDS / 3):
            with self._store.reading() as session:
                if session.get_one(Job, job_id).state not in job_rows.UNFINISHED:
                    return
            status = DBOS.get_workflow_status(job_id)
            if status is not None and status.status in DEAD:
                # Not even its end could be written down, so nothing else will: say so here.
                with self._store.writing() as session:
                    job_rows.finish(session, job_id, "failed", BROKE_OFF)
                return

    def _next(self) -> str | None:
        with self._store.reading() as session:
            return session.scalar(
                select(Job.id)
                .where(
                    Job.state.in_(job_rows.UNFINISHED),
                    or_(Job.not_before.is_(None), Job.not_before <= now()),
                )
                .order_by(Job.state, Job.created_at)
                .limit(1)
            )

    def stop(self) -> None:
        """Let go of jobs and lock; what is unfinished goes on with the next runner."""
        DBOS.destroy(destroy_registry=False)
        _bench.clear()
        self._lock.release()
