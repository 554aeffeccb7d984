"""Plain text: who speaks stands before a colon or on a line of its own, with or without a time."""

from transcripts.readers.decoding import decode
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.readers.numbered import without_line_numbers
from transcripts.turns import Reading


def read_txt(name: str, data: bytes) -> Reading:
    """Read a .txt file; the text is the file's own, but for BOM, line ends and line numbers."""
    text, numbers = without_line_numbers(decode(name, data))
    turns, left_out = turns_among(text, lines_of(text))
    return Reading(name, text, tuple(turns), (*numbers, *left_out))
