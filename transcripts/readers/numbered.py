"""Transcripts with a number before each line: the numbers are nobody's words."""

import re
from itertools import pairwise

from transcripts.turns import LeftOut, count_words

FEWEST_LINES = 3
MOST_WITHOUT = 0.1
"""The part of the lines that may lack a number, as headings do."""

_NUMBER = re.compile(r"[ \t]*(\d{1,6})(?:[.):|](?=[ \t]|$)|(?=[ \t]|$))[ \t]*")


def without_line_numbers(text: str) -> tuple[str, list[LeftOut]]:
    """The text with its line numbers taken off, and what was taken; most texts have none."""
    lines = text.split("\n")
    found = {at: match for at, line in enumerate(lines) if (match := _NUMBER.match(line))}
    filled = sum(1 for line in lines if line.strip())
    numbers = [int(match[1]) for match in found.values()]
    steps = [after - before for before, after in pairwise(numbers)]
    rising = bool(steps) and all(step == 1 for step in steps)
    if len(found) < FEWEST_LINES or not rising or filled - len(found) > MOST_WITHOUT * filled:
        return text, []
    for at, match in found.items():
        lines[at] = lines[at][match.end() :]
    taken = sum(count_words(match[0]) for match in found.values())
    what = f"line numbers {numbers[0]} to {numbers[-1]}"
    return "\n".join(lines), [LeftOut(what, "start of each line", "a line's number", taken)]
