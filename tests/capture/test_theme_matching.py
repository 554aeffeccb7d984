"""Which found theme is which: by what they hold, whatever they are called or in which order."""

import random

import pytest

from capture.runs.matching import Standing, match


def held(*passages, strength=0.8):
    return dict.fromkeys(passages, strength)


def upto(start, end):
    return held(*range(start, end))


def test_a_theme_found_again_keeps_its_key_in_whatever_order_it_is_found():
    standing = [Standing(7, upto(0, 10), "open"), Standing(9, upto(10, 20), "open")]
    matched = match(standing, [upto(10, 19), upto(0, 11)], range(20))
    assert [(fate.what, fate.key) for fate in matched.fates] == [("kept", 9), ("kept", 7)]
    assert matched.gone == ()


def test_what_came_since_does_not_count_against_a_theme_being_the_same():
    standing = [Standing(1, upto(0, 5), "open")]
    grown = upto(0, 5) | upto(100, 150)
    matched = match(standing, [grown], range(10))
    assert [(fate.what, fate.key) for fate in matched.fates] == [("kept", 1)]
    assert matched.fates[0].members == grown


def test_two_that_share_little_are_two_themes_and_it_is_said_where_most_is_now():
    standing = [Standing(1, upto(0, 10), "open"), Standing(2, upto(10, 14), "open")]
    matched = match(standing, [upto(0, 14), upto(20, 30)], range(30))
    assert [(fate.what, fate.key) for fate in matched.fates] == [("kept", 1), ("new", None)]
    assert [(gone.key, gone.into) for gone in matched.gone] == [(2, 0)]


def test_one_that_falls_apart_goes_on_as_the_larger_part_and_the_other_says_whence_it_came():
    matched = match([Standing(1, upto(0, 10), "open")], [upto(0, 3), upto(3, 10)], range(10))
    assert [(fate.what, fate.key) for fate in matched.fates] == [("new", 1), ("kept", 1)]


def test_weaker_members_say_less_of_what_a_theme_is():
    core, asides = held(1, 2, 3, strength=0.9), held(4, 5, 6, 7, 8, 9, strength=0.2)
    standing = [Standing(1, core | asides, "open")]
    assert match(standing, [core], range(10)).fates[0].what == "kept"
    assert match(standing, [asides], range(10)).fates[0].what == "new"


def test_a_closed_theme_found_again_stays_and_is_offered_what_is_new_near_it():
    standing = [Standing(1, upto(0, 10), "closed")]
    matched = match(standing, [upto(2, 10) | upto(20, 24)], range(10))
    (fate,) = matched.fates
    assert (fate.what, fate.key, set(fate.offered)) == ("locked", 1, {20, 21, 22, 23})
    assert matched.gone == ()


def test_two_halves_that_people_parted_do_not_come_back_as_one():
    standing = [Standing(1, upto(0, 5), "closed"), Standing(2, upto(5, 10), "closed")]
    matched = match(standing, [upto(0, 11)], range(11))
    assert matched.fates[0].what == "locked"
    assert set(matched.fates[0].offered) == {10}


def test_a_new_theme_takes_nothing_whose_place_is_in_a_closed_one():
    standing = [Standing(1, upto(0, 10), "closed")]
    matched = match(standing, [upto(8, 20)], range(20))
    assert [(f.what, f.key, set(f.members)) for f in matched.fates] == [
        ("new", None, set(range(10, 20)))
    ]


def test_a_passage_may_have_a_second_weaker_home_beside_a_closed_theme():
    standing = [Standing(1, upto(0, 10), "closed")]
    beside = held(8, 9, strength=0.3) | upto(10, 20)
    again, new = match(standing, [upto(0, 10), beside], range(20)).fates
    assert (again.what, new.what) == ("locked", "new")
    assert new.members == beside
    standing = [
        Standing(1, held(8, 9, strength=0.3) | upto(0, 8), "closed"),
        Standing(2, upto(8, 20), "open"),
    ]
    assert match(standing, [upto(8, 20)], range(20)).fates[0].members == upto(8, 20)


def test_much_that_is_new_around_a_few_of_a_closed_theme_is_a_theme_of_its_own():
    matched = match([Standing(1, upto(0, 10), "closed")], [upto(9, 40)], range(10))
    assert [(f.what, len(f.members)) for f in matched.fates] == [("new", 30)]


def test_a_named_theme_stays_though_it_is_not_found_again():
    standing = [Standing(1, upto(0, 10), "named"), Standing(2, upto(10, 20), "open")]
    matched = match(standing, [upto(30, 40)], range(40))
    assert [gone.key for gone in matched.gone] == [2]


def test_a_named_theme_of_which_little_is_left_goes_on_as_what_came_of_it():
    named, found = Standing(1, upto(0, 30), "named"), [upto(0, 9), upto(9, 12) | upto(40, 50)]
    assert [fate.what for fate in match([named], found, range(50)).fates] == ["kept", "new"]
    unnamed = Standing(1, upto(0, 30), "open")
    fates = match([unnamed], found, range(50)).fates
    assert [(fate.what, fate.key) for fate in fates] == [("new", 1), ("new", None)]


@pytest.mark.parametrize("seed", range(5))
def test_no_order_of_found_themes_changes_what_becomes_of_them(seed):
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    standing = [
        Standing(key, held(*chance.sample(range(60), 12)), chance.choice(["open", "closed"]))
        for key in range(6)
    ]
    found = [held(*chance.sample(range(80), 12), strength=0.5 + i / 20) for i in range(7)]
    fates = match(standing, found, range(60)).fates
    order = chance.sample(range(7), 7)
    again = match(standing, [found[i] for i in order], range(60)).fates
    assert [again[order.index(i)] for i in range(7)] == list(fates)


def test_nothing_found_or_nothing_standing_is_no_error():
    assert match([], [], ()).fates == ()
    assert [one.key for one in match([Standing(1, upto(0, 3), "open")], [], ()).gone] == [1]
    assert match([], [upto(0, 3)], ()).fates[0].what == "new"
    assert match([Standing(1, {}, "open")], [{}], ()).gone[0].key == 1
