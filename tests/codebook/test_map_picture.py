"""The picture of the map: what can be told apart, read and fitted, and what files may hold."""

import csv
import re
import struct
from dataclasses import fields, replace
from io import StringIO
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import api
from codebook.candidates import CandidateLine
from codebook.exports.file_names import map_name
from codebook.exports.map_files import MAP_FORMATS, to_csv, to_png, to_svg
from codebook.pictures.map_picture import HEIGHT, WIDTH, looks_of, picture
from codebook.pictures.map_svg import HOLLOW, for_file, for_screen
from codebook.pictures.marks import COLOURS, NOBODY, PAPER, SHAPES, marks
from codebook.pictures.names import place_names
from codebook.pictures.words import lines
from codebook.theme_map import NOT_NAMED, MapTheme, Point, ThemeMap
from tests.api.test_contrast import contrast

STYLE = (Path(api.__file__).parent / "static" / "map.css").read_text("utf-8")
NIGHT = "#1a1916"


def theme(number: int, label: str, x: float = 0.0, y: float = 0.0, **line: object) -> MapTheme:
    told = {"id": number * 10, "title": label, "state": "undecided", "participants": 5} | line
    rest = {one.name: 0 for one in fields(CandidateLine) if one.name not in told}
    whole = CandidateLine(**rest | {"found_in": 9, "reruns": 10, "transcripts": 3} | told)
    return MapTheme(number, whole, None, None, True, x, y, 3, 0)


def study(*themes: MapTheme, each: int = 3, alone: int = 2) -> ThemeMap:
    points = [
        Point(100 * at + k, one.x + k * 0.1, one.y, at, 0.9 - 0.1 * k)
        for at, one in enumerate(themes)
        for k in range(each)
    ]
    points += [Point(9000 + k, 5.0 + k, 5.0, None, 0.0) for k in range(alone)]
    return ThemeMap("middle", themes, tuple(points), 0)


TWO = study(theme(1, "time with families"), theme(2, "caseloads", x=4.0, y=3.0))


