"""Plain text: `Speaker: text`, a turn a paragraph; paragraphs without a label go on."""

from transcripts.readers.decoding import decode
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.turns import Reading


def read_txt(name: str, data: bytes) -> Reading:
    """Read a .txt file; the text is the file's own, but for BOM and line ends."""
    text = decode(name, data)
    turns, left_out = turns_among(text, lines_of(text))
    return Reading(name, text, tuple(turns), tuple(left_out))
