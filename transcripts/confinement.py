"""What the child process gives up before it opens a file: memory, time, files, network, programs.

A limit that this system doesn't know is passed over; docs/transcripts.md says which those are.
"""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

LIMITED = os.name == "posix"
"""Whether this system has limits to set: Windows has none."""
if LIMITED:
    import fcntl
    import resource

MOST_OPEN_FILES = 16
PRIORITY = 5
"""Behind the service, but before the analysis: a person waits for what is read here."""
_NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS of Linux: nothing started from here gains rights."""

_MEMORY_NOW = "/proc/self/statm"
_OUTSIDE = ("socket.", "subprocess.", "shutil.", "ctypes.", "winreg.", "os.", "sqlite3.")
_HARMLESS = frozenset({"os.listdir", "os.scandir"})
"""Needed to find a module that is imported late."""
_CODE = (".py", ".pyc", ".so", ".pyd", ".dll")
"""How files end that Python may open for a module that is imported late; data never is."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(memory: int) -> None:
    """Give up for good what no reader needs; `memory` in bytes of address space."""
    if hasattr(os, "nice"):
        os.nice(PRIORITY)
    if LIMITED:
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
        _limit(resource.RLIMIT_NPROC, 0)
        _limit(resource.RLIMIT_AS, memory)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    sys.dont_write_bytecode = True
    places = {str(Path(entry).resolve()) for entry in sys.path if entry}
    archives = {place for place in places if place.endswith(".zip")}
    modules = (*archives, *(place + os.sep for place in places))
    sys.addaudithook(lambda event, said: _refuse(event, said, modules))


def allow_processor_time(seconds: int) -> None:
    """Let this process compute for so many more seconds; the system ends it after that."""
    if LIMITED:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = _at_most(int(used) + 1 + seconds, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def end_when_closed(stream: int, wanted: bool) -> None:
    """Have the system end us as soon as the other end of `stream` is closed, or no more.

    Only while nothing is awaited on it: what arrives ends us too.
    """
    if hasattr(os, "O_ASYNC"):
        with suppress(OSError):
            fcntl.fcntl(stream, fcntl.F_SETOWN, os.getpid())
            flags = fcntl.fcntl(stream, fcntl.F_GETFL)
            flags = flags | os.O_ASYNC if wanted else flags & ~os.O_ASYNC
            fcntl.fcntl(stream, fcntl.F_SETFL, flags)


def held_memory() -> int:
    """The address space this process has now, in bytes; 0 where the system doesn't say."""
    try:
        pages = Path(_MEMORY_NOW).read_bytes().split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit(kind: int, most: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    most = _at_most(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _at_most(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _refuse(event: str, said: tuple[Any, ...], modules: tuple[str, ...]) -> None:
    """Called by Python before it does anything outside itself: only modules may be opened."""
    if event == "open":
        path, mode, flags = said
        reads = not (flags & _WRITING) and not set(mode or "r") & set("wax+")
        if reads and isinstance(path, str) and _is_ours(path, modules):
            return
    elif not event.startswith(_OUTSIDE) or event in _HARMLESS:
        return
    raise PermissionError(f"A reader may not do this: {event}.")


def _is_ours(path: str, modules: tuple[str, ...]) -> bool:
    """Whether a path is a module's own: below where modules lie, by no way round, and code."""
    if path == _MEMORY_NOW or path in modules:
        return True
    straight = os.path.normpath(path) == path
    return straight and path.startswith(modules) and path.endswith(_CODE)
