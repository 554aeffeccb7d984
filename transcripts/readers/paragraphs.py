"""Documents as paragraphs, and the one text they are laid out in."""

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.errors import RefusedFile
from transcripts.intake import MOST_LINES
from transcripts.readers.dialogue import lines_of, turns_among
from transcripts.turns import LeftOut, Reading, Turn

_NOTE_MARK = "† "


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a paragraph stands: the number of its table, row in it, cell in that."""

    table: int
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Paragraph:
    """One paragraph as it will stand in the text."""

    text: str
    heading: bool = False
    footnotes: tuple[str, ...] = ()
    cell: Cell | None = None


def laid_out(
    name: str, body: Sequence[Paragraph], notes: Sequence[str], left_out: Sequence[LeftOut]
) -> Reading:
    """The document with a blank line between paragraphs, notes last and said by nobody.

    Raises RefusedFile when there are no words, or too many paragraphs.
    """
    if len(body) + len(notes) > MOST_LINES:
        reason = f"it has more than {MOST_LINES:,} paragraphs, which is the most that are read."
        raise RefusedFile(name, "", reason, "Split it.")
    headings: set[int] = set()
    pieces: list[str] = []
    length = 0
    for paragraph in body:
        words = paragraph.text.strip()
        if paragraph.heading:
            headings.add(length)
        pieces.append(words)
        length += len(words) + 2
    text = "\n\n".join(pieces)
    turns, headed = turns_among(text, lines_of(text, headings))
    for words in notes:
        text += f"\n\n{_NOTE_MARK}{words}"
        turns.append(Turn(None, len(text) - len(words), len(text)))
    if not text.strip():
        raise RefusedFile(name, "", "there are no words in this document.", "Save it again.")
    return Reading(name, text + "\n", tuple(turns), (*headed, *left_out))
