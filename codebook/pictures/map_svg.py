"""The map of themes as SVG: the same drawing in the page, in the file, and for the PNG.

Points carry no words. On the screen a theme's points know their passages, so that a script can ask
for the words of one; files have numbers and names of themes alone.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from codebook.pictures.map_picture import (
    DECIDED,
    HEIGHT,
    MARGIN,
    WIDTH,
    Group,
    MapPicture,
    picture,
)
from codebook.pictures.marks import COLOURS, INK, MUTED, NOBODY, PAPER, Mark, outline, pen
from codebook.pictures.names import LEADING, MARK_ROOM, SIZE, Name
from codebook.pictures.words import FONT, LEADING_SIGNS, breadth, escaped, lines
from codebook.theme_map import MapTheme, Point, ThemeMap

HEAD, FOOT = 84, 30
"""What a file has above and below, for its heading and for what it says of itself."""
A_LINE, LINES, SMALL = 130, 30, 17.0
"""Characters and lines of what stands below, and their size."""
HOLLOW = "Hollow, thin or small marks are near a theme that people decided on, and not in it."
THIN, EDGE = 0.45, 0.3
"""Of such marks: the pen beside the usual one, and the line around a shape beside its size."""
_ASIDE = ' class="aside"'
MARK = 6.0
"""Radius of a mark beside a name in a list."""


def for_screen(drawn: ThemeMap, base: str, query: str) -> str:
    """The picture for the page: colours by class, names lead to their themes (`base`/id`query`),
    and each point knows its passage.
    """
    shown = picture(drawn, lambda theme: theme.title)
    body = "".join([*_points(shown, passages=True), *_names(shown, base, query), *_numbers(shown)])
    return (
        f'<svg class="theme-map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-labelledby="map-title" '
        f'data-size="{shown.size:.2f}" font-family="{FONT}">'
        f'<title id="map-title">{escaped(told(drawn))}</title>{body}</svg>'
    )


def mark_on_screen(mark: Mark) -> str:
    """A theme's mark on its own, to stand beside its name; decoration."""
    return (
        f'<svg class="map-mark" viewBox="-10 -10 20 20" width="20" height="20" aria-hidden="true">'
        f'<path {_look(mark, MARK, "mark")} d="M0 0{outline(mark.shape, MARK)}"/></svg>'
    )


def for_file(drawn: ThemeMap, study: str) -> str:
    """The picture on its own, with a heading, and below what it shows. No words that were said."""
    shown = picture(drawn, _outside)
    below = list(_below(drawn, shown))
    high = HEAD + HEIGHT + FOOT + len(below) * 26
    heading = f"Candidate themes of {study}, {drawn.granularity}"
    text = f'<text x="{MARGIN}" y="-34" font-size="28" font-weight="600">{escaped(heading)}</text>'
    for row, line in enumerate(below):
        said = _line(line, MARGIN, HEIGHT + FOOT + row * 26, SMALL)
        text += f'<text font-size="{SMALL:g}" fill="{MUTED}">{said}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-HEAD} {WIDTH} {high}" '
        f'width="{WIDTH}" height="{high}" font-family="{FONT}" fill="{INK}">'
        f"<title>{escaped(heading)}</title><desc>{escaped(told(drawn))}</desc>"
        f'<rect y="{-HEAD}" width="{WIDTH}" height="{high}" fill="{PAPER}"/>'
        f"{''.join([*_points(shown), *_names(shown)])}{text}</svg>"
    )


def told(drawn: ThemeMap) -> str:
    """What a map shows, in two sentences."""
    inside, themes = len(drawn.points) - drawn.alone - drawn.offered, len(drawn.themes)
    each = f"{inside:,} segment{'' if inside == 1 else 's'}"
    near = f", {drawn.offered:,} more near one" if drawn.offered else ""
    return (
        f"{each} in {themes} theme{'' if themes == 1 else 's'}{near}; "
        f"{drawn.alone:,} near none. What is alike stands together."
    )


def _outside(theme: MapTheme) -> str:
    return theme.title_outside


def _points(shown: MapPicture, *, passages: bool = False) -> Iterator[str]:
    for group in shown.groups:
        for hollow, points in groupby(group.points, key=attrgetter("offered")):
            yield _path(group, shown.size, list(points), hollow=hollow, passages=passages)


def _path(
    group: Group, size: float, points: Sequence[Point], *, hollow: bool, passages: bool
) -> str:
    each = outline(group.mark.shape, size)
    path = "".join(f"M{point.x:g} {point.y:g}{each}" for point in points)
    look = _look(group.mark, size, hollow=hollow)
    if not passages:
        return f'<path {look} d="{path}"/>'
    ids = " ".join(str(point.passage_id) for point in points)
    theme = group.theme.line.id if group.theme else 0
    return f'<path {look} data-theme="{theme}" data-passages="{ids}" d="{path}"/>'


