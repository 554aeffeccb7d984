import pytest

from api.clock import clock, seconds_of
from capture.errors import Unfit

TIMES = {
    "00:30": 30,
    "1:02:05": 3725,
    "12": 720,
    " 75:00 ": 4500,
    "62:03": 3723,
    "62 min": 3720,
    "62min": 3720,
    "1 h 2 min 3 s": 3723,
    "1h": 3600,
    "1.5 hours": 5400,
    "90 s": 90,
    "600:00": 36000,
}
NO_TIMES = ("", "noon", "1:2:3:4", "-1", "٣:٣٠", "00:75", "h", "12 parsecs")
"""The page reads times with a script of its own: the journey through a long transcript tries it."""


@pytest.mark.parametrize(("typed", "seconds"), TIMES.items())
def test_a_time_is_read_as_people_write_it(typed, seconds):
    assert seconds_of(typed) == seconds


@pytest.mark.parametrize(
    ("seconds", "shown"), [(30, "00:30"), (3725, "1:02:05"), (720, "12:00"), (4500.9, "1:15:00")]
)
def test_a_time_is_shown_as_people_write_it(seconds, shown):
    assert clock(seconds) == shown


@pytest.mark.parametrize("typed", NO_TIMES)
def test_what_is_no_time_is_refused_in_a_sentence(typed):
    with pytest.raises(Unfit, match="is not a time"):
        seconds_of(typed)
