"""The map of themes on its way out: what was said is in none of these files.

The picture has marks and names of themes; the table has a row a segment, by number, with the theme
it belongs to most. Neither says who spoke, where or when. A theme from one source alone, or whose
label is the opening of a passage, goes without that label, which would be somebody's words.
"""

import csv
from collections.abc import Callable
from io import StringIO

import vl_convert

from codebook.exports.as_csv import BYTE_ORDER_MARK, harmless
from codebook.pictures.map_svg import for_file, told
from codebook.theme_map import MapTheme, ThemeMap

SHARP = 2.0
"""Pixels of the PNG for each unit of the picture: sharp in print across a page."""
COLUMNS = (
    *("theme number", "theme", "decision", "code", "people", "transcripts"),
    *("found in", "re-runs", "changed by hand", "segment", "only near", "strength", "x", "y"),
)


def to_svg(drawn: ThemeMap, study: str) -> bytes:
    """The picture with its heading as SVG, by day's colours."""
    return for_file(drawn, study).encode("utf-8")


def to_png(drawn: ThemeMap, study: str) -> bytes:
    """The same picture as PNG, 2,400 pixels wide."""
    png: bytes = vl_convert.svg_to_png(for_file(drawn, study), scale=SHARP)
    return png


def to_csv(drawn: ThemeMap, study: str) -> bytes:
    """UTF-8 CSV: a row a segment in the map's order; the last line says what the table is."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for point in drawn.points:
        theme = [""] * 9 if point.theme is None else _theme(drawn.themes[point.theme])
        strength = "" if point.theme is None else f"{point.strength:.3f}"
        near = "yes" if point.offered else ""
        place = (f"{point.x:.3f}", f"{point.y:.3f}")
        writer.writerow([*theme, point.passage_id, near, strength, *place])
    writer.writerow([])
    told_whole = f"Candidate themes of {study}, {drawn.granularity}. {told(drawn)} {NO_WORDS}"
    writer.writerow([harmless(told_whole)])
    return (BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")


NO_WORDS = (
    "Segments go by number: what was said, and who said it, stays in the service. "
    "A theme whose label would be one person's words has no name here until people give it one."
)


def _theme(theme: MapTheme) -> list[str]:
    line = theme.line
    steady = (str(line.found_in), str(line.reruns)) if line.reruns else ("", "")
    return [
        *(str(theme.number), harmless(theme.title_outside), line.state),
        *(harmless(theme.code or ""), str(line.participants), str(line.transcripts), *steady),
        "yes" if line.by_hand else "",
    ]


MAP_FORMATS: dict[str, tuple[Callable[[ThemeMap, str], bytes], str]] = {
    "svg": (to_svg, "image/svg+xml"),
    "png": (to_png, "image/png"),
    "csv": (to_csv, "text/csv; charset=utf-8"),
}
"""Format -> what writes it, and its media type."""
