import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.utf16 import code_points
from capture.errors import Unfit


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_units_of_any_prefix_become_its_code_points(text, data):
    at = data.draw(st.integers(0, len(text)))
    units = len(text[:at].encode("utf-16-le")) // 2
    assert code_points(text, units) == at


def test_an_emoji_is_two_units_and_one_code_point():
    assert code_points("a😀b", 3) == 2
    assert code_points("cafe\u0301 met", 5) == 5
    assert code_points("שלום", 2) == 2


@pytest.mark.parametrize(("text", "units"), [("a😀b", 2), ("abc", 4), ("abc", -1)])
def test_half_a_character_or_a_place_outside_is_refused(text, units):
    with pytest.raises(Unfit):
        code_points(text, units)
