"""The map of themes laid out on a picture: what stands where, and how each theme looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from codebook.pictures.marks import ALONE, ASIDE, Mark, marks
from codebook.pictures.names import Name, place_names
from codebook.theme_map import MapTheme, Point, ThemeMap

Called = Callable[[MapTheme], str]
"""What a theme is called on a picture."""
WIDTH, HEIGHT = 1200, 860
MARGIN = 48
STRETCH = 1.4
"""How much wider than high a unit of the map may become, to make use of the width."""
LARGEST, SMALLEST = 5.5, 1.8
"""Of a point, about its radius."""
DECIDED = ("mapped", "adopted")
"""States of themes that people took into the codebook."""
SIGNS = {"mapped": "✓ ", "adopted": "✓ ", "dismissed": "✕ "}


@dataclass(frozen=True, slots=True)
class Group:
    """One theme's points on the picture, or those near no theme."""

    theme: MapTheme | None
    mark: Mark
    points: tuple[Point, ...]
    """With `x` and `y` in units of the picture."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """All that is drawn, in units of the picture; (0, 0) is the upper left corner."""

    groups: tuple[Group, ...]
    names: tuple[Name, ...]
    spots: tuple[tuple[float, float], ...]
    """Where each theme lies, in their order."""
    size: float
    """Of a point, about its radius."""


def picture(drawn: ThemeMap, called: Called) -> MapPicture:
    """Fit a map into the frame, and give every theme its mark and its name a place."""
    fit = _Frame.about(drawn.points)
    spots = [fit.place(theme.x, theme.y) for theme in drawn.themes]
    wanted = [
        (theme.number, f"{SIGNS.get(theme.line.state, '')}{theme.number} {called(theme)}", *spot)
        for theme, spot in zip(drawn.themes, spots, strict=True)
        if theme.points or theme.offered
    ]
    each = sqrt(WIDTH * HEIGHT / max(len(drawn.points), 1))
    groups = _groups(drawn, fit, looks_of(drawn))
    placed = np.array([(p.x, p.y) for group in groups for p in group.points]).reshape(-1, 2)
    return MapPicture(
        groups=groups,
        names=tuple(place_names(wanted, placed, WIDTH, HEIGHT)),
        spots=tuple(spots),
        size=min(LARGEST, max(SMALLEST, 0.26 * each)),
    )


def looks_of(drawn: ThemeMap) -> tuple[Mark, ...]:
    """Each theme's mark, in their order: by where it lies on the map."""
    spots = [(theme.x, theme.y) for theme in drawn.themes]
    chosen = marks(spots, sorted(range(len(spots)), key=lambda t: drawn.themes[t].line.id))
    return tuple(
        ASIDE if theme.line.state == "dismissed" else mark
        for theme, mark in zip(drawn.themes, chosen, strict=True)
    )


def _groups(drawn: ThemeMap, fit: "_Frame", looks: Sequence[Mark]) -> tuple[Group, ...]:
    held: dict[int | None, list[Point]] = {}
    for point in drawn.points:
        x, y = fit.place(point.x, point.y)
        placed = replace(point, x=x, y=y)
        held.setdefault(point.theme, []).append(placed)
    themes = [
        Group(theme, looks[at], tuple(held.get(at, ()))) for at, theme in enumerate(drawn.themes)
    ]
    return (Group(None, ALONE, tuple(held.get(None, ()))), *themes)


@dataclass(frozen=True, slots=True)
class _Frame:
    """How places on the map become places on the picture."""

    across: float
    down: float
    middle: tuple[float, float]

    @classmethod
    def about(cls, points: Sequence[Point]) -> "_Frame":
        xs, ys = [point.x for point in points] or [0.0], [point.y for point in points] or [0.0]
        across = (WIDTH - 2 * MARGIN) / max(max(xs) - min(xs), 1e-6)
        down = (HEIGHT - 2 * MARGIN) / max(max(ys) - min(ys), 1e-6)
        across, down = min(across, STRETCH * down), min(down, STRETCH * across)
        return cls(across, down, ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))

    def place(self, x: float, y: float) -> tuple[float, float]:
        at_x = WIDTH / 2 + self.across * (x - self.middle[0])
        return round(at_x, 1), round(HEIGHT / 2 - self.down * (y - self.middle[1]), 1)
