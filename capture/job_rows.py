"""What is written about a job: that it was asked for, where it stands, each step of it.

Nothing here runs a job, so that the service can ask for one without loading what carries it out.
"""

from datetime import timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from capture.models import Job, JobStep, now

UNFINISHED = ("waiting", "running")


def unfinished(session: Session, study_id: int, kind: str) -> Job | None:
    """The job of this kind that a study is waiting for, if any."""
    return session.scalar(_of(study_id, kind).where(Job.state.in_(UNFINISHED)))


def ask(session: Session, study_id: int, kind: str, asked_by: int | None = None) -> Job:
    """Ask for a job; an unfinished one of the same kind and study is handed back instead."""
    there = unfinished(session, study_id, kind)
    if there is not None:
        return there
    job = Job(study_id=study_id, kind=kind, asked_by=asked_by)
    session.add(job)
    session.flush()
    return job


def ask_after(session: Session, study_id: int, kind: str, wait: timedelta) -> Job:
    """Ask for a job that isn't begun before a while has passed, in which more may come to do.

    One that waits already will see to that too and is handed back; one that is running has not
    seen it, so another is asked for. Those of this kind that are done are forgotten.
    """
    there = session.scalar(_of(study_id, kind).where(Job.state == "waiting"))
    if there is not None:
        return there
    done = select(Job.id).where(Job.study_id == study_id, Job.kind == kind, Job.state == "done")
    session.execute(delete(JobStep).where(JobStep.job_id.in_(done)))
    session.execute(delete(Job).where(Job.id.in_(done)))
    job = Job(study_id=study_id, kind=kind, not_before=now() + wait)
    session.add(job)
    session.flush()
    return job


def latest(session: Session, study_id: int, kind: str) -> Job | None:
    """The job of this kind that a study asked for last."""
    return session.scalar(_of(study_id, kind).order_by(Job.created_at.desc()).limit(1))


def _of(study_id: int, kind: str) -> Select[Job]:
    return select(Job).where(Job.study_id == study_id, Job.kind == kind)


def begin(session: Session, job_id: str) -> Job:
    """Mark a job as running."""
    job = session.get_one(Job, job_id)
    job.state, job.started_at = "running", job.started_at or now()
    return job


def enter_phase(session: Session, job_id: str, doing: str, steps: int) -> None:
    """Say what is being done now, of how many steps."""
    job = session.get_one(Job, job_id)
    job.doing, job.done, job.total = doing, 0, steps


def report(session: Session, job_id: str, done: int, total: int) -> None:
    """Say how far a long step has come."""
    job = session.get_one(Job, job_id)
    job.done, job.total = done, total


def begin_step(session: Session, job_id: str, name: str) -> bool:
    """Count that a step was begun; False when it is finished and must not be done again.

    A process may be killed after a step's work was stored and before the runner heard of it.
    """
    step = session.get(JobStep, (job_id, name))
    if step is None:
        step = JobStep(job_id=job_id, name=name)
        session.add(step)
    if step.finished_at is not None:
        return False
    step.begun += 1
    return True


def finish_step(session: Session, job_id: str, name: str) -> None:
    """Mark a step as finished and move the progress on."""
    session.get_one(JobStep, (job_id, name)).finished_at = now()
    job = session.get_one(Job, job_id)
    job.done = min(job.done + 1, job.total)


def finish(session: Session, job_id: str, state: str, sentence: str | None) -> None:
    """Close a job, done or failed."""
    job = session.get_one(Job, job_id)
    job.state, job.sentence, job.finished_at = state, sentence or job.sentence, now()
    job.done = job.total
