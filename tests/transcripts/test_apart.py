"""Readers in real child processes: what they give up, and what a file that breaks one costs."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from tests.transcripts.breaking import gone, long_talk, memory_eater
from transcripts import apart
from transcripts.apart import Readers
from transcripts.child import NOT_NEEDED
from transcripts.errors import NoReader, RefusedFile
from transcripts.intake import MIB, MOST_MEMORY
from transcripts.readers import READABLE, read
from transcripts.survey import SurveyColumns

TALK = b"Asha: We met on Tuesday.\nBo: And it went well.\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(scope="module")
def readers():
    """Readers for tests that leave them as they were."""
    shared = Readers()
    yield shared
    shared.close()


@pytest.fixture
def own():
    """Makes readers that are closed after the test."""
    made = []

    def make(**limits):
        made.append(Readers(**limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def child_of(readers: Readers) -> int:
    """The process id of the child that waits, started where there is none."""
    readers.read("talk.txt", TALK)
    return readers._idle[-1].process.pid


def test_a_file_is_read_as_it_is_in_this_process(readers, sample_folder):
    files = sorted(
        path
        for path in sample_folder.iterdir()
        if path.suffix in READABLE and path.name != "manifest.csv"
    )
    assert len({path.suffix for path in files}) > 3
    for path in files:
        assert readers.read(path.name, path.read_bytes()) == read(path.name, path.read_bytes())


def test_the_columns_of_a_survey_go_along(readers):
    data = b"ref,town,what helped\nA1,Brayfold,More time.\nA2,Quernley,Nothing yet.\n"
    columns = SurveyColumns("ref", ("town",), ("what helped",))
    reading = readers.read("views.csv", data, survey=columns)
    assert [turn.speaker for turn in reading.turns] == ["A1", "A2"]
    assert reading.attributes["A2"] == {"town": "Quernley"}


def test_a_refusal_comes_back_word_for_word(readers):
    with pytest.raises(RefusedFile) as here:
        read("talk.docx", b"PK\x03\x04 cut short")
    with pytest.raises(RefusedFile) as there:
        readers.read("talk.docx", b"PK\x03\x04 cut short")
    assert str(there.value) == str(here.value)


def test_a_file_name_is_never_used_as_a_path(readers, tmp_path):
    name = f"../../{tmp_path}/talk.txt"
    assert readers.read(name, TALK).name == name
    assert list(tmp_path.iterdir()) == []
    assert readers.read("\udce9t\u202e.txt", TALK).turns


def test_one_child_serves_file_after_file(readers):
    first = child_of(readers)
    assert child_of(readers) == first


@linux
def test_the_child_is_limited_by_the_system(readers):
    process = Path(f"/proc/{child_of(readers)}")
    limits = {
        line[:26].strip(): line[26:].split()[:2]
        for line in (process / "limits").read_text().splitlines()
    }
    assert limits["Max address space"] == [str(MOST_MEMORY)] * 2
    assert limits["Max file size"] == ["0", "0"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max processes"] == ["0", "0"]
    assert int(limits["Max open files"][1]) <= 16
    assert int(limits["Max cpu time"][0]) <= 32
    status = (process / "status").read_text()
    assert "NoNewPrivs:\t1" in status
    assert os.getpriority(os.PRIO_PROCESS, int(process.name)) > os.getpriority(os.PRIO_PROCESS, 0)


@linux
def test_the_child_has_a_clean_environment_and_no_file_of_ours(readers, tmp_path, monkeypatch):
    monkeypatch.setenv("GREENSHOOTS_SECRET", "shibboleth")
    with (tmp_path / "open.txt").open("w"):
        process = Path(f"/proc/{child_of(readers)}")
        fresh = Readers(children=1)
        for pid in (process.name, child_of(fresh)):
            assert b"shibboleth" not in Path(f"/proc/{pid}/environ").read_bytes()
            held = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
            assert {name.split(":")[0] for name in held} <= {"pipe", "/dev/null"}
            assert Path(f"/proc/{pid}/cwd").resolve() == Path("/")
        fresh.close()


def test_the_child_is_lean():
    listed = run_python(
        """
        import sys
        from transcripts import child
        child.load()
        print(*sorted(name for name, there in sys.modules.items() if there))
        """
    ).split()
    tops = {name.split(".")[0] for name in listed}
    assert "transcripts.readers" in listed
    assert not tops & {*NOT_NEEDED, "sqlalchemy", "fastapi", "capture", "codebook", "api"}


def test_nothing_is_imported_from_the_folder_one_stands_in(tmp_path, monkeypatch, own):
    (tmp_path / "zipfile.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    assert own().read("talk.txt", TALK).turns


MODULES = "os.path.dirname(zipfile.__file__)"
AWAY = MODULES + " + '/..' * 40 + '/etc/passwd'"
"""A way from the modules to anywhere: as many steps up as there can be."""
DOORS = {
    "a file": "open('/etc/hostname')",
    "a way round": f"open({AWAY})",
    "a way round, by descriptor": f"os.open({AWAY}, os.O_RDONLY)",
    "a way round to what looks like a module": f"open({AWAY} + '/../secret.py')",
    "a way round in bytes": f"open(os.fsencode({AWAY}), 'rb')",
    "a folder named like that of modules": f"open({MODULES} + '2/a.py')",
    "data beside modules": f"open({MODULES} + '/LICENSE.txt')",
    "data of a checkout": "open(os.path.dirname(transcripts.__path__[0]) + '/pyproject.toml')",
    "a file to write": "open('x', 'w')",
    "a descriptor to write": "os.open(zipfile.__file__, os.O_RDWR)",
    "a socket": "socket.socket()",
    "a program": "subprocess.run(['true'])",
    "a shell": "os.system('true')",
    "a fork": "os.fork()",
    "a removal": "os.remove('x')",
    "a library": "ctypes.CDLL(None)",
}


def test_a_reader_reaches_nothing_outside_itself():
    tried = run_python(
        f"""
        import ctypes, os, socket, subprocess, transcripts, zipfile
        from transcripts.confinement import confine
        confine({MOST_MEMORY})
        for name, act in {DOORS!r}.items():
            try:
                eval(act)
            except PermissionError as refused:
                print(name)
        import wave  # a module that is needed late may be opened
        print("a module")
        """
    )
    assert tried.splitlines() == [*DOORS, "a module"]


@linux
def test_a_file_that_takes_too_much_memory_costs_one_sentence(readers):
    data = memory_eater()
    begun = time.monotonic()
    with pytest.raises(RefusedFile, match=r"bomb\.docx: reading it takes more memory.*512 MB"):
        readers.read("bomb.docx", data)
    assert time.monotonic() - begun < 20
    assert readers.read("talk.txt", TALK).turns


@linux
def test_a_child_that_holds_much_of_its_memory_afterwards_is_replaced(own):
    readers = own(memory=64 * MIB)  # what it begins with is much of that
    readers.read("talk.txt", TALK)
    assert not readers._idle


def test_a_file_that_takes_too_long_costs_one_sentence(own):
    readers = own(seconds=1.5)
    first = child_of(readers)
    begun = time.monotonic()
    with pytest.raises(RefusedFile, match=r"long\.txt: it takes longer than 1\.5 seconds"):
        readers.read("long.txt", long_talk(8))
    assert time.monotonic() - begun < 5
    assert child_of(readers) != first


@linux
def test_a_child_that_only_computes_is_ended_by_the_system():
    spinning = subprocess.run(
        [sys.executable, "-P", "-c", textwrap.dedent(
            """
            from transcripts.confinement import allow_processor_time
            allow_processor_time(0)
            while True:
                pass
            """
        )],
        timeout=30,
    )  # fmt: skip
    assert spinning.returncode == -signal.SIGXCPU


@linux
def test_a_lower_limit_of_the_system_on_processor_time_stands():
    told = run_python(
        """
        import resource
        from transcripts.confinement import allow_processor_time
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        allow_processor_time(600)
        print(*resource.getrlimit(resource.RLIMIT_CPU))
        """
    )
    assert told.split() == ["20", "20"]


@linux
def test_a_child_killed_in_the_middle_costs_its_file_alone(own):
    readers = own()
    child = child_of(readers)
    outcomes = {}

    def read_one(name, data):
        try:
            outcomes[name] = readers.read(name, data)
        except RefusedFile as refused:
            outcomes[name] = refused

    os.kill(child, signal.SIGSTOP)  # it will not come to an end before it is killed
    threads = [threading.Thread(target=read_one, args=("first.txt", TALK))]
    threads[0].start()
    time.sleep(0.2)
    threads.append(threading.Thread(target=read_one, args=("second.txt", TALK)))
    threads[1].start()
    time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    for thread in threads:
        thread.join(timeout=60)
    assert "came to an end over it" in outcomes["first.txt"].reason
    assert outcomes["second.txt"].turns
    assert child_of(readers) != child


@linux
def test_a_child_that_stops_answering_is_ended_by_the_clock(own):
    readers = own(seconds=1.5)
    os.kill(child_of(readers), signal.SIGSTOP)
    with pytest.raises(RefusedFile, match="longer than"):
        readers.read("talk.txt", TALK)
    assert readers.read("talk.txt", TALK).turns


@linux
def test_a_child_that_died_while_it_waited_is_replaced_in_silence(own):
    readers = own()
    child = child_of(readers)
    os.kill(child, signal.SIGKILL)
    assert gone(child)
    assert readers.read("talk.txt", TALK).turns


def test_there_are_two_children_at_most_however_many_ask(own):
    readers = own()
    names = [f"talk {at}.txt" for at in range(12)]
    found = []
    threads = [
        threading.Thread(target=lambda name=name: found.append(readers.read(name, TALK).name))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(found) == sorted(names)
    assert 1 <= len(readers._idle) <= 2


@linux
def test_who_waits_too_long_for_a_turn_is_told(own):
    readers = own(children=1, patience=0.1, seconds=2)
    os.kill(child_of(readers), signal.SIGSTOP)
    busy = threading.Thread(target=refused, args=(readers, "a.txt"))
    busy.start()
    time.sleep(0.1)
    with pytest.raises(NoReader, match="had no turn"):
        readers.read("b.txt", TALK)
    busy.join(timeout=30)


def test_without_a_child_one_is_told(own, monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(NoReader, match="could be started"):
        own().read("talk.txt", TALK)


PARENT = """
import os, sys, time
from transcripts.apart import Readers
readers = Readers()
readers.read("talk.txt", b"Asha: Yes.\\n")
print(readers._idle[-1].process.pid, flush=True)
{then}
"""


@linux
@pytest.mark.parametrize(
    "then",
    ["time.sleep(60)", "readers.read('long.txt', b'Speaker 1: and so we went on.\\n' * 600_000)"],
    ids=["waiting", "reading"],
)
def test_the_child_ends_when_its_parent_is_killed(then):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(then=then)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.kill()
    parent.communicate()
    assert gone(child)


@linux
def test_the_shared_children_end_with_the_process_and_are_not_taken_over_by_a_fork():
    said = run_python(
        """
        import os
        from transcripts import apart
        apart.read_apart("talk.txt", b"Asha: Yes.\\n")
        first = apart._shared._idle[-1].process.pid
        copy = os.fork()
        if not copy:
            apart.read_apart("talk.txt", b"Asha: Yes.\\n")
            second = apart._shared._idle[-1].process.pid
            apart._shared.close()
            os._exit(0 if second != first else 1)
        assert os.waitpid(copy, 0)[1] == 0
        apart.read_apart("talk.txt", b"Asha: Yes.\\n")
        assert apart._shared._idle[-1].process.pid == first
        print(first)
        """
    )
    assert gone(int(said))


def refused(readers: Readers, name: str) -> None:
    with pytest.raises(RefusedFile):
        readers.read(name, TALK)


def run_python(source: str) -> str:
    """What a script says on standard output; it has to go well."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
