"""Caption files as Teams, Zoom and YouTube save them: WebVTT, SubRip (.srt) and SubViewer (.sbv).

Read block by block rather than through a subtitle library, because each block that is no cue
has to be told (webvtt-py passes over what it doesn't know).
"""

import re
from collections.abc import Iterator

from transcripts.errors import RefusedFile
from transcripts.intake import suffix_of
from transcripts.readers.captions import Said, read_captions, voices_in
from transcripts.readers.decoding import decode
from transcripts.turns import LeftOut, Reading, count_words

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_COMMA = re.compile(rf"\s*{_CLOCK}\s*,\s*{_CLOCK}\s*$")
# A caption's own name; mostly a number or a string of hexadecimal digits, which say nothing.
_WORDY = re.compile(r"^(?![0-9a-fA-F-]{8,}(?:/\d+-\d+)?$).*[^\W\d_]")
# What may stand beside a cue's times: how and where it is shown.
_SETTING = re.compile(r"[A-Za-z][\w-]*:\S*|[\d.,%-]+|start|middle|center|end|left|right")
_NOT_SPOKEN = {
    "WEBVTT": "what the file says of itself",
    "NOTE": "a note in the file, not speech",
    "STYLE": "how captions look, not speech",
    "REGION": "where captions stand, not speech",
}


def read_vtt(name: str, data: bytes) -> Reading:
    """Read a .vtt file; consecutive cues of one speaker become one turn with its times."""
    text = decode(name, data)
    if not text.lstrip().startswith("WEBVTT"):
        reason = "a .vtt file begins with WEBVTT, and this doesn't."
        way_out = "Save the captions again as .vtt, or call the file .txt if it is plain text."
        raise RefusedFile(name, "line 1", reason, way_out)
    return _Captions(_ARROW, _NOT_SPOKEN, named=True).read(name, text)


def read_subtitles(name: str, data: bytes) -> Reading:
    """Read an .srt or .sbv file, which hold nothing but cues."""
    text = decode(name, data)
    if suffix_of(name) == ".sbv":
        return _Captions(_COMMA, {}, named=False).read(name, text)
    return _Captions(_ARROW, {}, named=True).read(name, text)


class _Captions:
    """The blocks of one file, told apart: cues, words that go on, and what is no speech."""

    def __init__(self, times: re.Pattern[str], not_spoken: dict[str, str], *, named: bool) -> None:
        """`named` says whether a line above its times may be a caption's own name."""
        self.times = times
        self.not_spoken = not_spoken
        self.named = named
        self.said: list[Said] = []
        self.left_out: list[LeftOut] = []
        self.cue: Said | None = None
        self.recording = 0

    def read(self, name: str, text: str) -> Reading:
        """The reading of a file's blocks; raises RefusedFile when none is a cue with words."""
        for number, block in self._blocks(text):
            self._block(number, block)
        return read_captions(name, self.said, self.left_out)

    def _block(self, number: int, block: list[str]) -> None:
        at = next(
            (at for at, line in enumerate(block[: 1 + self.named]) if self.times.match(line)), None
        )
        kind = next(iter(block[0].split(maxsplit=1)), "")
        if at is not None:
            if at and _WORDY.search(block[0]):
                self._leave_out(block[0], number, "the name of a caption, not speech")
            self.cue = self._timed(block[at], number + at)
            self._hear(block[at + 1 :], self.cue, number)
        elif kind in self.not_spoken:
            self.recording += kind == "WEBVTT"
            self.cue = None
            words = " ".join(block)
            if words != kind:
                self._leave_out(words, number, self.not_spoken[kind])
        elif self.cue:  # an empty line inside a caption: the words go on
            self._hear(block, self.cue, number)
        else:
            self._leave_out(" ".join(block), number, "a block without times")

    def _hear(self, payload: list[str], cue: Said, number: int) -> None:
        for part in voices_in(payload, cue):
            if part.words:
                self.said.append(part)
            else:
                self._leave_out(part.speaker or "", number, "a speaker's name without words")

    def _blocks(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Runs of lines between blank ones, parted too where a cue or a file begins within."""
        block: list[str] = []
        for number, raw in enumerate([*text.split("\n"), ""], start=1):
            line = raw.strip("\ufeff \t\r\x0b\x0c\xa0")
            if block and (not line or self._begins_anew(block, line)):
                # The number above a cue's times belongs to the cue.
                keep = int(self.named and block[-1].isdecimal() and bool(self.times.match(line)))
                first = number - len(block)
                if len(block) > keep:
                    yield first, block[: len(block) - keep]
                block = block[len(block) - keep :]
            block += [line] if line else []

    def _begins_anew(self, block: list[str], line: str) -> bool:
        if self.times.match(line):
            return not self.named or len(block) > 1 or bool(self.times.match(block[0]))
        return line == "WEBVTT" and "WEBVTT" in self.not_spoken

    def _timed(self, line: str, number: int) -> Said:
        match = self.times.match(line)
        parts = match.groups(default="0") if match else ("0",) * 8
        beside = line[match.end() :].split() if match else []
        if not all(_SETTING.fullmatch(piece) for piece in beside):
            self._leave_out(" ".join(beside), number, "words beside the times of a caption")
        return Said(None, "", _seconds(parts[:4]), _seconds(parts[4:]), self.recording)

    def _leave_out(self, words: str, number: int, why: str) -> None:
        self.left_out.append(LeftOut(words, f"line {number}", why, count_words(words)))


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, thousandths = parts
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(thousandths.ljust(3, "0")) / 1000, 3)
