"""Character references (`&amp;`, `&#8217;`) made the letters they stand for."""

import html
import re

# Zeros before a number say nothing, and no letter has a number this long; Python refuses to read
# numbers of thousands of digits.
_ZEROS = re.compile(r"(&#[xX]?)0+(?=[0-9a-fA-F])")
_TOO_LONG = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


def unescaped(text: str) -> str:
    """The text with its character references read; a number that no letter has becomes U+FFFD."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _TOO_LONG.sub("\ufffd", _ZEROS.sub(r"\1", text))
    return html.unescape(text)
