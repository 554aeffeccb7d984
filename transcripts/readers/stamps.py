"""Times that stand at the edge of a line: `[00:12:31]`, `0:03`, `00:00:01.2 --> 00:00:05.0`."""

import re
from dataclasses import dataclass

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_RANGE = rf"({_CLOCK})(?:\s*(?:-->|->|–|—|-|to)\s*({_CLOCK}))?"
_BOUNDED = rf"(?<![\w:.,])(?:\[\s*{_RANGE}\s*\]|\(\s*{_RANGE}\s*\)|{_RANGE})(?![\w:])"
_STAMP = re.compile(_BOUNDED)
_LEADING = re.compile(rf"\s*{_BOUNDED}[\s|–—-]*")
_TRAILING = re.compile(rf"[\s|,–—-]*{_BOUNDED}\s*$")
_FULL = re.compile(r"\d+:\d+:\d+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time in a line, in seconds; `start` to `end` is the time with its brackets and spaces.

    `sure` says that it can only be a time of the recording: in brackets, a range, or with hours.
    """

    starts_at: float
    ends_at: float | None
    start: int
    end: int
    sure: bool


def leading_stamp(line: str) -> Stamp | None:
    """The time a line begins with."""
    return _stamp(_LEADING.match(line))


def trailing_stamp(line: str) -> Stamp | None:
    """The time a line ends with."""
    return _stamp(_TRAILING.search(line[-60:]), max(0, len(line) - 60))


def stamps_in(text: str) -> list[tuple[str, float, int]]:
    """Every time in a text: as written, in seconds, and where it begins."""
    found = ((match, _stamp(match)) for match in _STAMP.finditer(text))
    return [(match[0], stamp.starts_at, match.start()) for match, stamp in found if stamp]


def _stamp(match: re.Match[str] | None, offset: int = 0) -> Stamp | None:
    if match is None:
        return None
    clocks = [clock for clock in match.groups() if clock]
    times = [_seconds(clock) for clock in clocks]
    starts_at = times[0]
    ends_at = times[1] if len(times) > 1 else None
    if starts_at is None or (len(times) > 1 and ends_at is None):
        return None
    written = match[0].strip(" \t|,–—-")
    sure = written[0] in "[(" or ends_at is not None or bool(_FULL.match(clocks[0]))
    return Stamp(starts_at, ends_at, offset + match.start(), offset + match.end(), sure)


def _seconds(clock: str) -> float | None:
    """Seconds of a clock; None where its minutes or seconds run past sixty."""
    whole, _, part = clock.replace(",", ".").partition(".")
    numbers = [int(number) for number in whole.split(":")]
    if numbers[-1] > 59 or (len(numbers) == 3 and numbers[1] > 59):
        return None
    total = 0
    for number in numbers:
        total = total * 60 + number
    return round(total + float(f"0.{part or 0}"), 3)