def _look(mark: Mark, size: float, kind: str = "points", *, hollow: bool = False) -> str:
    """How a theme's points are drawn: plain attributes, which a style sheet overrules.

    Hollow, or with a thinner pen, is what is only near a theme.
    """
    colour = COLOURS[mark.colour] if mark.colour >= 0 else NOBODY
    hue = f"hue-{mark.colour}" if mark.colour >= 0 else "hue-none"
    look = f'class="{kind} {hue}" color="{colour}" '
    if mark.stroked:
        wide = pen(mark.shape, size) * (THIN if hollow else 1.0)
        return look + (
            f'fill="none" stroke="currentColor" stroke-width="{wide:.2f}" stroke-linecap="round"'
        )
    if hollow:
        return look + f'fill="none" stroke="currentColor" stroke-width="{size * EDGE:.2f}"'
    return look + 'fill="currentColor"'


def _names(shown: MapPicture, base: str = "", query: str = "") -> Iterator[str]:
    """Names, each with its theme's mark before it; on the screen they lead to their themes."""
    of_number = {one.theme.number: (one.theme, one.mark) for one in shown.groups if one.theme}
    yield f'<g class="names" font-size="{SIZE:g}" font-weight="600">'
    for name in reversed(shown.names):  # the largest on top
        theme, mark = of_number[name.number]
        drawn = _name(name, mark, aside=theme.line.state == "dismissed")
        if base:
            here = escaped(f"{base}/{theme.line.id}{query}")
            whole = "" if name.shown else f' aria-label="{escaped(f"{name.number} {theme.title}")}"'
            drawn = f'<a href="{here}" data-theme="{theme.line.id}"{whole}>{drawn}</a>'
        yield drawn
    yield "</g>"


def _name(name: Name, mark: Mark, *, aside: bool) -> str:
    """A name with an edge in the paper's colour, so that it can be read on top of points."""
    top = SIZE * (0.35 - LEADING * (len(name.lines) - 1) / 2)
    left = (MARK_ROOM - name.wide) / 2
    x, y = left - MARK_ROOM / 2, top - 0.35 * SIZE
    lines_drawn = "".join(
        _line(line, left, top + row * SIZE * LEADING, SIZE) for row, line in enumerate(name.lines)
    )
    return (
        f'<g transform="translate({name.x:.1f} {name.y:.1f})">'
        f'<circle class="under" cx="{x:.1f}" cy="{y:.1f}" r="{1.6 * MARK:g}" fill="{PAPER}"/>'
        f'<path {_look(mark, MARK, "mark")} d="M{x:.1f} {y:.1f}{outline(mark.shape, MARK)}"/>'
        f'<text{_ASIDE if aside else ""} fill="{MUTED if aside else INK}" '
        f'stroke="{PAPER}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">'
        f"{lines_drawn}</text></g>"
    )


def _line(text: str, x: float, y: float, size: float) -> str:
    """A line of text; a sign before it stands by itself, since few typefaces have one.

    What makes the PNG would take the whole line from the typeface that has the sign.
    """
    if text[:1] in LEADING_SIGNS and text[1:2] == " ":
        return _part(text[:2], x, y) + _part(text[2:], x + breadth(text[:2], size), y)
    return _part(text, x, y)


def _part(text: str, x: float, y: float) -> str:
    return f'<tspan x="{x:.1f}" y="{y:.1f}">{escaped(text)}</tspan>'


def _numbers(shown: MapPicture) -> Iterator[str]:
    """Numbers alone, for a window in which names would be too small to read."""
    yield '<g class="numbers-alone" font-size="40" font-weight="700" text-anchor="middle" '
    yield f'aria-hidden="true" fill="{INK}" stroke="{PAPER}" stroke-width="8" '
    yield 'stroke-linejoin="round" paint-order="stroke">'
    for group, (x, y) in zip(shown.groups[1:], shown.spots, strict=True):
        if group.theme and group.points:
            yield f'<text x="{x:g}" y="{y + 14:g}">{group.theme.number}</text>'
    yield "</g>"


def _below(drawn: ThemeMap, shown: MapPicture) -> Iterator[str]:
    """What a file says of itself: what is on it, what the signs mean, names without room."""
    states = {theme.line.state for theme in drawn.themes if theme.points}
    each = "Each mark is a segment of a transcript, in its theme’s shape and colour."
    hollow = f" {HOLLOW}" if drawn.offered else ""
    yield from lines(f"{told(drawn)} {each}{hollow}", A_LINE, most=4)
    if states & set(DECIDED):
        yield "✓ mapped to a code or adopted as one."
    if "dismissed" in states:
        yield "✕ dismissed."
    of_number = {theme.number: theme.title_outside for theme in drawn.themes}
    rest = [f"{name.number} {of_number[name.number]}" for name in shown.names if not name.shown]
    if rest:
        yield from lines(f"By number alone: {'; '.join(rest)}.", A_LINE, most=LINES)
