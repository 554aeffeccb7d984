"""How long what was recorded lasted, as the times in a file tell."""

from collections.abc import Iterable

from transcripts.turns import Turn

BACK_TO_START = 60.0
"""Times that fall by more than this (seconds) begin another recording."""


def seconds_of(turns: Iterable[Turn]) -> float | None:
    """Seconds from the start of the recording to the last time told; None where none is.

    Several recordings put together in one file each count from their own start: they add up.
    """
    ended, last = 0.0, None
    for turn in turns:
        times = [at for at in (turn.starts_at, turn.ends_at) if at is not None]
        if not times:
            continue
        if last is not None and times[0] < last - BACK_TO_START:
            ended, last = ended + last, None
        last = max(times) if last is None else max(last, *times)
    return None if last is None else ended + last
