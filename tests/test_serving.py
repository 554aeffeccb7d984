"""The service and its worker: one process carries out the jobs, and none outlives the service."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest

from api import serving
from capture.settings import Settings
from tests.commands import GREENSHOOTS, environment, greenshoots, well
from tests.serving import start
from transcripts.samples import SAMPLE_STUDY

END_SECONDS = 20


def rows(data, query):
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_analysing_beside_a_running_service_runs_every_step_once(tmp_path, sample_folder):
    data = tmp_path / "data"
    well(greenshoots(data, "ingest", sample_folder, "--study", SAMPLE_STUDY))
    served = start(data)
    try:
        two = [
            subprocess.Popen(
                [*GREENSHOOTS, "analyse", "--study", SAMPLE_STUDY],
                env=environment(data),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for _ in range(2)
        ]
        assert [one.wait(timeout=240) for one in two] == [0, 0]
    finally:
        served.stop()
    assert set(rows(data, "SELECT state FROM job")) == {("done",)}
    assert set(rows(data, "SELECT begun FROM job_step")) == {(1,)}
    twice = "SELECT count(*) FROM candidate_theme GROUP BY discovery_id"
    assert len(rows(data, twice)) == 1


@pytest.mark.timeout(120)
def test_the_worker_does_not_outlive_a_service_that_is_killed(tmp_path):
    served = start(tmp_path / "data")
    workers = psutil.Process(served.process.pid).children(recursive=True)
    assert workers
    served.process.kill()
    served.process.wait()
    until = time.monotonic() + END_SECONDS
    while any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in workers):
        assert time.monotonic() < until, "the worker lives on"
        time.sleep(0.1)


@pytest.mark.timeout(120)
def test_a_worker_that_dies_is_started_again(tmp_path):
    served = start(tmp_path / "data")
    try:
        service = psutil.Process(served.process.pid)
        [first] = service.children()
        first.kill()
        until = time.monotonic() + END_SECONDS
        while not [one for one in service.children() if one.pid != first.pid]:
            assert time.monotonic() < until, "no worker came back"
            time.sleep(0.1)
    finally:
        served.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no program that only fails")
def test_a_worker_that_cannot_start_is_given_up_with_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    monkeypatch.setattr(serving, "BREATH_SECONDS", 0.01)
    told, until = "", time.monotonic() + END_SECONDS
    with serving.Worker(Settings(data=tmp_path)):
        while "ended 5 times in a row" not in told:
            assert time.monotonic() < until, "it goes on trying"
            time.sleep(0.05)
            told += capsys.readouterr().err


def test_files_in_the_current_folder_are_not_taken_for_ours(tmp_path, monkeypatch):
    (tmp_path / "api.py").write_text("raise SystemExit('somebody else')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings, until = Settings(data=tmp_path / "data"), time.monotonic() + END_SECONDS
    with serving.Worker(settings):
        while not settings.jobs_database.exists():
            assert time.monotonic() < until, "the worker didn't start"
            time.sleep(0.1)
