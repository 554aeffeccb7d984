"""Which segments the machine leaves aside."""

import pytest

from capture.keeping_out import NEVER_LOOKED_AT, kept_out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("[off the record]", "off the record"),
        ("([off the record]), [School A].", "off the record"),
        ("[School A] …", "back-channel"),
        ("[laughs]", "back-channel"),
        ("We were at [School A] then.", None),
        ("No. [off the record]", None),
        ("Yeah.", "back-channel"),
    ],
)
def test_a_segment_of_nothing_but_marks_is_never_looked_at(words, why):
    assert kept_out(words, facilitator=False, scope="analysis only") == why
    assert why is None or why in NEVER_LOOKED_AT


def test_who_withdrew_is_left_out_before_all_else():
    assert kept_out("[off the record]", facilitator=True, scope="withdrawn") == "withdrawn"
    assert kept_out("[off the record]", facilitator=True, scope="public") == "facilitator"