def read(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - our own


def night_colours() -> list[str]:
    dark = STYLE.partition("prefers-color-scheme: dark")[2]
    return [re.search(rf"\.hue-{k} {{ color: (#\w+)", dark)[1] for k in (*range(8), "none")]


def day_colours() -> list[str]:
    light = STYLE.partition("prefers-color-scheme: dark")[0]
    return [re.search(rf"\.hue-{k} {{ color: (#\w+)", light)[1] for k in (*range(8), "none")]


def test_the_screens_colours_by_day_are_the_files_own():
    assert day_colours() == [*COLOURS, NOBODY]


@pytest.mark.parametrize("colour", [*COLOURS, NOBODY])
def test_marks_can_be_seen_on_paper(colour: str):
    assert contrast(colour, PAPER) >= 3


@pytest.mark.parametrize("colour", night_colours())
def test_marks_can_be_seen_by_night(colour: str):
    assert contrast(colour, NIGHT) >= 3


SEEN_WITHOUT = {
    "nothing": np.eye(3),
    "red": np.array(
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    ),
    "green": np.array(
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    ),
    "blue": np.array(
        [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
    ),
}
"""Linear RGB as it is seen by who lacks a kind of cone (Machado and others 2009)."""
TO_XYZ = np.array([[0.434, 0.376, 0.190], [0.213, 0.715, 0.072], [0.018, 0.109, 0.873]])


def lab(colour: str, seen: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of a colour under daylight, as it is seen."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ np.clip(seen @ linear, 0, 1), 0.009))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("lacking", SEEN_WITHOUT)
@pytest.mark.parametrize("colours", [COLOURS, night_colours()[:8]], ids=["day", "night"])
def test_colours_can_be_told_apart_by_who_sees_fewer(colours: list[str], lacking: str):
    seen = [lab(colour, SEEN_WITHOUT[lacking]) for colour in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 14


def test_no_two_themes_look_alike_and_neighbours_have_other_colours():
    random = np.random.default_rng(1)
    places = [tuple(place) for place in random.uniform(0, 100, (len(COLOURS) * len(SHAPES), 2))]
    looks = marks(places, range(len(places)))
    assert len(set(looks)) == len(places)
    few = marks(places[:12], range(12))
    for one, other in combinations(few, 2):
        if one.colour == other.colour:
            assert one.shape != other.shape
    six = marks([(float(k), 0.0) for k in range(6)], range(6))
    assert len({one.shape for one in six}) == len({one.colour for one in six}) == 6


def test_no_name_covers_another_and_every_theme_has_its_number():
    random = np.random.default_rng(2)
    spots = random.uniform(100, 700, (40, 2))
    wanted = [(k + 1, "a name of some length here", *spots[k]) for k in range(40)]
    names = place_names(wanted, spots, WIDTH, HEIGHT)
    assert [name.number for name in names] == list(range(1, 41))
    boxes = [
        (name.x, name.y, max(map(len, name.lines)) * 4, len(name.lines) * 10)
        for name in names
        if name.shown
    ]
    assert len(boxes) > 10
    for (x, y, wide, high), (u, v, broad, tall) in combinations(boxes, 2):
        assert abs(x - u) >= wide + broad or abs(y - v) >= high + tall


def test_a_name_moves_aside_from_its_points_where_there_is_room():
    spots = np.array([[600.0 + k, 400.0] for k in range(30)])
    (name,) = place_names([(1, "time", 610.0, 400.0)], spots, WIDTH, HEIGHT)
    assert name.shown
    assert abs(name.y - 400) > 8


def test_long_names_break_between_words_and_a_dot_begins_no_line():
    assert lines("threshold · referral · family", 24) == (
        "threshold\u00a0· referral\u00a0·",
        "family",
    )
    assert lines("one two three four five six", 8, most=2) == ("one two", "three…")
    assert lines("", 8) == ("",)


def test_the_picture_fits_its_frame_whatever_the_maps_units_are():
    for scale in (1e-9, 1.0, 1e6):
        themes = [theme(1, "a", 0.0, 0.0), theme(2, "b", 7.0 * scale, scale)]
        shown = picture(study(*themes), lambda one: one.title)
        for group in shown.groups:
            for point in group.points:
                assert 0 <= point.x <= WIDTH
                assert 0 <= point.y <= HEIGHT


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_map_of_next_to_nothing_is_drawn(count: int):
    drawn = ThemeMap("middle", (), tuple(Point(k, 0.0, 0.0, None, 0.0) for k in range(count)), 0)
    read(for_file(drawn, "Small"))
    for write, _ in MAP_FORMATS.values():
        assert write(drawn, "Small")


def test_the_screens_picture_knows_every_passage_and_leads_to_every_theme():
    root = read(for_screen(TWO, "/studies/1/candidates", "?state=all"))
    known = " ".join(one.get("data-passages", "") for one in root.iter()).split()
    assert sorted(map(int, known)) == sorted(point.passage_id for point in TWO.points)
    assert {one.get("href") for one in root.iter("a")} == {
        "/studies/1/candidates/10?state=all",
        "/studies/1/candidates/20?state=all",
    }


def test_what_people_wrote_is_escaped():
    drawn = study(theme(1, '<script>alert(1)</script> & "more" \x00'))
    for markup in (for_screen(drawn, "/studies/1/candidates", ""), for_file(drawn, "A <b> & c")):
        read(markup)
        assert "<script" not in markup


def test_files_know_no_passage_in_the_picture_and_no_label_of_one_source():
    drawn = study(theme(1, "my sister Ada", participants=1), theme(2, "caseloads"))
    svg, table = to_svg(drawn, "Study").decode(), to_csv(drawn, "Study").decode("utf-8-sig")
    for text in (svg, table):
        assert "Ada" not in text
        assert NOT_NAMED in text
        assert "caseloads" in text
    assert "passage" not in svg


def test_the_files_tell_what_is_only_near_a_theme():
    drawn = study(theme(1, "caseloads"))
    points = (*drawn.points[:-2], replace(drawn.points[-2], theme=0, offered=True))
    drawn = replace(drawn, points=points, themes=(replace(drawn.themes[0], offered=1),))
    svg = to_svg(drawn, "Study").decode()
    rows = list(csv.DictReader(StringIO(to_csv(drawn, "Study").decode("utf-8-sig"))))
    assert [row["only near"] for row in rows if row["segment"]] == ["", "", "", "yes"]
    assert "3 segments in 1 theme, 1 more near one; 0 near none" in svg
    assert HOLLOW in " ".join(re.findall("<tspan[^>]*>([^<]*)<", svg))
    assert len(re.findall('class="points', svg)) == 2, "what is near is drawn apart"


def test_dismissed_and_decided_themes_are_told_by_a_sign():
    drawn = study(theme(1, "aside", state="dismissed"), theme(2, "kept", 3.0, 4.0, state="mapped"))
    svg = to_svg(drawn, "Study").decode()
    for number, sign, name in (("1", "✕", "aside"), ("2", "✓", "kept")):
        assert re.search(rf">{sign} </tspan><tspan [^>]*>{number} {name}<", svg)
    below = "".join(re.findall("<text font-size[^>]*>(.*?)</text>", svg))
    assert re.search(">✓ </tspan><tspan [^>]*>mapped to a code or adopted as one.<", below)
    assert re.search(">✕ </tspan><tspan [^>]*>dismissed.<", below)
    assert looks_of(drawn)[0].shape == "cross"


def test_the_table_has_a_row_a_segment_that_no_spreadsheet_calculates():
    drawn = study(theme(1, "=1+1"), theme(2, "caseloads"))
    rows = list(csv.DictReader(StringIO(to_csv(drawn, "Study").decode("utf-8-sig"))))
    segments = [row for row in rows if row["segment"]]
    assert [int(row["segment"]) for row in segments] == [p.passage_id for p in drawn.points]
    assert segments[0]["theme"] == "'=1+1"
    assert segments[-1]["theme"] == ""
    assert "stays in the service" in rows[-1]["theme number"]


def test_the_png_is_the_whole_picture_at_twice_its_size():
    png = to_png(TWO, "Study")
    wide, high = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert wide == 2 * WIDTH
    assert high > 2 * HEIGHT


def test_the_same_map_gives_the_same_files():
    for write, _ in MAP_FORMATS.values():
        assert write(TWO, "Study") == write(TWO, "Study")


def test_a_files_name_says_what_it_is():
    assert map_name("Scale & learn", "fine", "png") == "map-scale-learn-fine.png"
