"""Sums in one thread, where several would be slower, or would change the last digits.

Small matrices are multiplied many times over in looking for themes and in learning. Threads that
wait for each other then take longer than the sums: learning a study took four times as long by the
clock with two threads as with one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

_ALONE = RLock()
"""Held meanwhile: the limit is the process's, so the first of two to finish would lift it for the
other."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Do sums in one thread: the order in which several add up would change the last digits."""
    with _ALONE, _threads().limit(limits=1):
        yield


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()  # looking for the libraries takes longer than a small grouping
