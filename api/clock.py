"""Times in a recording, as people write them: 00:30, 1:02:05, 62 min."""

import re

from capture.errors import Unfit

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d)", re.ASCII)
_UNITS = re.compile(
    r"""(?:(\d{1,3}(?:[.,]\d)?)\s*(?:h|hrs?|hours?))?\s*
        (?:(\d{1,4})\s*(?:m|mins?|minutes?))?\s*
        (?:(\d{1,5})\s*(?:s|secs?|seconds?))?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def clock(seconds: float) -> str:
    """Seconds as `mm:ss`, or `h:mm:ss` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def seconds_of(typed: str) -> int:
    """Seconds from `mm:ss`, `h:mm:ss`, or figures with units; a number alone is minutes.

    The page's script reads times in the same way (`static/transcripts-time.js`). Raises Unfit.
    """
    typed = typed.strip()
    if typed.isascii() and typed.isdigit() and len(typed) <= len("9999"):
        return int(typed) * 60
    found = _CLOCK.fullmatch(typed) or _UNITS.fullmatch(typed or "-")
    if found is None:
        raise Unfit(f"“{typed}” is not a time.", way_out="Write it as 00:30, 1:02:05 or 62 min.")
    hours, minutes, second = (float((part or "0").replace(",", ".")) for part in found.groups())
    return round(hours * 3600 + minutes * 60 + second)
