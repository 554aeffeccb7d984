"""Parts of a Word document that plainly hold no words, so that they needn't be parsed.

Styles and themes are often most of a document's XML. A look at the bytes is several times quicker
than a tree of them; where it isn't plain, the part is parsed like any other.
"""

import re

from transcripts.readers.package_leftovers import WORDED

_TEXT = re.compile(rb">\s*[^<\s]")
_ELEMENT = re.compile(rb"<(?:[^\s/>:]+:)?([^\s/>:]+)")
_UTF8 = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding=.(?!utf-8|us-ascii))", re.IGNORECASE
)
_VML = b"urn:schemas-microsoft-com:vml"
_DRAWN = (re.compile(rb"alt\s*="), re.compile(rb"title\s*="))
"""What a drawing in Word's old language says of itself, in any of its elements."""
_WORDED = frozenset(name.encode() for name in (*WORDED, "sym"))
"""Elements that hold words, or signs, in their attributes."""


def holds_no_words(content: bytes) -> bool:
    """Whether a part has no text between its tags, and no element that holds words itself."""
    if not _UTF8.match(content) or b"\0" in content or b"<!" in content:
        return False
    if _TEXT.search(content):
        return False
    if _VML in content and any(words.search(content) for words in _DRAWN):
        return False
    return _WORDED.isdisjoint(_ELEMENT.findall(content))
