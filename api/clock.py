"""Times in a recording, as people write them: 00:30, 1:02:05."""

import re

from capture.errors import Unfit

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d)", re.ASCII)


def clock(seconds: float) -> str:
    """Seconds as `mm:ss`, or `h:mm:ss` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def seconds_of(typed: str) -> int:
    """Seconds from `mm:ss` or `h:mm:ss`; a number alone is minutes. Raises Unfit otherwise."""
    typed = typed.strip()
    if typed.isascii() and typed.isdigit() and len(typed) <= len("9999"):
        return int(typed) * 60
    found = _TIME.fullmatch(typed)
    if found is None:
        raise Unfit(f"“{typed}” is not a time.", way_out="Write it as 00:30, or 1:02:05.")
    hours, minutes, second = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + second
