"""Labelled text to turns: who begins to speak where, shared by plain text and Word."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from transcripts.readers.openings import Opening, openings_of
from transcripts.turns import LeftOut, Turn, count_words, is_facilitator_label

MOST_HEADING_WORDS = 12

_ABOUT = re.compile(
    r"""(?: date | time | place | location | venue | present | apologies | attendees | duration
          | participants? | length | recording | recorded | transcri(?:ber|bed\ by|pt)
          | file(?:name)? | study | project | title | subject | session | wave | interviewee
        ) \s* : \s* \S.*""",
    re.IGNORECASE | re.VERBOSE,
)
_WHY_TWICE = "a second time before any words"
_WHY_SILENT = "a speaker's name or a time with no words after it"
_WHY_HEADING = "a heading or a line about the transcript, before anyone speaks"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that isn't blank, `text[start:end]`, and whether the file marks it as a heading."""

    start: int
    end: int
    number: int
    opens_paragraph: bool
    heading: bool = False


@dataclass(slots=True)
class _Open:
    """A turn still being read; `start` None until its first word is seen."""

    speaker: str | None
    start: int | None
    end: int
    label: Line
    starts_at: float | None = None
    ends_at: float | None = None
    named: bool = False
    """Whether its own first line, or the one above, names the speaker."""


def lines_of(text: str, headings: Collection[int] = ()) -> list[Line]:
    """The lines of a text, blank ones passed over; `headings` are offsets of heading lines."""
    lines: list[Line] = []
    at, after_blank = 0, True
    for number, line in enumerate(text.split("\n"), start=1):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        if start < end:
            lines.append(Line(start, end, number, after_blank, at in headings))
        after_blank = start >= end
        at += len(line) + 1
    return lines


def turns_among(text: str, lines: list[Line]) -> tuple[list[Turn], list[LeftOut]]:
    """The turns of labelled text, and what became none. Every word is in one or the other.

    A paragraph without a label goes on with the speaker before it. Where only facilitators are
    labelled it doesn't: what stands between their questions is somebody else's.
    """
    openings = openings_of([text[line.start : line.end] for line in lines])
    labels = {opening.label for opening in openings if opening and opening.label}
    asked_only = bool(labels) and all(is_facilitator_label(label) for label in labels)
    return _Dialogue(text, bool(labels), asked_only).read(lines, openings)


class _Dialogue:
    def __init__(self, text: str, labelled: bool, asked_only: bool) -> None:
        self.text = text
        self.labelled = labelled
        self.asked_only = asked_only
        self.turns: list[Turn] = []
        self.left_out: list[LeftOut] = []
        self.open: _Open | None = None
        self.begun = False

    def read(
        self, lines: list[Line], openings: list[Opening | None]
    ) -> tuple[list[Turn], list[LeftOut]]:
        for line, opening in zip(lines, openings, strict=True):
            if opening:
                self._opens(line, opening)
            elif self._is_heading(line):
                self._close()
                self._leave_out(line, _WHY_HEADING if not self.begun else "a heading")
            else:
                self._speech(line)
        self._close()
        return self.turns, self.left_out

    def _opens(self, line: Line, opening: Opening) -> None:
        """A line that names who speaks, or when; a time alone goes on with who spoke."""
        waiting = self.open if self.open and self.open.start is None else None
        speaker, starts_at, ends_at = opening.label, opening.starts_at, opening.ends_at
        if speaker is None and self.open and not (self.asked_only and waiting is None):
            speaker = self.open.speaker
        label = line
        if waiting and self._joins(waiting, opening):
            label = replace(line, start=waiting.label.start, number=waiting.label.number)
            starts_at = waiting.starts_at if starts_at is None else starts_at
            ends_at = waiting.ends_at if ends_at is None else ends_at
            self.open = None
        elif waiting and opening.label is None and waiting.named:
            # The label's own time stands; a second one before any word says nothing new.
            self._leave_out(replace(line, end=line.start + opening.after), _WHY_TWICE)
            starts_at, ends_at = waiting.starts_at, waiting.ends_at
            label = waiting.label
            self.open = None
        named = opening.label is not None or (waiting is not None and waiting.named)
        self._close()
        self.begun = True
        after = self.text[line.start + opening.after : line.end]
        start = line.end - len(after.lstrip()) if after.strip() else None
        self.open = _Open(speaker, start, line.end, label, starts_at, ends_at, named)

    @staticmethod
    def _joins(waiting: _Open, opening: Opening) -> bool:
        """Whether a label and a time on two lines are one: `[00:12:31]` above `Asha:`."""
        if opening.label is None:
            return waiting.starts_at is None
        return opening.starts_at is None and not waiting.named

    def _speech(self, line: Line) -> None:
        if self.open is None or (line.opens_paragraph and self._stands_alone(self.open)):
            self._close()
            self.open = _Open(None, line.start, line.end, line)
            # Without labels anywhere, the first words of prose end the headings.
            self.begun = self.begun or not self.labelled
        else:
            self.open.start = line.start if self.open.start is None else self.open.start
            self.open.end = line.end

    def _stands_alone(self, turn: _Open) -> bool:
        """Whether a new paragraph after this turn is a turn of its own."""
        return turn.start is not None and (turn.speaker is None or self.asked_only)

    def _is_heading(self, line: Line) -> bool:
        words = self.text[line.start : line.end]
        if line.heading:
            return True
        if self.begun or self.open is not None:
            return False
        short = count_words(words) <= MOST_HEADING_WORDS and words[-1] not in ".!?…,;:-–—"
        return bool(_ABOUT.fullmatch(words)) or (self.labelled and short)

    def _close(self) -> None:
        turn, self.open = self.open, None
        if turn is None:
            return
        if turn.start is None:
            self._leave_out(turn.label, _WHY_SILENT)
        else:
            times = (turn.starts_at, turn.ends_at)
            self.turns.append(Turn(turn.speaker, turn.start, turn.end, *times))

    def _leave_out(self, line: Line, why: str) -> None:
        words = " ".join(self.text[line.start : line.end].split())
        place = f"line {line.number}"
        self.left_out.append(LeftOut(words, place, why, count_words(words), stored=True))
