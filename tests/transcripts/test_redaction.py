"""Names and identifiers: how much of what people say is found, and what stays."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.redaction_lines import HALVES, Score, lines, parse, score
from transcripts.redaction import IDENTIFIERS, NAMES, KnownName, find
from transcripts.redaction.finds import Find, settled
from transcripts.redaction.known_names import known_names
from transcripts.redaction.nhs_numbers import checks

WRITTEN_RECALL, WRITTEN_PRECISION = 0.98, 0.95


def whole() -> Score:
    return score(line for half in HALVES for line in lines(half))


def test_of_written_identifiers_at_least_98_in_100_are_found_and_95_in_100_finds_are_right():
    result = whole()
    written = result.total("written")
    assert written.there > 400
    assert written.recall >= WRITTEN_RECALL, result.faults
    assert written.precision >= WRITTEN_PRECISION, result.faults


def test_no_kind_of_identifier_is_left_behind():
    result = whole()
    for kind in IDENTIFIERS:
        assert result.count("written", kind).there >= 15, kind
        assert result.count("written", kind).recall >= 0.9, result.faults


def test_what_is_spoken_and_what_only_looks_like_a_name_is_found_for_the_greater_part():
    result = whole()
    assert result.total("spoken").recall >= 0.9, result.faults
    assert result.total("names").recall >= 0.9, result.faults
    assert result.total("names").precision >= 0.8, result.faults


def test_the_set_is_as_large_as_was_asked_and_has_look_alikes_that_must_stay():
    every = [line for half in HALVES for line in lines(half)]
    assert len(every) >= 300
    assert sum(line.section == "stay" for line in every) >= 150


def test_a_marked_line_says_where_its_identifiers_stand():
    line = parse("Ring {phone:07700 900123}, {person:Jo}.")
    assert line.text == "Ring 07700 900123, Jo."
    assert line.marked == {(5, 17, "phone number"), (19, 21, "person")}


def test_the_last_figure_of_an_nhs_number_checks_the_others():
    assert checks("9995260182")
    assert not checks("9995260183")
    # With a remainder that would ask for a tenth figure of 10, no number is given out at all.
    assert not any(checks(f"999000000{last}") for last in range(10))


def test_places_count_code_points_whatever_stands_before():
    text = "👩‍👧 Zoë\u0301 שלום: ring 07700 900123"
    (number,) = [one for one in find(text) if one.kind == "phone number"]
    assert text[number.start : number.end] == "07700 900123" == number.words


def test_of_two_finds_that_overlap_the_longer_stays():
    long, short = Find(0, 9, "e-mail address", "x", True), Find(5, 9, "name", "x", False)
    other = Find(9, 12, "name", "y", False)
    assert settled([short, other, long], 12) == (long, other)


MARY = KnownName("Mary Okafor", "person", "[P2]", ("Mazza",))
SCHOOL = KnownName("Hill Primary School", "organisation", "[School A]", ("the Hill",))
WILL = KnownName("Will Young", "person", "[child 1]")


def replaced(text: str, *known: KnownName) -> str:
    """The text with everything that is known replaced, sure or not."""
    for one in reversed(find(text, known)):
        if one.kind in NAMES and one.instead:
            text = f"{text[: one.start]}{one.instead}{text[one.end :]}"
    return text


def test_a_known_person_is_found_whole_in_part_as_initials_and_by_other_names():
    assert replaced("Mary Okafor came, and Mary's son.", MARY) == "[P2] came, and [P2]'s son."
    assert replaced("OKAFOR, MARY; mary okafor; M.O.", MARY) == "[P2]; [P2]; [P2]."
    assert replaced("mazza said so, the Okafors too", MARY) == "[P2] said so, the [P2] too"


def test_a_surname_before_a_comma_is_the_same_name_turned_and_what_follows_another_is_none():
    asha = KnownName("Rowan, Asha Jane", "person", "[P2]")
    said = "Asha Jane Rowan came; Rowan, Asha Jane left. Asha, and Ms Rowan. AJR."
    assert replaced(said, asha) == "[P2] came; [P2] left. [P2], and Ms [P2]. [P2]."
    jo = KnownName("Jo Bell, Team Manager", "person", "[P3]")
    assert replaced("Jo said a manager of a team", jo) == "[P3] said a manager of a team"


def test_a_known_name_is_found_without_its_accents_and_over_a_line_end():
    zoe = KnownName("Zoë Brontë", "person", "[P3]")
    assert replaced("Zoe\nBronte and ZOË", zoe) == "[P3] and [P3]"


def test_part_of_another_word_is_not_a_known_name():
    assert replaced("Marys may, and Okaforian things", MARY) == "Marys may, and Okaforian things"


def test_a_name_that_is_an_everyday_word_counts_only_with_a_capital_and_is_doubted():
    text = "will you ask Will? May I. He will, the young one. Will you? Young came."
    found = [(one.start, one.sure) for one in find(text, [WILL]) if one.instead == "[child 1]"]
    assert found == [(text.index("Will?"), False), (text.index("Young came"), False)]


def test_a_known_place_is_found_in_every_spelling_that_was_given():
    said = replaced("At Hill Primary School, hill primary and the Hill.", SCHOOL)
    assert said == "At [School A], [School A] and [School A]."


def test_a_name_that_two_people_share_is_never_sure():
    other = KnownName("Mary Pike", "person", "[P5]")
    (one,) = known_names("I saw Mary there", [MARY, other])
    assert (one.sure, one.instead) == (False, "[P2 or P5]")


def test_a_known_name_inside_an_address_goes_with_the_address():
    (one,) = find("Write to mary.okafor@example.org", [MARY])
    assert (one.kind, one.words) == ("e-mail address", "mary.okafor@example.org")


def test_a_name_has_one_kind_throughout_a_text():
    text = "She lives in Brayfold. I know Brayfold. Brayfold is far."
    assert {one.kind for one in find(text)} == {"place"}


def test_a_word_that_is_written_small_elsewhere_is_no_name_with_a_capital():
    assert not find("The panel sat. Then we told the Panel about it.")
    assert [one.words for one in find("Then we told the Paxill about it.")] == ["Paxill"]


UNRULY = st.text(
    st.sampled_from("aAzZ0917 .,-@/\n()'’:+&é👍ohseven dot at NHS Lane Mrs born"), max_size=400
)


@settings(max_examples=200, deadline=None)
@given(UNRULY)
def test_finds_are_in_order_apart_and_say_the_words_they_stand_on(text: str):
    finds = find(text, [MARY, SCHOOL, WILL])
    assert all(one.words == text[one.start : one.end] and one.words.strip() for one in finds)
    places = [(one.start, one.end) for one in finds]
    assert all(before[1] <= after[0] for before, after in pairwise(places))


NASTY = (
    "a.a@",
    "0 ",
    "07 ",
    "one ",
    "double ",
    "1/2/",
    "Flat 3, ",
    "14 Mill ",
    "NI see ",
    "'a",
    "x of A",
)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", NASTY)
def test_text_that_almost_matches_all_the_way_takes_no_time_out_of_proportion(piece: str):
    # Quadratic, this would take minutes.
    find(piece * (10_000 // len(piece)))
