"""The meaning of a question, asked of a process of its own."""

import time

import numpy as np
import psutil
import pytest

from capture.searching.meaning import PATIENCE_SECONDS, MeaningApart
from capture.settings import Settings

LOADS_SECONDS = 60.0


@pytest.fixture
def apart(settings):
    meaning = MeaningApart(settings)
    yield meaning
    meaning.close()


def begun(meaning: MeaningApart) -> MeaningApart:
    """Ask a first time, and wait until it has answered or said what is amiss."""
    assert meaning.of("time with families") is None
    return ready(meaning)


def ready(meaning: MeaningApart) -> MeaningApart:
    until = time.monotonic() + LOADS_SECONDS
    while meaning.state == "starting" and time.monotonic() < until:
        time.sleep(0.05)
    return meaning


def test_a_question_has_the_vector_of_its_words_and_a_late_answer_is_kept(apart, embedder):
    assert apart.state == "resting"
    found = begun(apart).of("time with families 😀")
    assert apart.state == "ready"
    assert (found.model, found.precision) == (embedder.model, embedder.precision)
    assert found.vector @ embedder.encode(["time with families 😀"])[0] > 0.999
    assert np.isclose(np.linalg.norm(found.vector), 1)

    assert apart.of("time with families 😀") is found

    slow = psutil.Process(apart._process.pid)
    slow.suspend()
    try:
        begin = time.monotonic()
        assert apart.of("asked of one who is busy") is None
        assert time.monotonic() - begin >= PATIENCE_SECONDS
        assert apart.state == "starting"
        begin = time.monotonic()
        assert apart.of("asked after that") is None
        assert time.monotonic() - begin < PATIENCE_SECONDS / 4
    finally:
        slow.resume()
    assert ready(apart).of("asked of one who is busy") is not None

    psutil.Process(apart._process.pid).kill()
    apart._process.wait()
    assert apart.state == "resting"
    assert apart.of("a second time") is None
    assert apart.state == "starting"

    child = psutil.Process(apart._process.pid)
    apart.close()
    assert not child.is_running()


def test_a_model_that_is_not_there_is_said_and_not_tried_again_at_once(tmp_path):
    meaning = MeaningApart(Settings(data=tmp_path, model=str(tmp_path)))
    begun(meaning)
    assert meaning.state == "amiss"
    assert "holds no model weights" in meaning.why
    process = meaning._process
    assert meaning.of("again") is None
    assert meaning._process is process
    meaning.close()
