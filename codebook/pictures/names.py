"""Where names stand on a picture: none covers another, and as few points as can be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codebook.pictures.words import breadth, lines

SIZE = 18.0
"""Of the letters, in units of the picture."""
LEADING = 1.2
LONGEST = 24
"""Characters a line."""
APART = 4.0
"""Left free around a name."""
MARK_ROOM = 20.0
"""Before a name, for its theme's mark."""
SHIFTS = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5)
"""How far a name may move up or down, in half lines, before only its number is shown."""
A_STEP = 0.1
"""Points that must come free for each half line a name moves away from the middle of its theme."""


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's number and name about a place; `shown` says whether there is room for the name."""

    number: int
    x: float
    y: float
    lines: tuple[str, ...]
    shown: bool

    @property
    def wide(self) -> float:
        """About how wide it is, with the mark before it."""
        return MARK_ROOM + max(breadth(line, SIZE) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height

    def covers(self, spots: NDArray[np.float64]) -> int:
        x, y = spots.T
        across = (x > self.left) & (x < self.right)
        return int(np.count_nonzero(across & (y > self.top) & (y < self.bottom)))


def place_names(
    wanted: Sequence[tuple[int, str, float, float]],
    spots: NDArray[np.float64],
    width: float,
    height: float,
) -> list[Name]:
    """Place (number, text with it, x, y), the most important first; every number is shown.

    A name stands at its place, or a little above, below or beside it where others are in the way,
    or where it would hide points; `spots` (n, 2) is where those are.
    """
    taken: list[_Box] = []
    found = []
    for number, text, x, y in wanted:
        alone = (str(number),)
        whole = lines(text, LONGEST)
        name = (
            _best(_tries(number, whole, x, y), taken, spots, width, height)
            or _best(_tries(number, alone, x, y, shown=False), taken, spots, width, height)
            or Name(number, x, y, alone, shown=False)
        )
        found.append(name)
        taken.append(_box(name))
    return found


def _best(
    tries: Iterable[tuple[float, Name]],
    taken: Sequence[_Box],
    spots: NDArray[np.float64],
    width: float,
    height: float,
) -> Name | None:
    """Where a name is in nobody's way and hides fewest points; None where there is no room."""
    room = [
        (hidden + A_STEP * away, name)
        for away, name in tries
        if (hidden := _hides(_box(name), taken, spots, width, height)) is not None
    ]
    return min(room, key=lambda one: one[0])[1] if room else None


def _tries(
    number: int, told: tuple[str, ...], x: float, y: float, *, shown: bool = True
) -> Iterator[tuple[float, Name]]:
    """A name at every place it may take, and how far that is from where it belongs, in steps."""
    wide = max(breadth(line, SIZE) for line in told)
    for away, along, down in _shifts(wide):
        yield away, Name(number, x + along, y + down, told, shown)


def _hides(
    box: _Box, taken: Sequence[_Box], spots: NDArray[np.float64], width: float, height: float
) -> int | None:
    """How many points a name would hide; None where another name is in the way."""
    if not box.inside(width, height) or any(box.meets(other) for other in taken):
        return None
    return box.covers(spots)


def _shifts(wide: float) -> Iterator[tuple[float, float, float]]:
    for part in (0.0, -0.25, 0.25, -0.5, 0.5):
        for steps in SHIFTS:
            yield abs(steps) + 8 * abs(part), part * wide, steps * SIZE * LEADING / 2


def _box(name: Name) -> _Box:
    wide = name.wide / 2 + APART
    high = len(name.lines) * SIZE * LEADING / 2 + APART / 2
    return _Box(name.x - wide, name.y - high, name.x + wide, name.y + high)
