"""WebVTT, as Teams and Zoom save it: cues with times, the voice in a tag or before a colon.

Read block by block rather than through a subtitle library, because each block that is no cue
has to be told (webvtt-py passes over what it doesn't know).
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.readers.labels import head_of, is_label, speakers_among
from transcripts.turns import LeftOut, Reading, Turn, count_words

PAUSE = 3.0
"""Seconds of silence after which words of nobody in particular begin a new turn."""

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]*)>")
_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^<>]*)?>|<[\d:.]+>")
# A caption's own name; mostly a number or a string of hexadecimal digits, which say nothing.
_WORDY = re.compile(r"^(?![0-9a-fA-F-]{8,}(?:/\d+-\d+)?$).*[^\W\d_]{2,}")
_NOT_SPOKEN = {
    "NOTE": "a note in the file, not speech",
    "STYLE": "how captions look, not speech",
    "REGION": "where captions stand, not speech",
}


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of one voice within one cue; `speaker` None where the cue names nobody."""

    speaker: str | None
    words: str
    starts_at: float
    ends_at: float


def read_vtt(name: str, data: bytes) -> Reading:
    """Read a .vtt file; consecutive cues of one speaker become one turn with its times."""
    text = decode(name, data)
    if not text.lstrip().startswith("WEBVTT"):
        raise RefusedFile(name, "line 1", "a .vtt file begins with WEBVTT, and this doesn't.")
    said, left_out = _blocks_read(text)
    if not said:
        raise RefusedFile(name, "", "there is no caption with words in this file.")
    return _reading(name, _joined(_labelled(said)), left_out)


def _blocks_read(text: str) -> tuple[list[_Said], list[LeftOut]]:
    said: list[_Said] = []
    left_out: list[LeftOut] = []
    in_cue = False
    for number, block in _blocks(text):
        times = next((at for at, line in enumerate(block[:2]) if _TIMES.match(line)), None)
        words = " ".join(block)
        kind = block[0].split(maxsplit=1)[0]
        if times is not None:
            said += _cue(block[times], block[times + 1 :])
            left_out += [_identifier(block[0], number)] if times and _WORDY.search(block[0]) else []
            in_cue = True
        elif kind == "WEBVTT" or kind in _NOT_SPOKEN:
            why = _NOT_SPOKEN.get(kind, "what the file says of itself")
            if words not in {"WEBVTT", kind}:
                left_out.append(LeftOut(words, f"line {number}", why, count_words(words)))
            in_cue = False
        elif in_cue:  # an empty line inside a caption: the words go on
            said += _spoken(block, said[-1].starts_at, said[-1].ends_at) if said else []
        else:
            why = "a block without times"
            left_out.append(LeftOut(words, f"line {number}", why, count_words(words)))
    return said, left_out


def _identifier(words: str, number: int) -> LeftOut:
    return LeftOut(words, f"line {number}", "the name of a caption, not speech", count_words(words))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank ones, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


def _cue(times: str, payload: list[str]) -> list[_Said]:
    match = _TIMES.match(times)
    assert match is not None  # the caller looked  # noqa: S101
    parts = match.groups(default="0")
    return _spoken(payload, _seconds(parts[:4]), _seconds(parts[4:]))


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, thousandths = parts
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(thousandths.ljust(3, "0")) / 1000, 3)


def _spoken(payload: list[str], starts_at: float, ends_at: float) -> list[_Said]:
    """The voices of one cue; what stands before the first voice tag is nobody's in particular."""
    pieces = _VOICE.split(" ".join(payload))
    voices = [None, *(" ".join(html.unescape(voice).split()) or None for voice in pieces[1::2])]
    plain = [" ".join(html.unescape(_TAG.sub("", piece)).split()) for piece in pieces[::2]]
    return [
        _Said(voice, words, starts_at, ends_at)
        for voice, words in zip(voices, plain, strict=True)
        if words
    ]


def _labelled(said: list[_Said]) -> list[_Said]:
    """Names before a colon, as Zoom writes them, taken for voices where the cue has none."""
    heads = [head_of(part.words) if part.speaker is None else None for part in said]
    speakers = speakers_among(head for head in heads if head)
    labelled = []
    for part, head in zip(said, heads, strict=True):
        words = part.words[head.after :].strip() if head else ""
        if head and words and is_label(head, speakers):
            labelled.append(_Said(head.label, words, part.starts_at, part.ends_at))
        else:
            labelled.append(part)
    return labelled


def _joined(said: list[_Said]) -> list[_Said]:
    """Cues put together while one speaker goes on; a cue without a name goes on too."""
    groups: list[list[_Said]] = []
    for part in said:
        if groups and _goes_on(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [
        _Said(
            group[0].speaker,
            " ".join(part.words for part in group),
            group[0].starts_at,
            max(part.ends_at for part in group),
        )
        for group in groups
    ]


def _goes_on(group: list[_Said], part: _Said) -> bool:
    speaker = group[0].speaker
    if speaker is None:
        return part.speaker is None and part.starts_at - group[-1].ends_at < PAUSE
    return part.speaker in {None, speaker}


def _reading(name: str, said: list[_Said], left_out: list[LeftOut]) -> Reading:
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    for part in said:
        label = f"{part.speaker}: " if part.speaker else ""
        start = length + len(label)
        turns.append(
            Turn(part.speaker, start, start + len(part.words), part.starts_at, part.ends_at)
        )
        parts.append(f"{label}{part.words}")
        length = start + len(part.words) + 2
    text = "\n\n".join(parts) + "\n"
    return Reading(name, text, tuple(turns), tuple(left_out))
