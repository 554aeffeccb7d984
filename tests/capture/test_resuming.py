"""A killed analysis goes on where it was: nothing finished is repeated, nothing is lost."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import GREENSHOOTS, environment, greenshoots, well
from transcripts.samples import SAMPLE_STUDY

PATIENCE_SECONDS = 120

PLACES = {
    "while the first texts are embedded": "SELECT 1 FROM job_step WHERE name = 'embed 1'",
    "between two steps": (
        "SELECT 1 FROM job_step WHERE name = 'embed 1' AND finished_at IS NOT NULL"
    ),
    "while themes are looked for": "SELECT 1 FROM job_step WHERE name = 'themes 1'",
    "after themes were stored": (
        "SELECT 1 FROM job_step WHERE name = 'themes 1' AND finished_at IS NOT NULL"
    ),
    "while suggestions are written": "SELECT 1 FROM suggestion LIMIT 1",
}


def rows(data: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        return connection.execute(query).fetchall()


def kill_when(data: Path, sign: str) -> None:
    """Start an analysis and end it with SIGKILL as soon as `sign` shows a row."""
    process = subprocess.Popen(
        [*GREENSHOOTS, "analyse", "--study", SAMPLE_STUDY],
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not rows(data, sign):
            assert process.poll() is None, "the analysis ended before it could be killed"
            assert time.monotonic() < until, f"never came to: {sign}"
            time.sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not a thing on Windows")
@pytest.mark.long
@pytest.mark.timeout(600)
def test_an_analysis_killed_at_five_places_ends_as_if_it_had_not_been(
    tmp_path, sample_folder, analysed
):
    killed = tmp_path / "killed"
    well(greenshoots(killed, "ingest", sample_folder, "--study", SAMPLE_STUDY))
    begun = "SELECT name, begun FROM job_step WHERE finished_at IS NOT NULL"
    for place, sign in PLACES.items():
        finished_before = dict(rows(killed, begun))
        kill_when(killed, sign)
        finished_after = dict(rows(killed, begun))
        again = {n for n, times in finished_before.items() if finished_after[n] != times}
        assert not again, f"{place}: steps that were finished were begun again: {again}"
    well(greenshoots(killed, "analyse", "--study", SAMPLE_STUDY))

    assert rows(killed, "SELECT state FROM job") == [("done",)]
    for table in ("vector", "candidate_theme", "candidate_member", "suggestion", "segment"):
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 - the names are ours
        assert rows(killed, query) == rows(analysed, query), table
    for command in ("themes", "suggest"):
        answers = [
            well(greenshoots(data, command, "--study", SAMPLE_STUDY, "--json"))
            for data in (killed, analysed)
        ]
        assert answers[0] == answers[1]
