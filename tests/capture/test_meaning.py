"""The meaning of a question, asked of a process of its own."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest

from capture.searching import meaning
from capture.searching.meaning import PATIENCE_SECONDS, MeaningApart
from capture.settings import Settings

LOADS_SECONDS = 60.0


@pytest.fixture
def apart(settings):
    meaning = MeaningApart(settings)
    yield meaning
    meaning.close()


def begun(apart: MeaningApart) -> MeaningApart:
    """Ask a first time, and wait until it has answered or said what is amiss."""
    assert apart.of("time with families") is None
    return ready(apart)


def ready(apart: MeaningApart) -> MeaningApart:
    until = time.monotonic() + LOADS_SECONDS
    while apart.state in {"starting", "busy"} and time.monotonic() < until:
        time.sleep(0.05)
    return apart


def test_a_question_has_the_vector_that_its_words_have_in_a_text(apart, embedder):
    assert apart.state == "resting"
    found = begun(apart).of("time with families 😀")
    assert apart.state == "ready"
    assert (found.model, found.precision) == (embedder.model, embedder.precision)
    assert found.vector @ embedder.encode(["time with families 😀"])[0] > 0.999
    assert np.isclose(np.linalg.norm(found.vector), 1)

    assert apart.of("time with families 😀") is found

    psutil.Process(apart._process.pid).kill()
    apart._process.wait()
    assert apart.state == "resting"
    assert apart.of("a second time") is None
    assert apart.state == "starting"

    child = psutil.Process(apart._process.pid)
    apart.close()
    assert not child.is_running()


def test_a_child_that_is_slow_dies_or_hangs_stalls_nobody(apart, monkeypatch):
    begun(apart)
    slow = psutil.Process(apart._process.pid)
    slow.suspend()
    try:
        begin = time.monotonic()
        assert apart.of("asked of one who is busy") is None
        assert time.monotonic() - begin >= PATIENCE_SECONDS
        assert apart.state == "busy"
        begin = time.monotonic()
        assert apart.of("asked after that") is None
        assert time.monotonic() - begin < PATIENCE_SECONDS / 4
    finally:
        slow.resume()
    assert ready(apart).of("asked of one who is busy") is not None

    slow.suspend()
    with ThreadPoolExecutor() as pool:
        begin = time.monotonic()
        waiting = pool.submit(apart.of, "asked of one who dies")
        time.sleep(0.2)
        slow.kill()
        assert waiting.result() is None
        assert time.monotonic() - begin < PATIENCE_SECONDS
    assert apart.of("asked of one who is busy") is None  # what was known went with it
    assert ready(apart).of("asked anew") is not None

    monkeypatch.setattr(meaning, "GIVEN_UP_SECONDS", 0.0)
    hangs = psutil.Process(apart._process.pid)
    hangs.suspend()
    assert apart.of("asked of one who hangs") is None
    assert apart.of("asked again") is None
    assert ready(apart).of("asked again") is not None
    assert not hangs.is_running() or hangs.status() == psutil.STATUS_ZOMBIE


def test_a_model_that_is_not_there_is_said_and_not_tried_again_at_once(tmp_path):
    meaning = MeaningApart(Settings(data=tmp_path, model=str(tmp_path)))
    begun(meaning)
    assert meaning.state == "amiss"
    assert "holds no model weights" in meaning.why
    process = meaning._process
    assert meaning.of("again") is None
    assert meaning._process is process
    meaning.close()
