"""A reading with some of its turns written anew: other words, another speaker, split or gone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.turns import Reading, Turn

BETWEEN = "\n\n"
"""Stands before a turn that is new, where the text gives no example."""
AFTER_LABEL = ": "


@dataclass(frozen=True, slots=True)
class Edit:
    """What a turn is to be. A line of `words` that begins with a known label begins a turn."""

    speaker: str | None
    words: str


def rewritten(
    reading: Reading, edits: Mapping[int, Edit], labels: Mapping[str, Sequence[str]]
) -> Reading:
    """The reading with its turns (by position) as `edits` say; a turn without words goes.

    `labels` gives for every speaker all labels that are written for them. Labels in the text are
    kept true to who speaks; what else stands between the turns stays.
    """
    return _Rewriting(reading, labels).done(edits)


def parted(edit: Edit, labels: Mapping[str, Sequence[str]]) -> list[tuple[str | None, str]]:
    """The turns an edit makes: speaker and words of each; none where no words are left."""
    speakers = {label.casefold(): name for name, all_ in labels.items() for label in all_}
    parts: list[tuple[str | None, list[str]]] = [(edit.speaker, [])]
    for line in edit.words.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        label, colon, words = line.partition(":")
        speaker = speakers.get(label.strip().casefold()) if colon else None
        if speaker:
            parts.append((speaker, [words]))
        else:
            parts[-1][1].append(line)
    whole = [(speaker, "\n".join(lines).strip()) for speaker, lines in parts]
    return [(speaker, words) for speaker, words in whole if words]


class _Rewriting:
    def __init__(self, reading: Reading, labels: Mapping[str, Sequence[str]]) -> None:
        self.reading = reading
        self.labels = labels
        self.pieces: list[str] = []
        self.length = 0
        self.turns: list[Turn] = []

    def done(self, edits: Mapping[int, Edit]) -> Reading:
        text, at = self.reading.text, 0
        for position, turn in enumerate(self.reading.turns):
            lead, words = text[at : turn.start], text[turn.start : turn.end]
            edit = edits.get(position)
            if edit is None:
                self._write(lead)
                self._say(turn, turn.speaker, words)
            else:
                self._edited(turn, lead, parted(edit, self.labels))
            at = turn.end
        self._write(text[at:])
        return replace(self.reading, text="".join(self.pieces), turns=tuple(self.turns))

    def _edited(self, turn: Turn, lead: str, parts: list[tuple[str | None, str]]) -> None:
        begin, end = self._label_in(lead, turn.speaker)
        if not parts:
            self._write(lead[:begin].rstrip() if begin < end else lead.rstrip())
            return
        speaker, words = parts[0]
        other = begin < end and speaker and speaker != turn.speaker
        self._write(f"{lead[:begin]}{speaker}{lead[end:]}" if other else lead)
        self._say(turn, speaker, words)
        between = AFTER_LABEL if begin == end else re.sub(r"[^\s:.\-–—]", "", lead[end:])
        for label, more in parts[1:]:
            self._write(f"{BETWEEN}{label}{between or AFTER_LABEL}" if label else BETWEEN)
            self._say(replace(turn, starts_at=None, ends_at=None), label, more)

    def _label_in(self, lead: str, speaker: str | None) -> tuple[int, int]:
        """Where the speaker's label stands before their words; an empty span where it doesn't."""
        found = (len(lead), len(lead))
        for label in self.labels.get(speaker or "", ()):
            last = (
                re.search(rf"(?s:.*)({re.escape(label)})", lead, re.IGNORECASE) if label else None
            )
            if last and not re.search(r"[^\W\d_]", lead[last.end() :]) and last.start(1) < found[0]:
                found = last.span(1)
        return found

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _say(self, turn: Turn, speaker: str | None, words: str) -> None:
        start = self.length
        self._write(words)
        self.turns.append(replace(turn, speaker=speaker, start=start, end=self.length))
