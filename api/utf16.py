"""From the browser's counting to ours, in one place.

A browser counts UTF-16 units: an emoji is two. The record counts code points: it is one. Pages
send units as the browser gives them; whatever is behind this module sees code points only.
"""

from capture.errors import Unfit

BYTES_A_UNIT = 2


def code_points(text: str, units: int) -> int:
    """How many code points of `text` its first `units` UTF-16 units are.

    Raises Unfit when there are fewer units, or when the cut falls inside a character.
    """
    encoded = text.encode("utf-16-le")
    if not 0 <= units * BYTES_A_UNIT <= len(encoded):
        raise Unfit("The selection reaches outside the text.", way_out="Load the page again.")
    try:
        return len(encoded[: units * BYTES_A_UNIT].decode("utf-16-le"))
    except UnicodeDecodeError:
        raise Unfit(
            "The selection cuts a character in half.", way_out="Select whole words."
        ) from None
