"""How a theme's points look: a shape and a colour, so that neither has to be told alone."""

from collections.abc import Sequence
from dataclasses import dataclass

PAPER, INK, MUTED, LINE = "#faf6ee", "#24211c", "#5e584d", "#ddd5c5"
"""The ground and the words, as in `api/static/base.css` by day."""
COLOURS = (
    *("#388eea", "#b2815f", "#663b90", "#045b45"),
    *("#d863a0", "#697301", "#2e334e", "#710104"),
)
"""By day; on dark ground the screen has others (`api/static/map.css`). All have a contrast of 3 or
more to the ground, and differ in lightness, so that they can be told apart without red or green."""
NOBODY = "#857c6b"
"""What is near no theme, or in one that was dismissed."""
SHAPES = {
    "dot": "h0",
    "square": "m-{a} -{a}h{b}v{b}h-{b}z",
    "triangle": "m0 -{c}l{c} {d}h-{d}z",
    "diamond": "m0 -{c}l{c} {c}l-{c} {c}l-{c} -{c}z",
    "wedge": "m0 {c}l{c} -{d}h-{d}z",
    "plus": "m-{c} 0h{d}m-{c} -{c}v{d}",
}
"""Drawn about the point just moved to. A dot and a plus are strokes, the others are filled."""
CROSS = "m-{a} -{a}l{b} {b}m0 -{b}l-{b} {b}"
"""The points of a dismissed theme."""
STROKED = ("dot", "plus", "cross")
NEAR = 5
"""Themes whose colours a theme should not share: so many that are nearest to it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A theme's look: its colour by position in COLOURS, and its shape."""

    colour: int
    shape: str

    @property
    def stroked(self) -> bool:
        """Whether it is drawn with a pen rather than filled."""
        return self.shape in STROKED


ASIDE = Mark(-1, "cross")
ALONE = Mark(-1, "dot")


def marks(places: Sequence[tuple[float, float]], order: Sequence[int]) -> list[Mark]:
    """A mark for each theme by where it lies, chosen in `order`: no two alike, while there are
    marks left, and neighbours in other colours and other shapes."""
    chosen: dict[int, Mark] = {}
    shapes = list(SHAPES)
    for theme in order:
        x, y = places[theme]
        near = sorted(chosen, key=lambda o: ((places[o][0] - x) ** 2 + (places[o][1] - y) ** 2, o))
        beside = [chosen[other].colour for other in near[:NEAR]]
        used = [chosen[other].colour for other in chosen]
        colour = min(range(len(COLOURS)), key=lambda c: (beside.count(c), used.count(c), c))
        taken = [mark.shape for mark in chosen.values() if mark.colour == colour]
        close = [chosen[other].shape for other in near[:NEAR]]
        shape = min(shapes, key=lambda s: (taken.count(s), close.count(s), shapes.index(s)))
        chosen[theme] = Mark(colour, shape)
    return [chosen[theme] for theme in range(len(places))]


def outline(shape: str, size: float) -> str:
    """What to draw about a point for a shape of this size (about its radius)."""
    drawn = CROSS if shape == "cross" else SHAPES[shape]
    a, c = 0.85 * size, 1.15 * size
    return drawn.format(a=f"{a:.1f}", b=f"{2 * a:.1f}", c=f"{c:.1f}", d=f"{2 * c:.1f}")


def pen(shape: str, size: float) -> float:
    """How wide the stroke is for a stroked shape."""
    return 2 * size if shape == "dot" else 0.8 * size
