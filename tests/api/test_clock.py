import pytest

from api.clock import clock, seconds_of
from capture.errors import Unfit


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [
        ("00:30", 30, "00:30"),
        ("1:02:05", 3725, "1:02:05"),
        ("12", 720, "12:00"),
        (" 75:00 ", 4500, "1:15:00"),
    ],
)
def test_a_time_is_read_and_shown_as_people_write_it(typed, seconds, shown):
    assert seconds_of(typed) == seconds
    assert clock(seconds) == shown


@pytest.mark.parametrize("typed", ["", "noon", "1:2:3:4", "-1", "٣:٣٠", "00:75"])
def test_what_is_no_time_is_refused_in_a_sentence(typed):
    with pytest.raises(Unfit, match="is not a time"):
        seconds_of(typed)
