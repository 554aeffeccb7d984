"""Files that break whoever reads them, sent to the service: one sentence each, and it goes on."""

import os
import signal
import threading

import pytest

from tests.api.test_upload import TALK, Room
from tests.transcripts.breaking import gone, long_talk, memory_eater
from transcripts import apart
from transcripts.apart import Readers


@pytest.fixture
def room(service):
    return Room(service)


def answers(room):
    return room.browser.get(room.address).status_code == 200


def test_a_file_that_takes_too_much_memory_costs_itself_alone(room):
    answer = room.upload(("bomb.docx", memory_eater()), ("talk.txt", TALK))
    assert answer.status_code == 200
    assert "bomb.docx: reading it takes more memory" in answer.text
    assert room.waiting() == ["talk.txt"]
    assert answers(room)


def test_the_service_answers_while_a_file_takes_too_long(room, monkeypatch):
    monkeypatch.setattr(apart, "_shared", readers := Readers(seconds=2))
    readers.read("talk.txt", TALK)
    told = []
    send = threading.Thread(
        target=lambda: told.append(room.upload(("long.txt", long_talk(8))).text)
    )
    send.start()
    assert answers(room)
    send.join(timeout=60)
    assert "long.txt: it takes longer than 2 seconds to read" in told[0]
    assert room.waiting() == []
    readers.close()


def test_a_reader_killed_from_outside_is_replaced(room, monkeypatch):
    monkeypatch.setattr(apart, "_shared", readers := Readers(children=1))
    readers.read("talk.txt", TALK)
    child = readers._idle[-1].process.pid
    os.kill(child, signal.SIGKILL)
    assert gone(child)
    room.upload(("talk.txt", TALK))
    assert room.waiting() == ["talk.txt"]
    readers.close()
