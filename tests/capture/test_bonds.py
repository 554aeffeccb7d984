from collections.abc import Mapping

import numpy as np
import pytest

from capture.encoding.embed import Embedder
from capture.theming.bonds import Bound
from capture.theming.found import Bonds, Discovery, Level
from tests.capture.spoken import Spoken, spoken_sample

CUTS: tuple[Level, ...] = ("coarse", "middle", "fine")


@pytest.fixture(scope="module")
def spoken(embedder: Embedder) -> Spoken:
    return spoken_sample(embedder)


@pytest.fixture(scope="module")
def free(spoken: Spoken) -> Discovery:
    return spoken.discover()


def members(found: Discovery, cut: int) -> list[dict[int, float]]:
    return [{m.index: m.strength for m in t.members} for t in found.granularities[cut].themes]


def own(found: Discovery, cut: int) -> list[set[int]]:
    """The segments that belong to each theme more than to any other."""
    themes = members(found, cut)
    best = {i: max(t.get(i, 0.0) for t in themes) for theme in themes for i in theme}
    return [{i for i, s in theme.items() if s == best[i]} for theme in themes]


def test_a_merge_holds_in_its_list_and_in_coarser_ones(spoken, free):
    one, other = own(free, 1)[0], own(free, 1)[5]
    merged = tuple(sorted(one | other))
    found = bound(spoken, {"middle": Bonds(together=(merged,))})
    for cut in (0, 1):
        assert any(set(merged) <= theme for theme in own(found, cut))
    assert not any(set(merged) <= theme for theme in own(found, 2))


def test_a_split_holds_in_its_list_and_in_finer_ones(spoken, free):
    inside = sorted(own(free, 0)[0])
    here, there = inside[::2], inside[1::2]
    pairs = tuple((a, b) for a in here for b in there)
    found = bound(spoken, {"coarse": Bonds(apart=pairs)})
    for cut in range(3):
        for theme in members(found, cut):
            assert not ({*here} & {*theme} and {*there} & {*theme})


def test_bonds_of_what_is_not_there_or_of_nothing_change_nothing(spoken, free):
    asked = int(np.flatnonzero(~spoken.fitted)[0])
    some = int(np.flatnonzero(spoken.fitted)[0])
    said = Bonds(together=((asked, some), ()), apart=((some, some), (asked, some)))
    found = bound(spoken, {"middle": said})
    assert [members(found, cut) for cut in range(3)] == [members(free, cut) for cut in range(3)]


def test_what_is_one_theme_wins_over_a_split_of_it():
    said = Bonds(together=((0, 1), (1, 2)), apart=((0, 2), (2, 3)))
    hold = Bound({"middle": said}, {i: i for i in range(5)}, 5)
    assert hold.barred(np.arange(5), 1)[2, 3]
    assert hold.barred(np.arange(5), 1)[0, 3]  # 0 is one with 2
    assert not hold.barred(np.arange(5), 1)[0, 2]
    assert not hold.barred(np.arange(5), 2).any()


def bound(spoken: Spoken, said: Mapping[Level, Bonds]) -> Discovery:
    return spoken.discover(bonds=said)
