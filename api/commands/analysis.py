"""`greenshoots analyse`, `themes` and `suggest`: what the machine notices in a study."""

import json
import os
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from api.commands.console import bars, opened, say, warn
from capture import job_rows
from capture.models import Job
from capture.runs.looking_again import APPLY, ask_to_look, outlook
from capture.settings import Settings
from capture.store import Store
from capture.studies import study_named
from codebook.asking import ask_for_analysis
from codebook.reports import suggestions_report, themes_report

LOOK_SECONDS = 0.2

StudyName = Annotated[str, typer.Option("--study", help="The study's name.")]
LookAgain = Annotated[
    bool, typer.Option("--look-again", help="Look for themes again though little is new.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON (see docs/command-line.md).")]


def analyse(study: StudyName, again: LookAgain = False) -> None:
    """Embed a study's segments, find candidate themes, suggest codes. Stopped work goes on.

    Example: greenshoots analyse --study "Scale and learn"
    """
    with opened() as (store, settings):
        job = analyse_study(store, settings, study, again=again)
        from capture.runs.discoveries import latest  # loaded with the analysis, and only with it

        with store.reading() as session:
            found = latest(session, job.study_id)
            ahead = outlook(session, found) if found is not None else None
    say(job.sentence or "The analysis is done.")
    if found is not None:
        say(found.sentence)
    if ahead is not None and ahead.later:
        say(ahead.sentence)
    if job.state == "failed":
        raise typer.Exit(1)


def analyse_study(store: Store, settings: Settings, study: str, *, again: bool = False) -> Job:
    """Ask for an analysis and see it through: here, or by the process that runs the jobs."""
    with store.writing() as session:
        study_id = study_named(session, study).id
        if again:
            ask_to_look(session, study_id, APPLY)
        job_id = ask_for_analysis(session, study_id).id
    # Loaded only here: it takes seconds to load, and no other command needs it.
    import codebook.analysis  # noqa: F401 - it registers what the job does
    from capture.jobs import Runner

    stop = Event()
    with ThreadPoolExecutor(1) as pool, bars() as progress:
        running = pool.submit(Runner(store, settings).take_turns, stop)
        try:
            return _watch(store, job_id, progress, running)
        except KeyboardInterrupt:
            warn("Stopped. What is finished is kept: the same command goes on from there.")
            # The step under way can't be interrupted kindly; it is safe to leave and to repeat.
            os._exit(130)
        finally:
            stop.set()


def _watch(store: Store, job_id: str, progress: Progress, running: Future[None]) -> Job:
    bars: dict[str, TaskID] = {}
    while True:
        with store.reading() as session:
            job = session.get_one(Job, job_id)
        finished = job.state not in job_rows.UNFINISHED
        for doing, bar in bars.items():
            if finished or doing != job.doing:
                progress.update(bar, completed=progress.tasks[bar].total)
        if job.doing and job.total:
            if job.doing not in bars:
                bars[job.doing] = progress.add_task(job.doing)
            progress.update(bars[job.doing], completed=job.done, total=job.total)
        if finished:
            return job
        if running.done():
            running.result()
        sleep(LOOK_SECONDS)


def themes(study: StudyName, as_json: AsJson = False) -> None:
    """List a study's candidate themes.

    Example: greenshoots themes --study "Scale and learn" --json
    """
    with opened() as (store, _settings), store.reading() as session:
        report = themes_report(session, study_named(session, study).id)
    if as_json:
        say(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if not report["themes"]:
        warn(f"There are no candidate themes. greenshoots analyse --study '{study}' says why.")
    for theme in report["themes"]:
        if theme["granularity"] == "middle":
            steady = f"found in {theme['found_in']} of {theme['reruns']} re-runs"
            alone = ", one source only" if theme["single_source"] else ""
            say(f"{theme['name']}  ({len(theme['members'])} segments, {steady}{alone})")
            say(f"    {' · '.join(theme['keyphrases'])}")


def suggest(study: StudyName, as_json: AsJson = False) -> None:
    """List the codes suggested for a study's passages.

    Example: greenshoots suggest --study "Scale and learn" --json
    """
    with opened() as (store, _settings), store.reading() as session:
        report = suggestions_report(session, study_named(session, study).id)
    if as_json:
        say(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if not report["suggestions"]:
        warn(f"No suggestions yet: greenshoots analyse --study '{study}'")
    for one in report["suggestions"]:
        sure = "theme" if one["score"] is None else f"{one['score']:.2f} "
        say(f"{sure}  {one['code']}  —  {one['passage']['text']}")
