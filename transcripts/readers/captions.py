"""Captions of every kind to turns: voices in cues, cues put together while one goes on."""

import re
from dataclasses import dataclass, replace

from transcripts.errors import RefusedFile
from transcripts.readers.entities import unescaped
from transcripts.readers.labels import head_of, is_label, speakers_among
from transcripts.turns import LeftOut, Reading, Turn

PAUSE = 3.0
"""Seconds of silence after which words of nobody in particular begin a new turn."""

_VOICE = re.compile(r"<v(?:\.[^\s<>.]*)*\s([^<>]*)>")
# What looks like a tag but has words of its own ("<i hate you>") stays in the text.
_TAG = re.compile(
    r"""</?(?:c|i|b|u|s|ruby)(?:\.[^\s<>]*)?\s*> | </?(?:v|lang)(?:[.\s][\w.-]*)?\s*>
      | <font\s[^<>=]*=[^<>]*> | </font\s*> | <[\d:.]+> | \{\\[\w\\(),.&*-]{1,80}\}""",
    re.IGNORECASE | re.VERBOSE,
)
_SPACES = re.compile(r"\s{2,}|[^\S ]")
_RUBY_TEXT = re.compile(r"</?rt(?:\.[^\s<>]*)?\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one voice within one cue; `speaker` None where the cue names nobody.

    `recording` tells cues apart that come from several files put together.
    """

    speaker: str | None
    words: str
    starts_at: float
    ends_at: float
    recording: int = 0


def voices_in(payload: list[str], times: Said) -> list[Said]:
    """The voices of one cue, some with a name and no words.

    What stands before the first voice tag is nobody's in particular.
    """
    pieces = _VOICE.split(" ".join(payload))
    voices = [None, *(" ".join(unescaped(voice).split()) or None for voice in pieces[1::2])]
    plain = [_plain(piece) for piece in pieces[::2]]
    return [
        replace(times, speaker=voice, words=words)
        for voice, words in zip(voices, plain, strict=True)
        if voice or words
    ]


def _plain(piece: str) -> str:
    """Words without tags; a reading aid stands beside its word, not in it."""
    return _SPACES.sub(" ", unescaped(_TAG.sub("", _RUBY_TEXT.sub(" ", piece)))).strip()


def read_captions(name: str, said: list[Said], left_out: list[LeftOut]) -> Reading:
    """The turns of a file's captions; raises RefusedFile when no caption has words."""
    if not said:
        reason = "there is no caption with words in this file."
        raise RefusedFile(name, "", reason, "Save the captions again from the recording.")
    return _reading(name, _joined(_labelled(said)), left_out)


def _labelled(said: list[Said]) -> list[Said]:
    """Names before a colon, as Zoom writes them, taken for voices where the cue has none."""
    heads = [head_of(part.words) if part.speaker is None else None for part in said]
    speakers = speakers_among(head for head in heads if head)
    labelled = []
    for part, head in zip(said, heads, strict=True):
        words = part.words[head.after :].strip() if head else ""
        if head and words and is_label(head, speakers):
            labelled.append(replace(part, speaker=head.label, words=words))
        else:
            labelled.append(part)
    return labelled


def _joined(said: list[Said]) -> list[Said]:
    """Cues put together while one speaker goes on; a cue without a name goes on too."""
    groups: list[list[Said]] = []
    for part in said:
        if groups and _goes_on(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [
        replace(
            group[0],
            words=" ".join(part.words for part in group),
            ends_at=max(part.ends_at for part in group),
        )
        for group in groups
    ]


def _goes_on(group: list[Said], part: Said) -> bool:
    speaker = group[0].speaker
    if part.recording != group[0].recording:
        return False
    if speaker is None:
        # Captions overlap, so the longest of them counts.
        heard_until = max(known.ends_at for known in group[-3:])
        return part.speaker is None and part.starts_at - heard_until < PAUSE
    return part.speaker in {None, speaker}


def _reading(name: str, said: list[Said], left_out: list[LeftOut]) -> Reading:
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
