"""The colours of base.css, checked as numbers: WCAG 2.2 AA in light and in dark."""

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[2] / "api" / "static" / "base.css").read_text("utf-8")
BLOCK = re.compile(r"(:root[^{]*)\{([^}]*--paper[^}]*)\}")
TEXT_ON = {
    "ink": ("paper", "sheet", "soft", "accent-soft", "amber-soft", "red-soft"),
    "muted": ("paper", "sheet", "soft", "accent-soft", "amber-soft", "red-soft"),
    "accent": ("paper", "sheet", "soft", "accent-soft"),
    "amber": ("paper", "sheet", "amber-soft"),
    "red": ("paper", "sheet", "red-soft"),
    "on-accent": ("accent",),
}
SHAPES_ON = {"edge": ("paper", "sheet"), "accent": ("line", "red-soft", "amber-soft")}


def themes() -> dict[str, dict[str, str]]:
    return {
        selector.strip(): dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))
        for selector, body in BLOCK.findall(STYLE)
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(of: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [(t, fore, back) for t in themes() for fore, backs in of.items() for back in backs]


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("theme", "fore", "back"), pairs(TEXT_ON))
def test_text_can_be_read_on_every_ground(theme: str, fore: str, back: str) -> None:
    assert contrast(themes()[theme][fore], themes()[theme][back]) >= 4.5


@pytest.mark.parametrize(("theme", "fore", "back"), pairs(SHAPES_ON))
def test_edges_and_bars_can_be_told_from_their_ground(theme: str, fore: str, back: str) -> None:
    assert contrast(themes()[theme][fore], themes()[theme][back]) >= 3


def test_dark_is_the_same_whether_the_system_or_the_page_asks() -> None:
    light, by_system, by_page = themes().values()
    assert by_system == by_page
    assert light != by_page
    assert light.keys() == by_page.keys()
